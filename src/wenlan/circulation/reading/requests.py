"""Requests to see what is kept back (古籍、特藏查阅): one asks, another decides, the grant holds for some days."""

from datetime import date, timedelta

from django.db import transaction

from wenlan.circulation.errors import ReasonMissing
from wenlan.circulation.reading import queries
from wenlan.circulation.reading.errors import RequestDecided
from wenlan.circulation.reading.models import MaterialRequest
from wenlan.circulation.reading.types import RequestView
from wenlan.holdings import queries as holdings
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.patrons import queries as patrons
from wenlan.staff.operations import audit

DAYS = 7


@transaction.atomic
def ask(act: Act, *, room: int, patron: int, item: int, purpose: str) -> RequestView:
    """Write down what a reader asks to see and for what. Raises ReasonMissing, NotFound, PatronUnknown, ItemUnknown.

    Repeating `act.key` returns the first.
    """
    if done := MaterialRequest.objects.filter(key=act.key).first():
        return queries.request_view(done)
    if not purpose.strip():
        raise ReasonMissing()
    row = MaterialRequest.objects.create(
        room_id=queries.room(room).id,
        patron_id=patrons.patron(patron).id,
        item_id=holdings.item(item).id,
        purpose=purpose.strip()[:300],
        asked_at=act.at,
        asked_by=act.operator,
        key=act.key,
    )
    return queries.request_view(row)


@transaction.atomic
def decide(act: Act, *, request: int, is_granted: bool, answer: str = "", days: int = DAYS) -> RequestView:
    """Grant a request for some days, or refuse it with a reason. Raises RequestDecided, ReasonMissing, NotFound."""
    row = MaterialRequest.objects.select_for_update().filter(pk=request).first()
    if row is None:
        raise NotFound(what=str(request))
    if row.is_granted is not None or row.asked_by == act.operator:
        raise RequestDecided()
    if not is_granted and not answer.strip():
        raise ReasonMissing()
    row.is_granted, row.decided_at, row.decided_by, row.answer = is_granted, act.at, act.operator, answer.strip()[:300]
    row.valid_until = act.day + timedelta(days=days) if is_granted else None
    row.save(update_fields=["is_granted", "decided_at", "decided_by", "answer", "valid_until"])
    audit(act, "circulation.material_request", f"request:{row.pk}", after={"granted": is_granted}, reason=answer)
    return queries.request_view(row)


def forget(*, before: date, limit: int = 200) -> int:
    """Let requests decided before a day forget what they were for, at most `limit`; return how many did."""
    old = MaterialRequest.objects.filter(decided_at__date__lt=before).exclude(purpose="")
    return MaterialRequest.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:limit])).update(
        purpose="", answer=""
    )


def granted_request(patron: int | None, item: int, on: date) -> int | None:
    """Return the request that lets a reader see an item on a day, None when there is none."""
    rows = MaterialRequest.objects.filter(patron=patron, item=item, is_granted=True, valid_until__gte=on)
    return rows.order_by("-id").values_list("id", flat=True).first() if patron is not None else None
