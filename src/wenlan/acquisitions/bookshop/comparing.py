"""Sums that are kept beside the choices they are made of, compared with them."""

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from wenlan.acquisitions.bookshop.models import ChoiceCampaign, ShopSettlement
from wenlan.acquisitions.bookshop.types import ChoiceState, SettlementState

STANDS = Q(choices__state=ChoiceState.LENT)


def campaigns_that_differ(limit: int) -> list[tuple[int, int, int]]:
    """Return campaigns whose spent sum is not that of their choices: (id, sum of the choices, spent)."""
    rows = ChoiceCampaign.objects.annotate(sums=Coalesce(Sum("choices__paid_fen", filter=STANDS), 0))
    return list(rows.exclude(sums=F("spent_fen")).order_by("id").values_list("id", "sums", "spent_fen")[:limit])


def settlements_that_differ(limit: int) -> list[tuple[str, tuple[int, int, int], tuple[int, int, int]]]:
    """Return statements whose figures are not those of their lines: (number, of the lines, as it says)."""
    rows = ShopSettlement.objects.exclude(state=SettlementState.SENT_BACK).annotate(
        units=Count("choices"),
        listed=Coalesce(Sum("choices__list_price_fen"), 0),
        owed=Coalesce(Sum("choices__paid_fen"), 0),
    )
    wrong = rows.exclude(units=F("volumes"), listed=F("list_price_fen"), owed=F("paid_fen"))
    return [
        (row.number, (row.units, row.listed, row.owed), (row.volumes, row.list_price_fen, row.paid_fen))
        for row in wrong.order_by("number")[:limit]
    ]
