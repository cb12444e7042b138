"""Notices taken from the outbox, decided by hand, printed and read; wordings, rules and carriers."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as posted
from wenlan.kernel.acts import Act
from wenlan.notices import composing, policies, rulebook, sealing, wordings
from wenlan.notices.errors import DeliveryUnknown, NotOpen, SenderIncomplete, WordingBroken
from wenlan.notices.models import Delivery, Notice, NoticeRule, OwnWording, Sender, Wish
from wenlan.notices.types import TOPIC, Means, NewSender, Rule, SenderView, Standing
from wenlan.staff.operations import audit

A_BATCH = 100
BY_HAND = frozenset({Standing.FAILED, Standing.UNCLEAR})


@transaction.atomic
def take_in(at: datetime) -> int:
    """Make notices of the oldest messages in the outbox, at most 100 in one transaction; returns how many it took.

    A message is `{"template": code, "patron": id or None, "phone": for who is no reader, "facts": {...}, "key": ...}`
    under the topic `notices`; one whose key came before tells nothing new. A reader who is gone is told nothing.
    """
    waiting = posted.posted(TOPIC, A_BATCH)
    messages = [message for _id, message in waiting]
    known = set(Notice.objects.filter(key__in=[str(one["key"]) for one in messages]).values_list("key", flat=True))
    views = composing.readers(messages)
    for message in messages:
        key, patron = str(message["key"]), message.get("patron")
        if key not in known and (patron is None or patron in views):
            known.add(key)
            composing.compose(message, views[patron] if patron is not None else None, at)
    jobs.delete_posted([row_id for row_id, _message in waiting])
    return len(waiting)


def forget(*, before: datetime, limit: int = 500) -> int:
    """Delete notices made before an instant, oldest first: they carry what readers borrowed; returns how many."""
    old = Notice.objects.filter(made_at__lt=before).order_by("pk").values_list("pk", flat=True)[:limit]
    return Notice.objects.filter(pk__in=list(old)).delete()[1].get("notices.Notice", 0)


@transaction.atomic
def send_again(act: Act, *, delivery: int, nodes: Collection[int]) -> None:
    """Send a notice again that failed or is unclear, by a person's decision. Raises DeliveryUnknown, NotOpen."""
    row = _to_decide(delivery, nodes)
    if row.sender_id is None:
        raise NotOpen()
    audit(act, "notices.again", f"notice:{row.notice_id}", before={"standing": row.standing})
    Delivery.objects.filter(pk=row.pk).update(
        standing=Standing.WAITING, due_at=act.at, tries=0, settled_at=None, number="", details=""
    )
    Notice.objects.filter(pk=row.notice_id, until__lt=act.at + timedelta(hours=1)).update(
        until=act.at + timedelta(hours=24)
    )


@transaction.atomic
def put_aside(act: Act, *, delivery: int, nodes: Collection[int], reason: str) -> None:
    """Leave a notice that failed or is unclear as it is: told otherwise, or not needed any more.

    Raises DeliveryUnknown, NotOpen.
    """
    row = _to_decide(delivery, nodes)
    audit(act, "notices.aside", f"notice:{row.notice_id}", before={"standing": row.standing}, reason=reason)
    Delivery.objects.filter(pk=row.pk).update(standing=Standing.DROPPED, settled_at=act.at, details=reason[:300])


def _to_decide(delivery: int, nodes: Collection[int]) -> Delivery:
    found = Delivery.objects.select_for_update(of=("self",)).filter(pk=delivery, notice__node__in=nodes)
    row = found.select_related("notice").first()
    if row is None:
        raise DeliveryUnknown(what=delivery)
    if row.standing not in BY_HAND:
        raise NotOpen()
    return row


def mark_printed(act: Act, *, deliveries: Collection[int], nodes: Collection[int]) -> int:
    """Say that slips were printed; returns how many were."""
    rows = Delivery.objects.filter(pk__in=deliveries, notice__node__in=nodes, standing=Standing.TO_PRINT)
    return rows.update(standing=Standing.PRINTED, settled_at=act.at)


def mark_read(act: Act, *, patron: int) -> int:
    """Say that a reader has seen the messages kept for them; returns how many were new."""
    return Notice.objects.filter(patron=patron, read_at=None).update(read_at=act.at)


@transaction.atomic
def set_wish(act: Act, *, patron: int, language: str, unwanted: Collection[str], wechat: str | None = None) -> None:
    """Keep how a reader wants to be told things; `wechat` None leaves the account that is known."""
    known = {} if wechat is None else {"wechat": wechat[:64]}
    Wish.objects.update_or_create(
        patron_id=patron, defaults={"language": language[:10], "unwanted": sorted(set(unwanted))} | known
    )


@transaction.atomic
def set_rule(act: Act, *, rule: Rule) -> Rule:
    """Say how notices go at a place and all under it, from now on."""
    means = [Means(code).value for code in rule.means]
    facts = {"means": means, "off": sorted(rule.off), "quiet_from": rule.quiet_from, "quiet_until": rule.quiet_until}
    NoticeRule.objects.update_or_create(node_id=rule.node, defaults=facts)
    audit(act, "notices.rule", f"node:{rule.node}", after={"means": means, "off": sorted(rule.off)})
    return rulebook.rule_at(rule.node)


@transaction.atomic
def set_wording(act: Act, *, node: int, code: str, title: Mapping[str, str], text: Mapping[str, str]) -> None:
    """Say a notice in a place's own words; all empty: as shipped again. Raises WordingBroken."""
    said = wordings.shipped()[code]
    if unknown := policies.unknown_facts(said, [*title.values(), *text.values()]):
        known = ", ".join((*said.facts, *policies.ALWAYS_KNOWN))
        raise WordingBroken(name=unknown[0], known=known)
    audit(act, "notices.wording", f"node:{node}:{code}", after={"title": dict(title), "text": dict(text)})
    if not any((*title.values(), *text.values())):
        OwnWording.objects.filter(node=node, code=code).delete()
        return
    OwnWording.objects.update_or_create(node_id=node, code=code, defaults={"title": dict(title), "text": dict(text)})


@transaction.atomic
def set_sender(act: Act, *, sender: NewSender) -> SenderView:
    """Set up how a place and all under it reach a carrier. Raises SenderIncomplete."""
    row = Sender.objects.filter(node=sender.node, means=sender.means).first() or Sender()
    needs_secret = sender.means != Means.EMAIL or bool(sender.user)
    has_secret = bool(sender.secret) or (sender.secret is None and bool(row.sealed))
    is_named = sender.means == Means.WECHAT or bool(sender.signature)
    if not sender.host or (needs_secret and not has_secret) or not is_named:
        raise SenderIncomplete()
    if sender.means == Means.EMAIL and not policies.is_mail_address(sender.signature):
        raise SenderIncomplete()
    row.node_id, row.means, row.name, row.host, row.port = (
        sender.node, Means(sender.means).value, sender.name, sender.host, sender.port,
    )  # fmt: skip
    row.is_encrypted, row.user, row.signature, row.is_on = (
        sender.is_encrypted, sender.user, sender.signature, sender.is_on,
    )  # fmt: skip
    row.templates = {code: dict(said) for code, said in sender.templates.items()}
    if sender.secret is not None:
        row.sealed = sealing.seal(sender.secret)
    row.save()
    audit(act, "notices.sender", f"node:{row.node_id}:{row.means}", after={"host": row.host, "is_on": row.is_on})
    return rulebook.sender_view(row)
