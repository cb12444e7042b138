"""From a message in the outbox to a notice: whom it is for, what it says, and which way it goes first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone, translation

from wenlan.catalogue import queries as catalogue
from wenlan.network import queries as network
from wenlan.notices import policies, rulebook, wordings
from wenlan.notices.models import Delivery, Notice, Sender, Wish
from wenlan.notices.types import OUTSIDE, Letter, Means, Rule, Standing, Wording
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import PatronView

NO_WORDING = Wording(code="", name={}, title={}, text={}, keeps=False)
NEEDS_TEMPLATE = frozenset({Means.SMS, Means.WECHAT})


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a notice is for; `view` is None for somebody who is no reader."""

    view: PatronView | None
    wish: Wish
    phone: str

    def address(self, means: Means) -> str:
        """Return where this person is reached; a child without a telephone is reached by the guardian's."""
        if means == Means.SMS:
            guardian = self.view.guardian if self.view else None
            return self.phone or (self.view.phone if self.view else "") or (guardian.phone if guardian else "")
        if means == Means.EMAIL:
            return self.view.email if self.view else ""
        return self.wish.wechat if means == Means.WECHAT else ""


def readers(messages: Sequence[Mapping[str, Any]]) -> dict[int, PatronView]:
    """Return the readers that messages are for, by id."""
    return patrons.patrons_by_id({one["patron"] for one in messages if one.get("patron")})


def reader(view: PatronView | None, phone: str = "") -> Reader:
    """Return whom a notice is for, with what they wish (one statement)."""
    wish = Wish.objects.filter(patron=view.id).first() if view else None
    return Reader(view=view, wish=wish or Wish(), phone=phone)


def compose(message: Mapping[str, Any], view: PatronView | None, at: datetime) -> Notice:
    """Write a notice down, in the words of the reader's library and language, and give it its first ways."""
    person = reader(view, str(message.get("phone") or ""))
    node = view.home_node if view else int(message.get("node") or network.root().id)
    code = str(message["template"])
    said = wordings.wording(code, network.ancestors(node)) if code in wordings.shipped() else NO_WORDING
    facts = facts_of(message, view, node, at, person.wish.language)
    title, text = wordings.put_into_words(said, facts, language=person.wish.language)
    notice = Notice.objects.create(
        code=code,
        key=str(message["key"]),
        patron_id=view.id if view else None,
        phone=person.phone,
        node_id=node,
        facts=facts,
        title=title[:200] or code,
        text=text,
        made_at=at,
        until=at + timedelta(hours=said.hours),
    )
    if view and said.keeps:
        Delivery.objects.create(notice=notice, means=Means.IN_APP, standing=Standing.ARRIVED, due_at=at, settled_at=at)
    if said is NO_WORDING:
        fail(notice, at, "no wording")
    else:
        go_on(notice, said, person, at)
    return notice


def facts_of(
    message: Mapping[str, Any], view: PatronView | None, node: int, at: datetime, language: str
) -> dict[str, Any]:
    """Return the facts of a notice: those of the message, and what every wording may name."""
    facts = whole(dict(message.get("facts") or {}))
    place = facts.pop("node", None)
    with translation.override("zh-hans" if language.startswith("zh") else language):
        names = network.node_names()
    always = {
        "reader": view.name if view else "",
        "library": names.get(node, ""),
        "place": names.get(place, "") if place else "",
        "day": timezone.localdate(at).isoformat(),
    }
    return always | facts


def whole(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts with what they point to: the title of a `record`, and of several `items` the one due first."""
    record, items = facts.pop("record", None), facts.get("items")
    if record is not None:
        facts["title"] = catalogue.titles([record]).get(record, "")
    if isinstance(items, list) and items:
        facts |= min(items, key=lambda one: str(one.get("due_on", ""))) | {"items": len(items)}
    return facts


def go_on(notice: Notice, said: Wording, person: Reader, at: datetime) -> Delivery | None:
    """Give a notice the first way that leads to the reader and was not tried; else a slip, if it prints."""
    rule = rulebook.rule_at(notice.node_id)
    tried = set(notice.ways.values_list("means", flat=True))
    senders = rulebook.senders_at(notice.node_id) if notice.code not in rule.off else {}
    for means in (Means(code) for code in rule.means):
        sender = senders.get(means)
        if means in tried or sender is None or not leads_to(person, means, sender, notice.code):
            continue
        return Delivery.objects.create(
            notice=notice,
            sender=sender,
            means=means,
            standing=Standing.WAITING,
            to=person.address(means),
            due_at=hour_of(rule, at, presses=said.presses),
        )
    if said.prints and Means.PRINT not in tried and notice.code not in rule.off:
        return Delivery.objects.create(notice=notice, means=Means.PRINT, standing=Standing.TO_PRINT, due_at=at)
    if not said.keeps:
        fail(notice, at, "no way")
    return None


def first_way(person: Reader, rule: Rule, senders: Mapping[str, Sender], code: str) -> Means | None:
    """Return which way a notice would go to a person first; None when none leads out of the house."""
    for means in (Means(one) for one in rule.means):
        sender = senders.get(means)
        if sender is not None and leads_to(person, means, sender, code):
            return means
    return None


def fail(notice: Notice, at: datetime, details: str) -> None:
    """Let a notice that reaches nobody stand where a person sees it."""
    Delivery.objects.get_or_create(
        notice=notice,
        means=Means.PRINT,
        defaults={"standing": Standing.FAILED, "due_at": at, "settled_at": at, "details": details},
    )


def leads_to(person: Reader, means: Means, sender: Sender, code: str) -> bool:
    """Return whether a way leads to a person who has not turned it down, with a template where one is needed."""
    if means not in OUTSIDE or means in person.wish.unwanted or not person.address(means):
        return False
    return means not in NEEDS_TEMPLATE or bool(sender.templates.get(code, {}).get("code"))


def hour_of(rule: Rule, at: datetime, *, presses: bool) -> datetime:
    """Return when a notice may go: now, or after the quiet hours."""
    if presses:
        return at
    local = timezone.localtime(at)
    return policies.first_hour(local, quiet_from=rule.quiet_from, quiet_until=rule.quiet_until)


def letter(row: Delivery) -> Letter:
    """Return one way of a notice as its carrier takes it."""
    notice = row.notice
    said = row.sender.templates.get(notice.code, {}) if row.sender else {}
    spoken = policies.spoken(notice.facts, language="zh")
    values = {name: policies.filled(str(text), spoken) for name, text in sorted(said.get("values", {}).items())}
    return Letter(
        key=str(row.uid),
        to=row.to,
        title=notice.title,
        text=notice.text,
        template=str(said.get("code", "")),
        values=values,
        at=row.sent_at,
    )
