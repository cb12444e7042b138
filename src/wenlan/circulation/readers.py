"""What circulation keeps of readers: given to the other account when two become one, ended when one is closed."""

from collections.abc import Collection

from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenlan.circulation import statements
from wenlan.circulation.models import OPEN, BookOrder, Loan, PaperLine
from wenlan.circulation.ordering import operations as ordering
from wenlan.circulation.ordering import queries as orders_of
from wenlan.circulation.ordering.types import ENDED
from wenlan.circulation.reading import booking
from wenlan.circulation.reading import operations as reading
from wenlan.circulation.reserving import operations as reserving
from wenlan.circulation.reserving.models import OPEN_STATES, Reservation
from wenlan.circulation.reserving.types import ReservationKind
from wenlan.kernel.acts import Act
from wenlan.patrons.belongings import Belonging, Belongings


def loans_of(patron: int) -> tuple[Belonging, ...]:
    """Return how many loans and open reservations stand with a reader."""
    rows = Loan.objects.filter(patron=patron)
    open_now = rows.filter(OPEN).count()
    waiting = Reservation.objects.filter(patron=patron, state__in=OPEN_STATES).count()
    return (
        Belonging(words=_("Items on loan"), count=open_now),
        Belonging(words=_("Past loans"), count=rows.count() - open_now),
        Belonging(words=_("Reservations"), count=waiting),
        Belonging(words=_("Orders of books"), count=BookOrder.objects.filter(patron=patron).count()),
    )


def move(act: Act, gone: int, kept: int) -> None:
    """Give a locked reader's loans, tally and reservations to another locked reader.

    A return that waits for these locks has read whose loan it is before: the changed count of returns makes it read
    again.
    """
    _move_reservations(act, gone, kept)
    open_now = Loan.objects.filter(OPEN, patron=gone).update(returns_undone=F("returns_undone") + 1)
    Loan.objects.filter(patron=gone).update(patron=kept)
    PaperLine.objects.filter(patron=gone).update(patron=kept)
    reading.hand_to(gone, kept)
    ordering.hand_over(gone, kept)
    statements.change_tally(patron=gone, by=-open_now)
    statements.change_tally(patron=kept, by=open_now)


def _move_reservations(act: Act, gone: int, kept: int) -> None:
    """Move reservations; where both wait for one title or copy, the place in line of the account that stays is kept.

    Nobody waits for what is at home under the other card.
    """
    waiting = Reservation.objects.filter(state__in=OPEN_STATES).exclude(kind=ReservationKind.ORDER).order_by("id")
    stays = waiting.filter(patron=kept)
    at_home = Loan.objects.filter(OPEN, patron__in=(gone, kept)).values_list("item_id", "item__record_id")
    items, records = {item for item, _record in at_home}, {record for _item, record in at_home}
    for row in list(waiting.filter(patron__in=(gone, kept))):
        has_it = row.item_id in items if row.item_id else row.record_id in records
        same = stays.filter(record=row.record_id).filter(Q(item=None) | Q(item=row.item_id) if row.item_id else Q())
        if has_it or (row.patron_id == gone and same.exists()):
            reserving.cancel(act, reservation=row.pk)
    reserving.hand_over(gone, kept)


def end(act: Act, patrons: Collection[int]) -> None:
    """End what readers wait for whose accounts are closed: orders, reservations, booked places."""
    orders = BookOrder.objects.filter(patron__in=patrons).exclude(state__in=ENDED).order_by("id")
    for order in list(orders.values_list("pk", flat=True)):
        if orders_of.order(order).given:
            ordering.close_short(act, order=order, reason=gettext("The account is closed."))
        else:
            ordering.cancel(act, order=order)
    waiting = Reservation.objects.filter(patron__in=patrons, state__in=OPEN_STATES).order_by("record_id", "id")
    for reservation in list(waiting.values_list("pk", flat=True)):
        reserving.cancel(act, reservation=reservation)
    booking.cancel_of(patrons)


BELONGINGS = Belongings(of=loans_of, move=move, end=end)
