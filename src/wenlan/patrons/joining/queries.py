"""Reads of rules and applications."""

from collections.abc import Collection

from wenlan.network import queries as network
from wenlan.patrons import identity, policies, queries
from wenlan.patrons.errors import ApplicationUnknown
from wenlan.patrons.joining.models import Application, JoiningRule
from wenlan.patrons.joining.types import OPEN, ApplicationStatus, ApplicationView, JoiningRuleView, Way
from wenlan.patrons.types import CategoryView, PatronView

SHIPPED = JoiningRuleView(at=None, words={})


def rule_at(node: int) -> JoiningRuleView:
    """Return the rule that holds at a place: the nearest on the way up, else the shipped one (one statement)."""
    way_up = network.ancestors(node)
    rules = {row.node_id: row for row in JoiningRule.objects.filter(node__in=way_up)}
    return next((view_of_rule(rules[place]) for place in way_up if place in rules), SHIPPED)


def rules() -> tuple[JoiningRuleView, ...]:
    """Return every rule (one statement)."""
    return tuple(view_of_rule(row) for row in JoiningRule.objects.order_by("node_id"))


def view_of_rule(row: JoiningRule) -> JoiningRuleView:
    """Return the public side of a rule."""
    return JoiningRuleView(
        at=row.node_id,
        way=Way(row.way),
        categories=tuple(row.categories),
        asks_document=row.asks_document,
        words=row.words,
    )


def categories_at(node: int) -> tuple[CategoryView, ...]:
    """Return the categories somebody may ask for on line at a place: of persons, open, and named by the rule if any."""
    rule = rule_at(node)
    return tuple(
        one
        for one in queries.categories()
        if one.is_open and not one.is_institution and (not rule.categories or one.code in rule.categories)
    )


def application(application_id: int) -> ApplicationView:
    """Return an application, unmasked but for the document. Raises ApplicationUnknown."""
    row = Application.objects.select_related("category").filter(pk=application_id).first()
    if row is None:
        raise ApplicationUnknown(what=application_id)
    return view(row)


def application_by_uid(uid: str) -> ApplicationView:
    """Return an application by what its applicant holds. Raises ApplicationUnknown."""
    row = Application.objects.select_related("category").filter(uid=uid).first()
    if row is None:
        raise ApplicationUnknown(what=uid)
    return view(row)


def waiting(nodes: Collection[int], *, after: int = 0, limit: int = 50) -> tuple[ApplicationView, ...]:
    """Return the open applications of the nodes, the longest waiting first; `after` is the last id seen."""
    rows = Application.objects.filter(node__in=nodes, status__in=OPEN, pk__gt=after)
    return tuple(view(row) for row in rows.select_related("category").order_by("id")[:limit])


def waiting_count(nodes: Collection[int]) -> int:
    """Return how many applications of the nodes are open."""
    return Application.objects.filter(node__in=nodes, status__in=OPEN).count()


def decided(nodes: Collection[int], *, limit: int = 30) -> tuple[ApplicationView, ...]:
    """Return the applications of the nodes that were decided last."""
    rows = Application.objects.filter(node__in=nodes).exclude(status__in=OPEN)
    return tuple(view(row) for row in rows.select_related("category").order_by("-decided_at")[:limit])


def lookalikes(application_id: int) -> tuple[PatronView, ...]:
    """Return readers, unmasked, who may be the applicant. Raises ApplicationUnknown."""
    row = Application.objects.filter(pk=application_id).first()
    if row is None:
        raise ApplicationUnknown(what=application_id)
    return queries.lookalikes(
        name=row.name, birth_date=row.birth_date, phone=row.phone, kind=row.document_kind, number=document_of(row)
    )


def document_of(row: Application) -> str:
    """Return an applicant's number in clear; '' without one."""
    if row.document_cipher is None:
        return ""
    kept = identity.cipher(row.document_key_version)
    return kept.decrypt(bytes(row.document_cipher), bound_to=row.uid.bytes)


def view(row: Application) -> ApplicationView:
    """Return the public side of an application."""
    number = document_of(row)
    return ApplicationView(
        id=row.pk,
        uid=row.uid,
        node=row.node_id,
        channel=row.channel,
        status=ApplicationStatus(row.status),
        category=row.category.code,
        name=row.name,
        sex=row.sex,
        birth_date=row.birth_date,
        phone=row.phone,
        email=row.email,
        document_kind=row.document_kind,
        document=policies.masked_id_number(number) if number else "",
        guardian_name=row.guardian_name,
        guardian_relation=row.guardian_relation,
        guardian_phone=row.guardian_phone,
        guardian_confirmed_at=row.guardian_confirmed_at,
        needs_guardian=bool(row.guardian_name),
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reason=row.reason,
        patron=row.patron_id,
    )
