"""Asking an outside credit to stand for a deposit, and what follows. No service is asked inside a transaction."""

import secrets
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenlan.credit import accounts
from wenlan.credit.external.models import Guarantee
from wenlan.credit.external.provider import CreditProvider, Standing
from wenlan.credit.external.types import GuaranteeState, GuaranteeView
from wenlan.credit.money import journal
from wenlan.credit.money.models import Charge
from wenlan.credit.money.types import Means, MoneyKind
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.patrons.types import PatronStatus
from wenlan.staff.operations import audit

A_YEAR = timedelta(days=365)
OPEN = (GuaranteeState.ASKED, GuaranteeState.IN_FORCE, GuaranteeState.REPORTED)


class NoDepositAsked(DomainError):
    """Where no deposit is asked for nothing has to stand for it."""

    code = "credit.no_deposit_asked"
    message = _("No deposit is asked of this reader, or it is held already.")


class NotInForce(DomainError):
    """What has not begun or is over is neither reported nor ended."""

    code = "credit.not_in_force"
    message = _("The outside credit does not stand for this reader now.")


def begin(act: Act, *, patron: int, provider: CreditProvider, back_to: str) -> GuaranteeView:
    """Begin an order for what is missing of a reader's deposit; the view says where the reader consents.

    An order already asked for is asked for again under its number. Raises NoDepositAsked.
    """
    row = _begin(act, patron, provider.code)
    until = act.at + A_YEAR
    address = provider.address(own_order=row.own_order, deposit_fen=row.amount_fen, until=until, back_to=back_to)
    return replace(view(row), address=address)


@transaction.atomic
def _begin(act: Act, patron: int, provider: str) -> Guarantee:
    account = accounts.locked(act, patron)
    asked = account.rule.deposit_fen if account.rule else 0
    missing = asked - account.reader.deposit_fen
    row = Guarantee.objects.filter(patron=patron, state__in=OPEN).first()
    if row is not None and row.state == GuaranteeState.ASKED:
        return row
    if missing <= 0 or row is not None:
        raise NoDepositAsked()
    return Guarantee.objects.create(
        patron_id=patron,
        provider=provider,
        own_order=f"{timezone.localtime(act.at):%Y%m%d%H%M%S}{secrets.randbelow(10**8):08d}",
        amount_fen=missing,
        asked_at=act.at,
        expires_on=act.day + A_YEAR,
    )


def look(act: Act, *, guarantee_id: int, provider: CreditProvider) -> GuaranteeView:
    """Ask the service how an order stands, and write it down: consent, refusal, a harm that was paid.

    What was paid settles the reader's oldest charges. Raises ProviderFailed, NotFound.
    """
    found = provider.standing(own_order=guarantee(guarantee_id).own_order)
    return guarantee(guarantee_id) if found is None else _heard(act, guarantee_id, found)


@transaction.atomic
def _heard(act: Act, guarantee_id: int, found: Standing) -> GuaranteeView:
    account = accounts.locked(act, guarantee(guarantee_id).patron)
    row = Guarantee.objects.select_for_update().get(pk=guarantee_id)
    row.order = row.order or found.order
    if row.state == GuaranteeState.ASKED and found.is_admitted is False:
        row.state, row.ended_at = GuaranteeState.REFUSED, act.at
    elif row.state == GuaranteeState.ASKED and found.is_in_force:
        row.state, row.consented_at = GuaranteeState.IN_FORCE, act.at
        accounts.tell(account, "guarantee_in_force", key=row.own_order, fen=row.amount_fen)
    elif row.state == GuaranteeState.REPORTED and found.paid_fen is not None:
        row.state, row.ended_at = GuaranteeState.REPAID, act.at
        _settle(act, account, row, found.paid_fen)
    row.save(update_fields=["order", "state", "consented_at", "ended_at"])
    return view(row)


def _settle(act: Act, account: accounts.Account, row: Guarantee, paid_fen: int) -> None:
    """Let what the reader paid to the service settle the oldest charges; the money came by Alipay, to no drawer."""
    left = paid_fen
    for charge in Charge.objects.filter(patron=row.patron_id, open_fen__gt=0).order_by("id"):
        part = min(left, charge.open_fen)
        if part:
            Charge.objects.filter(pk=charge.pk).update(open_fen=F("open_fen") - part, paid_fen=F("paid_fen") + part)
            journal.write(
                act, account, MoneyKind.PAID, key=f"guarantee:{row.pk}:{charge.pk}", money_fen=part, owed_fen=-part,
                means=Means.ALIPAY, charge=charge, voucher=row.order[:40],
            )  # fmt: skip
        left -= part


def report(act: Act, *, guarantee_id: int, harm_fen: int, provider: CreditProvider) -> GuaranteeView:
    """Report a harm (an item lost and not paid): the service asks the reader to pay it. Raises NotInForce."""
    row = _of(guarantee_id)
    if row.state != GuaranteeState.IN_FORCE or not 0 < harm_fen <= row.amount_fen:
        raise NotInForce()
    provider.end(order=row.order, at=act.at, harm_fen=harm_fen)
    return _moved(act, guarantee_id, GuaranteeState.REPORTED, harm_fen=harm_fen)


def end(act: Act, *, guarantee_id: int, provider: CreditProvider) -> GuaranteeView:
    """End an order without harm, as when the reader leaves: otherwise the reader's credit would suffer.

    An order that never came into force is given up. Raises NotInForce.
    """
    row = _of(guarantee_id)
    if row.state == GuaranteeState.IN_FORCE:
        provider.end(order=row.order, at=act.at)
        return _moved(act, guarantee_id, GuaranteeState.ENDED)
    if row.state == GuaranteeState.ASKED:
        if row.order:
            provider.cancel(order=row.order)
        return _moved(act, guarantee_id, GuaranteeState.CANCELLED)
    raise NotInForce()


def free_who_left(act: Act, *, provider: CreditProvider, limit: int = 50) -> int:
    """End the orders of accounts that were closed, the oldest first; return how many were ended.

    The service is asked one by one; an order that it does not end now is tried again the next time.
    """
    standing = Guarantee.objects.filter(state__in=(GuaranteeState.ASKED, GuaranteeState.IN_FORCE))
    left = standing.filter(patron__status=PatronStatus.DEREGISTERED).order_by("id").values_list("pk", flat=True)
    ended = 0
    for guarantee_id in list(left[:limit]):
        try:
            end(act, guarantee_id=guarantee_id, provider=provider)
        except DomainError:
            continue
        ended += 1
    return ended


@transaction.atomic
def _moved(act: Act, guarantee_id: int, state: GuaranteeState, harm_fen: int = 0) -> GuaranteeView:
    row = Guarantee.objects.select_for_update().get(pk=guarantee_id)
    row.state, row.harm_fen = state, harm_fen
    row.ended_at = None if state == GuaranteeState.REPORTED else act.at
    row.save(update_fields=["state", "harm_fen", "ended_at"])
    audit(act, "credit.guarantee", f"patron:{row.patron_id}", after={"state": state.value, "harm_fen": harm_fen})
    return view(row)


def _of(guarantee_id: int) -> Guarantee:
    row = Guarantee.objects.filter(pk=guarantee_id).first()
    if row is None:
        raise NotFound(what=str(guarantee_id))
    return row


def guarantee(guarantee_id: int) -> GuaranteeView:
    """Return an order. Raises NotFound."""
    return view(_of(guarantee_id))


def of_reader(patron: int) -> GuaranteeView | None:
    """Return the order that is asked for, in force or reported for a reader; None when there is none."""
    row = Guarantee.objects.filter(patron=patron, state__in=OPEN).first()
    return view(row) if row else None


def view(row: Guarantee) -> GuaranteeView:
    """Return the public side of an order."""
    return GuaranteeView(
        id=row.pk,
        patron=row.patron_id,
        provider=row.provider,
        own_order=row.own_order,
        order=row.order,
        state=row.state,
        amount_fen=row.amount_fen,
        harm_fen=row.harm_fen,
        asked_at=row.asked_at,
        consented_at=row.consented_at,
        expires_on=row.expires_on,
    )
