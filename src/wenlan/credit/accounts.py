"""A locked reader's account: how points are moved on it, and the journal of money beside it.

Everything here expects the caller's transaction, and is called after `locked`.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from wenlan.credit import policies, rulebook, statements
from wenlan.credit.models import PointEntry
from wenlan.credit.policies import GivenSoFar
from wenlan.credit.rulebook import OpenAmnesty, Rulebook
from wenlan.credit.statements import ReaderRow
from wenlan.credit.types import Cause, PointRule, RuleView
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.patrons.errors import PatronUnknown

NOTICES = "notices"


@dataclass(slots=True)
class Account:
    """A locked reader with the rules of the day; `points` follows what is written."""

    reader: ReaderRow
    book: Rulebook
    rule: RuleView | None
    amnesty: OpenAmnesty | None
    points: int | None

    @property
    def keeps_points(self) -> bool:
        """Whether points are kept: the rule starts them, or an account was opened before."""
        return self.points is not None or (self.rule is not None and self.rule.start_points is not None)


def locked(act: Act, patron: int) -> Account:
    """Lock a reader's row and return the account with the rules of the act's day. Raises PatronUnknown."""
    reader = statements.read(patron, lock=True)
    if reader is None:
        raise PatronUnknown(what=patron)
    book = rulebook.current(reader.policies)
    return Account(
        reader=reader,
        book=book,
        rule=book.rule_for(home_node=reader.home_node, category=reader.category, on=act.day),
        amnesty=book.amnesty_for(home_node=reader.home_node, on=act.day),
        points=reader.points,
    )


def open_points(act: Act, account: Account) -> None:
    """Give an account its starting points when it has none yet and the rule starts some."""
    if account.points is None and account.rule is not None and account.rule.start_points is not None:
        start = account.rule.start_points
        account.points = 0
        write(act, account, Cause.STARTED, start, key=f"start:{account.reader.id}")


def write(act: Act, account: Account, cause: str, points: int, *, key: str, **more: Any) -> PointEntry:
    """Add a line to the ledger of points and move the balance. `more` are further columns of the line."""
    balance = (account.points or 0) + points
    entry = PointEntry.objects.create(
        patron_id=account.reader.id,
        at=act.at,
        day=act.day,
        node_id=act.node,
        operator=act.operator,
        cause=cause,
        points=points,
        balance=balance,
        rule_id=account.rule.id if account.rule else None,
        key=key,
        **more,
    )
    statements.set_points(account.reader.id, balance)
    account.points = balance
    return entry


def change_of(act: Act, account: Account, event: str, units: int) -> int:
    """Return by how many points an event moves the account now; one statement when its rule has limits of time."""
    rule = account.rule.points.get(event) if account.rule else None
    if rule is None or units < 1:
        return 0
    moved = policies.points_of(rule, units=units, so_far=so_far(act, account, event, rule))
    most = account.rule.most_points if account.rule else None
    return policies.within(account.points or 0, moved, most)


def so_far(act: Act, account: Account, event: str, rule: PointRule) -> GivenSoFar:
    """Return what an event has moved today and this month, asked only where the rule limits it."""
    if not rule.most_a_day and not rule.most_a_month:
        return GivenSoFar()
    rows = PointEntry.objects.filter(patron=account.reader.id, cause=event, reversed_by=None)
    month = rows.filter(day__gte=act.day.replace(day=1)).values_list("day").annotate(moved=Sum("points"))
    by_day = {day: abs(moved) for day, moved in month}
    return GivenSoFar(day=by_day.get(act.day, 0), month=sum(by_day.values()))


def tell(account: Account, template: str, *, key: str, **facts: Any) -> None:
    """Post a notice to the reader."""
    message = {"template": template, "patron": account.reader.id, "facts": facts, "key": f"{template}:{key}"}
    jobs.post(NOTICES, message)
