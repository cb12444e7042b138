"""What waits to be sent, sent in a thread of its own: nothing goes twice.

A way is claimed, by one UPDATE, before its letter leaves. What breaks off between that and the answer is unclear: the
carrier is asked where it can tell; else a person decides. What a carrier refuses goes the next way.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from wenlan.notices import composing, policies, rulebook, sealing, wordings
from wenlan.notices.carriers.aliyun_sms import AliyunSms
from wenlan.notices.carriers.reaching import Service
from wenlan.notices.carriers.smtp import SmtpCarrier
from wenlan.notices.carriers.wechat import WeChat
from wenlan.notices.errors import SealBroken
from wenlan.notices.models import Delivery, Notice, Sender
from wenlan.notices.types import Carrier, CarrierFailed, Means, Receipt, Standing, TellsAfterwards
from wenlan.patrons import queries as patrons

MOST_A_RUN = 200
LONGEST_SENDING = timedelta(minutes=5)
ASKED_EVERY, ASKED_FOR = timedelta(minutes=5), timedelta(hours=24)

log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()

Reach = Callable[[Sender], Carrier]


def start(at: datetime) -> bool:
    """Send what is due in the background; returns whether anything is."""
    settle_broken_off(at)
    due = Delivery.objects.filter(standing__in=[Standing.WAITING, Standing.UNCLEAR, Standing.SENT], due_at__lte=at)
    if not due.exists():
        return False
    threading.Thread(target=_in_background, args=(at,), daemon=True).start()
    return True


def _in_background(at: datetime) -> None:
    """Send and ask, on a connection that ends with the thread; a run that goes on already is enough."""
    if not _one_at_a_time.acquire(blocking=False):
        return
    try:
        send_due(at)
        ask_due(at)
    except Exception:  # the outermost edge: of this thread; what was being sent is unclear and is shown so
        log.exception("notices could not be sent")
    finally:
        connection.close()
        _one_at_a_time.release()


def settle_broken_off(at: datetime) -> int:
    """Mark what has been being sent for longer than any sending lasts as unclear; returns how many."""
    rows = Delivery.objects.filter(standing=Standing.SENDING, sent_at__lt=at - LONGEST_SENDING)
    return rows.update(standing=Standing.UNCLEAR, due_at=at)


def reach(row: Sender) -> Carrier:
    """Return a carrier as something that takes letters. Raises SealBroken."""
    service = Service(
        host=row.host,
        port=row.port,
        is_encrypted=row.is_encrypted,
        user=row.user,
        secret=sealing.open_seal(bytes(row.sealed)),
        signature=row.signature,
    )
    if row.means == Means.EMAIL:
        return SmtpCarrier(service, row.name)
    return AliyunSms(service) if row.means == Means.SMS else WeChat(service)


def send_due(at: datetime, reach: Reach = reach) -> int:
    """Send what is due, oldest first, at most 200 letters; returns how many a carrier took.

    A carrier that does not answer is left alone for the rest of the run.
    """
    taken, down = 0, set[int]()
    due = Delivery.objects.filter(standing=Standing.WAITING, due_at__lte=at).select_related("notice", "sender")
    for row in list(due.order_by("due_at", "id")[:MOST_A_RUN]):
        if row.notice.until < at:
            settle(row, Receipt(standing=Standing.DROPPED), at)
        elif (hour := decent_hour(row.notice, at)) > at:
            Delivery.objects.filter(pk=row.pk, standing=Standing.WAITING).update(due_at=hour)
        elif row.sender_id not in down:
            try:
                taken += send(row, at, reach)
            except CarrierFailed as failed:
                down.add(row.sender_id or 0)
                try_later(row, failed, at)
    return taken


def decent_hour(notice: Notice, at: datetime) -> datetime:
    """Return when a notice may go: what waited for a carrier, or for us, does not wake anybody either."""
    said = wordings.shipped().get(notice.code)
    return composing.hour_of(rulebook.rule_at(notice.node_id), at, presses=said is not None and said.presses)


def send(row: Delivery, at: datetime, reach: Reach) -> bool:
    """Send one letter; returns whether the carrier took it. Raises CarrierFailed when it cannot have gone."""
    if row.sender is None:
        return False
    try:
        carrier = reach(row.sender)
    except SealBroken as broken:
        raise CarrierFailed(str(broken)) from broken
    free = Delivery.objects.filter(pk=row.pk, standing=Standing.WAITING)
    if not free.update(standing=Standing.SENDING, sent_at=at, tries=F("tries") + 1):
        return False
    row.sent_at, row.tries = at, row.tries + 1
    try:
        receipt = carrier.send(composing.letter(row))
    except CarrierFailed as failed:
        if not failed.may_have_gone:
            raise
        receipt = Receipt(standing=Standing.UNCLEAR, details=failed.details)
    settle(row, receipt, at)
    return receipt.standing == Standing.SENT


def ask_due(at: datetime, reach: Reach = reach) -> int:
    """Ask carriers what became of letters that are sent or unclear; returns how many are settled by it."""
    settled = 0
    rows = Delivery.objects.filter(standing__in=[Standing.SENT, Standing.UNCLEAR], settled_at=None, due_at__lte=at)
    for row in list(rows.select_related("notice", "sender").order_by("due_at", "id")[:MOST_A_RUN]):
        Delivery.objects.filter(pk=row.pk).update(due_at=at + ASKED_EVERY)
        settled += ask(row, at, reach)
    return settled


def ask(row: Delivery, at: datetime, reach: Reach) -> bool:
    """Ask about one letter; what nobody can tell after a day stays sent, or waits for a person's decision."""
    answer = None
    if row.sender is not None:
        try:
            carrier = reach(row.sender)
            answer = carrier.ask(composing.letter(row), row.number) if isinstance(carrier, TellsAfterwards) else None
        except (CarrierFailed, SealBroken) as failed:
            log.warning("a carrier could not be asked about a notice: %s", failed)
    if answer is not None and answer.standing != Standing.SENT:
        settle(row, answer, at)
        return True
    if answer is not None and row.standing == Standing.UNCLEAR:
        settle(row, answer, at)
    if row.sent_at is None or row.sent_at + ASKED_FOR < at or (answer is None and row.standing == Standing.SENT):
        Delivery.objects.filter(pk=row.pk).update(settled_at=at)
    return False


def settle(row: Delivery, receipt: Receipt, at: datetime) -> None:
    """Write down what became of a letter; one that is not delivered goes the next way."""
    is_final = receipt.standing in (Standing.ARRIVED, Standing.FAILED, Standing.DROPPED)
    with transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(
            standing=receipt.standing,
            number=receipt.number[:100] or row.number,
            details=receipt.details.replace("\0", "")[:300],
            settled_at=at if is_final else None,
            due_at=at + ASKED_EVERY,
        )
        if receipt.standing == Standing.FAILED:
            another_way(row, at)


def another_way(row: Delivery, at: datetime) -> None:
    """Let a notice go the next way that leads to its reader."""
    notice = row.notice
    if said := wordings.shipped().get(notice.code):
        view = patrons.patrons_by_id({notice.patron_id}).get(notice.patron_id) if notice.patron_id else None
        composing.go_on(notice, said, composing.reader(view, notice.phone), at)


def try_later(row: Delivery, failed: CarrierFailed, at: datetime) -> None:
    """Let a letter wait that cannot have gone; after six tries it goes another way."""
    if row.tries >= policies.MOST_TRIES:
        settle(row, Receipt(standing=Standing.FAILED, details=failed.details), at)
        return
    Delivery.objects.filter(pk=row.pk).update(
        standing=Standing.WAITING,
        due_at=at + policies.pause(max(row.tries, 1)),
        details=failed.details.replace("\0", "")[:300],
    )
