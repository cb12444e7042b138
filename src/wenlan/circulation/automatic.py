"""Loans that renew themselves (自动续借) by rule, the day before they are due; readers are told what, and why not.

An automatic renewal is recorded as such and counts as no service. Nothing that a reader could not renew is renewed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zlib import crc32

from django.utils import timezone, translation

from wenlan.circulation import operations, rulebook
from wenlan.circulation.errors import RenewalRefused
from wenlan.circulation.models import OPEN, Loan
from wenlan.circulation.types import Initiative, ItemRef, Refusal, Renewed
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import ItemView
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as versions
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.network import trees

DAY = timedelta(days=1)
BATCH = 500
MOST_TITLES = 5


@dataclass(slots=True)
class Told:
    """What one reader is told: what was renewed, and what was not (its loan, day and reasons)."""

    renewed: list[Renewed] = field(default_factory=list)
    refused: list[tuple[Loan, ItemView, tuple[Refusal, ...]]] = field(default_factory=list)


def renew_due(at: datetime) -> int:
    """Renew what is due today or tomorrow and renews itself by its rule; return how many loans were renewed.

    Each loan in a transaction of its own, under a key made of the loan and its due date: running again does nothing
    twice, and what could be renewed only later in the day is renewed then. Who is refused is told the day before.
    """
    today = timezone.localdate(at)
    places, done = places_with_such_rules(today), 0
    after = (today - DAY, 0)
    while places and (batch := due_loans(places, today=today, after=after)):
        after = batch[-1].due_on, batch[-1].pk
        told: dict[int, Told] = defaultdict(Told)
        for loan, item in renewing_themselves(batch, today):
            answer = renew(at, loan, item)
            if isinstance(answer, Renewed):
                told[answer.patron].renewed.append(answer)
                done += not answer.was_repeated
            elif loan.patron_id is not None and loan.due_on > today:
                told[loan.patron_id].refused.append((loan, item, answer))
        for patron, said in told.items():
            tell(patron, said)
    return done


def places_with_such_rules(on: date) -> frozenset[int]:
    """Return the places where a rule in force lets loans renew themselves; none without such a rule (no statement)."""
    book = rulebook.current(versions.version(rulebook.VERSION))
    found = {
        rule.node
        for rule in book.rules
        if rule.renews_itself and rule.from_day <= on and (rule.until_day is None or on < rule.until_day)
    }
    return frozenset(node for place in found for node in network.subtree(place))


def due_loans(places: frozenset[int], *, today: date, after: tuple[date, int]) -> list[Loan]:
    """Return the next open loans of the places that are due today or tomorrow (one statement)."""
    rows = Loan.objects.filter(OPEN, lent_node__in=places, due_on__gte=today, due_on__lte=today + DAY)
    day, last = after
    following = rows.filter(due_on=day, pk__gt=last) | rows.filter(due_on__gt=day)
    return list(following.order_by("due_on", "pk")[:BATCH])


def renewing_themselves(loans: Iterable[Loan], on: date) -> list[tuple[Loan, ItemView]]:
    """Return those of the loans, with their items, whose own rule says so: a nearer rule may say no."""
    rows = list(loans)
    items = holdings.items_by_id({loan.item_id for loan in rows})
    book, tree = rulebook.current(versions.version(rulebook.VERSION)), trees.current()
    found = []
    for loan in rows:
        item = items[loan.item_id]
        decision = book.decision(
            tree,
            node=loan.lent_node_id,
            owner=item.owner_node,
            category=loan.reader_category,
            material=item.material,
            on=on,
        )
        if decision is not None and decision.renews_itself:
            found.append((loan, item))
    return found


def renew(at: datetime, loan: Loan, item: ItemView) -> Renewed | tuple[Refusal, ...]:
    """Renew one loan by the clock at its place; the reasons where it is refused."""
    act = Act(
        at=at,
        node=loan.lent_node_id,
        channel=Channel.DESK,
        key=f"auto:{loan.uid}:{loan.due_on}",
        device="clock",
    )
    try:
        return operations.renew(
            act, item=ItemRef(item.barcode, item.barcode_scope), initiative=Initiative.AUTOMATIC.value
        )
    except RenewalRefused as refused:
        return refused.refusals
    except DomainError:
        return ()


def tell(patron: int, said: Told) -> None:
    """Post what a reader is told; the key is made of what it says, so that the same is said once."""
    if said.renewed:
        days = [(one.title, one.due_on) for one in said.renewed]
        facts = {
            "items": len(days),
            "list": listed(days),
            "due_on": min(day for _title, day in days).isoformat(),
        }
        post("renewed_by_itself", patron, facts, [f"{one.loan}:{one.due_on}" for one in said.renewed])
    if said.refused:
        first = min(loan.due_on for loan, _item, _reasons in said.refused)
        facts = {"items": len(said.refused), "due_on": first.isoformat(), **whys(said)}
        post("not_renewed", patron, facts, [f"{loan.uid}:{loan.due_on}" for loan, _item, _reasons in said.refused])


def listed(days: list[tuple[str, date]]) -> str:
    """Return titles with their days, the first few of them; no words that would need a language."""
    named = [f"《{title}》{day.isoformat()}" for title, day in days[:MOST_TITLES]]
    return "，".join(named) + ("…" if len(days) > MOST_TITLES else "")


def whys(said: Told) -> dict[str, str]:
    """Return the different reasons in both languages a letter may have."""
    reasons = sorted({reason for _loan, _item, reasons in said.refused for reason in reasons})
    found = {}
    for name, language, between in (("why_zh", "zh-hans", "；"), ("why_en", "en", "; ")):
        with translation.override(language):
            found[name] = between.join(str(reason.label).rstrip("。.") for reason in reasons)
    return found


def post(template: str, patron: int, facts: dict[str, object], about: list[str]) -> None:
    """Post one notice to a reader."""
    key = f"{template}:{patron}:{crc32(' '.join(sorted(about)).encode()):08x}"
    jobs.post("notices", {"template": template, "patron": patron, "facts": facts, "key": key})
