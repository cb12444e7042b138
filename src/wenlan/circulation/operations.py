"""Lending, returning, renewing, and taking the last act back.

The three hot acts have one shape: one read, one decision, one write. A refusal is raised when the transaction is left,
with nothing written; inside an outer transaction (a batch) it leaves no trace there.
"""

from datetime import date

from django.db import transaction

from wenlan.circulation import (
    answers,
    lending,
    policies,
    renewing,
    returning,
    rulebook,
    shipped,
    statements,
    undoing,
)
from wenlan.circulation.errors import ItemUnknown, NotInTransit, RuleWrong
from wenlan.circulation.gathering import Overruling
from wenlan.circulation.models import Loan, LoanRule, Undoing
from wenlan.circulation.renewing import RenewalWish
from wenlan.circulation.types import (
    NONE,
    CardRef,
    Initiative,
    ItemRef,
    Lent,
    LoanRuleView,
    NewRule,
    Overrides,
    Renewed,
    Returned,
    Undone,
    UndoneAct,
)
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import ItemStatus
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.network import queries as network
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.patrons.identity import card_key
from wenlan.staff.operations import audit

RULE_NODES = ("node", "owner", "hub")


class CannotSettle(RuntimeError):
    """Item and loan contradict each other: not a matter of who came first, but of damaged tables."""


def check_out(
    act: Act,
    *,
    item: ItemRef,
    card: CardRef,
    overrides: Overrides = NONE,
    reason: str = "",
    happened: bool = False,
    due_on: date | None = None,
) -> Lent:
    """Lend an item to a reader and record the loan in the ledger.

    Locks the reader's row, then the item's, so that two desks cannot deadlock nor pass a limit
    together. Raises CardUnknown, ItemUnknown, ItemAmbiguous, OverrideNotAllowed, and CheckoutRefused with
    every reason when the policy says no; then nothing is written. Repeating `act.key` returns the first
    answer, or raises ActUndone. What a device did while its line was cut (`happened`) overrules without staff, and
    the day the reader was told then (`due_on`) holds where it is later than ours.
    """
    number = card_key(passes.card_number(card.number, act.at))
    barcode, card_number, on = barcode_key(item.barcode), number, act.day
    overruling = Overruling(overrides, reason, happened, due_on)
    for locks in statements.tries():
        with statements.around(locks=locks):
            read = statements.read_checkout(
                on=on, card_key=card_number, barcode_key=barcode, scope=item.scope, locks=locks
            )
            answer = lending.lend(act, read, item, card, overruling)
        if isinstance(answer, Lent):
            return answer
        if answer is None and not locks:
            continue
        if first := answers.first_lent(act.key):
            return first
        if answer is not None:
            raise answer
    raise CannotSettle(f"item {item.barcode}")


def check_in(act: Act, *, item: ItemRef) -> Returned:
    """Take an item back at any place, and record the return in the ledger.

    An item that has its place elsewhere is sent there, unless the rule of this place lets it float. One
    that is not on loan gets a clear answer with the next step. Locks the reader's row, then the item's.
    Raises ItemUnknown and ItemAmbiguous. Repeating `act.key` returns the first answer, or raises ActUndone.
    """
    barcode, on = barcode_key(item.barcode), act.day
    for locks in statements.tries():
        with statements.around(locks=locks):
            read = statements.read_loan(on=on, key=act.key, barcode_key=barcode, scope=item.scope, locks=locks)
            known = read.versions.answered
            answer = returning.take_back(act, read, item) if known is None else None
        if known is not None:
            return answers.first_returned(known)
        if isinstance(answer, Returned):
            return answer
        if answer is not None:
            raise answer
    raise CannotSettle(f"item {item.barcode}")


def renew(
    act: Act,
    *,
    item: ItemRef,
    card: CardRef | None = None,
    initiative: str = Initiative.STAFF,
    overrides: Overrides = NONE,
    reason: str = "",
    happened: bool = False,
    due_on: date | None = None,
) -> Renewed:
    """Lengthen the open loan of an item, and record it in the ledger under who asked (`initiative`).

    With `card` the loan must be that reader's. The rule of the place and category of the loan decides.
    Locks the reader's row, then the item's. Raises ItemUnknown, ItemAmbiguous, CardUnknown,
    OverrideNotAllowed, and RenewalRefused with every reason; then nothing is written. Repeating `act.key`
    returns the first answer, or raises ActUndone. `happened` and `due_on` as for a check-out.
    """
    barcode, on = barcode_key(item.barcode), act.day
    wish = RenewalWish(
        item=item,
        patron=patrons.patron_id_by_card(passes.card_number(card.number, act.at)) if card else None,
        initiative=Initiative(initiative).value,
        overruling=Overruling(overrides, reason, happened, due_on),
    )
    for _ in statements.LOCKING:
        with transaction.atomic(savepoint=False):
            read = statements.read_loan(on=on, key=act.key, barcode_key=barcode, scope=item.scope)
            answer = renewing.lengthen(act, read, wish)
        if isinstance(answer, Renewed):
            return answer
        if first := answers.first_renewed(act.key):
            return first
        if answer is not None:
            raise answer
    raise CannotSettle(f"item {item.barcode}")


@transaction.atomic
def receive(act: Act, *, item: ItemRef) -> Returned:
    """Sign for an item in transit that arrived at its place (签收). Raises ItemUnknown, ItemAmbiguous, NotInTransit."""
    read = statements.read_loan(on=act.day, key="", barcode_key=barcode_key(item.barcode), scope=item.scope)
    if not read.items:
        raise ItemUnknown(what=item.barcode)
    if len(read.items) == 1 and read.items[0].status != ItemStatus.IN_TRANSIT:
        raise NotInTransit(barcode=item.barcode)
    return check_in(act, item=item)


@transaction.atomic
def undo(act: Act, *, key: str) -> Undone:
    """Take back the act that was done with `key` by the same desk within the last minute.

    The loan, item, reader's tally and due date are as before, and the ledger's row is reversed by a second
    one. Locks the reader's row, then the item's. Raises CannotUndo. Repeating `act.key` returns the first answer.
    """
    if done := Undoing.objects.filter(key=act.key).select_related("loan").first():
        return Undone(act=UndoneAct(done.act), loan=done.loan.uid, item=done.loan.item_id, patron=done.loan.patron_id)
    _, loan, _ = undoing.find(key)
    item_status = statements.lock_both(patron=loan.patron_id, item=loan.item_id)
    undone, loan, renewal = undoing.find(key)
    if undone == UndoneAct.CHECK_OUT:
        undoing.undo_check_out(act, loan)
    elif undone == UndoneAct.CHECK_IN:
        undoing.undo_check_in(act, loan, item_status=item_status)
    elif renewal is not None:
        undoing.undo_renewal(act, loan, renewal)
    undoing.write_down(act, undone, loan, key)
    return Undone(act=undone, loan=loan.uid, item=loan.item_id, patron=loan.patron_id)


@transaction.atomic
def set_rule(act: Act, *, rule: NewRule) -> LoanRuleView:
    """Make a lending rule, or a new version of the one with the same code, from its day on.

    Loans keep the version they were made by. Raises RuleWrong for a rule that says nothing, lends for no day,
    ends before it begins, fixes a day that is over, or begins before its last version. The same rule again, on
    the day its version began, changes nothing.
    """
    last = LoanRule.objects.select_for_update().filter(code=rule.code).order_by("-id").first()
    if policies.is_rule_wrong(rule) or (last is not None and last.from_day > rule.from_day):
        raise RuleWrong()
    if last is not None and _says_the_same(rule, last):
        return rulebook.rule_view(last)
    row = _make_rule(rule, last)
    before = {"version": last.pk} if last else None
    audit(act, "circulation.rule", f"rule:{rule.code}", before=before, after={"version": row.pk})
    return rulebook.rule_view(row)


@transaction.atomic
def end_rule(act: Act, *, code: str, until: date, reason: str = "") -> LoanRuleView:
    """Let a rule end before a day: what it said is said by the next rule up from then on.

    Raises RuleWrong when there is none, or when it begins later. Loans keep the version they were made by.
    """
    last = LoanRule.objects.select_for_update().filter(code=code).order_by("-id").first()
    if last is None or last.from_day > until:
        raise RuleWrong()
    before = {"until": last.until_day.isoformat() if last.until_day else None}
    last.until_day = until
    last.save(update_fields=["until_day"])
    _rules_changed()
    audit(act, "circulation.rule_ended", f"rule:{code}", before=before, after={"until": str(until)}, reason=reason)
    return rulebook.rule_view(last)


def _says_the_same(rule: NewRule, last: LoanRule) -> bool:
    standing = rulebook.rule_view(last)
    return all(getattr(standing, name) == getattr(rule, name) for name in NewRule.__dataclass_fields__)


def _make_rule(rule: NewRule, last: LoanRule | None) -> LoanRule:
    facts = {name: getattr(rule, name) for name in NewRule.__dataclass_fields__ if name not in RULE_NODES}
    nodes = {f"{name}_id": getattr(rule, name) for name in RULE_NODES}
    if last is not None and (last.until_day is None or last.until_day > rule.from_day):
        LoanRule.objects.filter(pk=last.pk).update(until_day=rule.from_day)
    row = LoanRule.objects.create(**facts, **nodes)
    _rules_changed()
    return row


def _rules_changed() -> None:
    jobs.bump(rulebook.VERSION)
    rulebook.forget()


@transaction.atomic
def load_rules() -> int:
    """Add the shipped rules, at the root, that the installation does not have; return how many were added."""
    root = network.root()
    known = set(LoanRule.objects.values_list("code", flat=True))
    new = [facts for facts in shipped.SHIPPED if facts["code"] not in known]
    for facts in new:
        _make_rule(NewRule(node=root.id, from_day=shipped.SINCE, **facts), None)
    return len(new)


@transaction.atomic
def forget_returned(*, before: date, limit: int = 200) -> int:
    """Let loans returned before a day forget their reader, at most `limit` of them; return how many.

    Readers who keep their history keep it; the category stays in every loan. Small steps, so that a desk
    on the same database does not wait.
    """
    rows = Loan.objects.filter(returned_on__lt=before, patron__isnull=False)
    chosen = rows.exclude(patron__in=patrons.history_keepers()).values_list("id", flat=True)[:limit]
    return Loan.objects.filter(pk__in=list(chosen)).update(patron=None)
