"""Asking to become a reader, the guardian's yes, and the librarian's decision."""

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.patrons import identity, operations, policies, registering
from wenlan.patrons import queries as readers
from wenlan.patrons.errors import (
    ApplicationDecided,
    ApplicationUnknown,
    CodeJustSent,
    ConfirmationWrong,
    NotOffered,
    RegistrationRefused,
    TooManyApplications,
)
from wenlan.patrons.joining import queries
from wenlan.patrons.joining.models import Application, JoiningRule
from wenlan.patrons.joining.types import OPEN, ApplicationStatus, ApplicationView, JoiningRuleView, NewApplication, Way
from wenlan.patrons.models import Category, Password
from wenlan.patrons.policies import tidy
from wenlan.patrons.types import CardKind, NewGuardian, NewReader, PatronView, Refusal
from wenlan.staff.operations import audit

CODE_LASTS = timedelta(minutes=30)
BETWEEN_CODES = timedelta(minutes=1)
MOST_TRIES = 5
MOST_OPEN = 4  # applications with one telephone: a family's
LAPSES_AFTER = timedelta(days=90)
FORGOTTEN_AFTER = timedelta(days=30)
E_CARDS = "e_card"
NOT_YET = frozenset({Refusal.CARD_MISSING, Refusal.CONSENT_MISSING})  # comes later: the card, the guardian's yes


@transaction.atomic
def set_rule(
    act: Act,
    *,
    node: int,
    way: Way,
    categories: tuple[str, ...] = (),
    asks_document: bool = True,
    words: Mapping[str, str] | None = None,
) -> JoiningRuleView:
    """Say how a place and all under it take readers who register themselves, from now on."""
    before = queries.rule_at(node)
    row, _ = JoiningRule.objects.update_or_create(
        node_id=node,
        defaults={
            "way": way.value,
            "categories": list(categories),
            "asks_document": asks_document,
            "words": dict(words or {}),
        },
    )
    audit(act, "patrons.joining_rule", f"node:{node}", before={"way": before.way}, after={"way": row.way})
    return queries.view_of_rule(row)


@transaction.atomic
def apply(act: Act, *, application: NewApplication) -> ApplicationView:
    """Ask to become a reader; by the rule of the library the reader is registered at once or waits for a librarian.

    A child's guardian gets a code by telephone first. Who looks like a reader there is always waits: the applicant is
    not told. Raises NotOffered, TooManyApplications, and RegistrationRefused with every reason. Repeating `act.key`
    returns the first answer.
    """
    if known := Application.objects.select_related("category").filter(key=act.key).first():
        return queries.view(known)
    rule = queries.rule_at(application.node)
    if rule.way == Way.NONE:
        raise NotOffered()
    reader = _reader_of(application)
    offered = {one.code for one in queries.categories_at(application.node)}
    refusals = _refusals(act, reader, application.category if application.category in offered else "", rule)
    if refusals:
        raise RegistrationRefused(refusals)
    row = _row(act, application)
    for phone in {row.phone, row.guardian_phone} - {""}:
        by_phone = Q(phone=phone) | Q(guardian_phone=phone)
        if Application.objects.filter(by_phone, status__in=OPEN).count() >= MOST_OPEN:
            raise TooManyApplications()
    row.save()
    if row.status == ApplicationStatus.GUARDIAN:
        _send_code(act, row)
    else:
        _go_on(act, row, rule)
    return queries.view(row)


def _refusals(act: Act, reader: NewReader, category: str, rule: JoiningRuleView) -> list[Refusal]:
    """Return what speaks against the entries themselves; whether the person is known already is the librarian's."""
    row = Category.objects.filter(code=category).first()
    facts = registering.registration_facts(act.day, reader, row, "", card_is_taken=False)
    found = [reason for reason in policies.registration_refusals(facts) if reason not in NOT_YET]
    if rule.asks_document and not facts.id_number:
        found.append(Refusal.DOCUMENT_MISSING)
    if policies.needs_consent(facts) and not (reader.guardian and reader.guardian.phone.strip()):
        found.append(Refusal.GUARDIAN_PHONE_MISSING)
    return list(dict.fromkeys(found))


def _reader_of(application: NewApplication) -> NewReader:
    return NewReader(
        name=application.name,
        category=application.category,
        card_number="",
        home_node=application.node,
        sex=application.sex,
        birth_date=application.birth_date,
        phone=application.phone,
        email=application.email,
        document_kind=application.document_kind,
        id_number=application.document,
        guardian=application.guardian,
    )


def _row(act: Act, asked: NewApplication) -> Application:
    """Return the application's row; the state says whether a guardian is asked first."""
    category = Category.objects.get(code=asked.category)
    facts = registering.registration_facts(act.day, _reader_of(asked), category, "", card_is_taken=False)
    guardian = asked.guardian or NewGuardian(name="")
    row = Application(
        node_id=asked.node,
        channel=act.channel,
        status=ApplicationStatus.GUARDIAN if policies.needs_consent(facts) else ApplicationStatus.WAITING,
        category=category,
        name=" ".join(asked.name.split()),
        sex=asked.sex,
        birth_date=facts.birth_date,
        phone=tidy(asked.phone),
        email=asked.email,
        document_kind=asked.document_kind,
        guardian_name=guardian.name,
        guardian_relation=guardian.relation,
        guardian_phone=tidy(guardian.phone),
        password=make_password(asked.password) if asked.password else "",
        asked_at=act.at,
        key=act.key,
    )
    number = tidy(asked.document)
    if number:
        row.document_cipher = identity.cipher().encrypt(number, bound_to=row.uid.bytes)
        row.document_hash = identity.document_hash(asked.document_kind, number)
        row.document_key_version = identity.PRESENT_VERSION
    return row


def _go_on(act: Act, row: Application, rule: JoiningRuleView) -> None:
    """Register the applicant at once where the rule says so and nobody like them is known; else they wait."""
    if rule.way == Way.AT_ONCE and not queries.lookalikes(row.pk):
        _register(act, row, card_number="", by="")


@transaction.atomic
def send_code(act: Act, *, application: int) -> None:
    """Send the guardian a new code. Raises ApplicationUnknown, ApplicationDecided, and CodeJustSent within a minute."""
    row = _locked(application)
    if row.status != ApplicationStatus.GUARDIAN:
        raise ApplicationDecided()
    if row.guardian_code_until is not None and act.at < row.guardian_code_until - CODE_LASTS + BETWEEN_CODES:
        raise CodeJustSent()
    _send_code(act, row)


def _send_code(act: Act, row: Application) -> None:
    code = f"{secrets.randbelow(10**6):06d}"
    row.guardian_code = identity.lookup_hash(f"{row.uid}:{code}")
    row.guardian_code_until = act.at + CODE_LASTS
    row.guardian_tries = 0
    row.save(update_fields=["guardian_code", "guardian_code_until", "guardian_tries"])
    facts = {"code": code, "child": row.name, "minutes": int(CODE_LASTS.total_seconds() // 60)}
    message = {"template": "patrons.guardian_code", "patron": None, "phone": row.guardian_phone, "facts": facts}
    jobs.post("notices", message | {"key": f"guardian:{row.uid}:{row.guardian_code[:16]}"})


def confirm(act: Act, *, application: int, code: str) -> ApplicationView:
    """Take the guardian's yes by the code that came to their telephone; then the application goes its way.

    Raises ApplicationUnknown, and ConfirmationWrong for another code, after half an hour or `MOST_TRIES` tries.
    """
    with transaction.atomic():
        row = _locked(application)
        if row.status != ApplicationStatus.GUARDIAN:
            return queries.view(row)
        fits = hmac.compare_digest(row.guardian_code, identity.lookup_hash(f"{row.uid}:{tidy(code)}"))
        in_time = row.guardian_code_until is not None and act.at <= row.guardian_code_until
        if fits and in_time and row.guardian_tries < MOST_TRIES:
            row.guardian_confirmed_at, row.status = act.at, ApplicationStatus.WAITING
            row.save(update_fields=["guardian_confirmed_at", "status"])
            _go_on(act, row, queries.rule_at(row.node_id))
            return queries.view(row)
        row.guardian_tries = min(row.guardian_tries + 1, 30_000)
        row.save(update_fields=["guardian_tries"])
    raise ConfirmationWrong()


@transaction.atomic
def approve(
    act: Act, *, application: int, card_number: str = "", category: str = "", guardian_consents: bool = False
) -> PatronView:
    """Register the applicant with the card that was scanned, or with an e-card. Repeating it returns the reader.

    `guardian_consents` says that the guardian consented here, at the desk. Raises ApplicationUnknown,
    ApplicationDecided for a refused one, and RegistrationRefused with every reason.
    """
    row = _locked(application)
    if row.status == ApplicationStatus.APPROVED and row.patron_id:
        return readers.patron(row.patron_id)
    if row.status not in OPEN:
        raise ApplicationDecided()
    if category:
        row.category = Category.objects.get(code=category)
    if guardian_consents and row.guardian_confirmed_at is None:
        row.guardian_confirmed_at = act.at
    return _register(act, row, card_number=card_number, by=act.operator)


def _register(act: Act, row: Application, *, card_number: str, by: str) -> PatronView:
    guardian = None
    if row.guardian_name:
        guardian = NewGuardian(
            name=row.guardian_name,
            relation=row.guardian_relation,
            phone=row.guardian_phone,
            consents=row.guardian_confirmed_at is not None,
        )
    made = operations.register(
        _act_of(act, row),
        reader=NewReader(
            name=row.name,
            category=row.category.code,
            card_number=card_number or next_e_card(),
            card_kind=CardKind.BARCODE if card_number else CardKind.E_CARD,
            home_node=row.node_id,
            sex=row.sex,
            birth_date=row.birth_date,
            phone=row.phone,
            email=row.email,
            document_kind=row.document_kind,
            id_number=queries.document_of(row),
            guardian=guardian,
            key=f"application:{row.uid}",
        ),
    )
    if row.password:
        Password.objects.update_or_create(patron_id=made.id, defaults={"password": row.password})
    row.patron_id, row.status, row.decided_at, row.decided_by = made.id, ApplicationStatus.APPROVED, act.at, by
    row.save()
    return made


def _act_of(act: Act, row: Application) -> Act:
    """Return the act of registration: it came through the applicant's channel, at the place where it is decided."""
    return Act(
        at=act.at,
        node=row.node_id,
        channel=type(act.channel)(row.channel),
        key=act.key,
        department=act.department if act.node == row.node_id else None,
        staff=act.staff,
        device=act.device,
    )


def next_e_card() -> str:
    """Return a number for a new e-card that no card has."""
    while True:
        number = f"E{jobs.next_number(E_CARDS, ''):09d}"
        if not registering.open_cards([identity.card_key(number)]):
            return number


@transaction.atomic
def refuse(act: Act, *, application: int, reason: str) -> ApplicationView:
    """Refuse an application with a reason that the applicant reads. Raises ApplicationUnknown, ApplicationDecided."""
    row = _locked(application)
    if row.status not in OPEN:
        raise ApplicationDecided()
    row.status, row.decided_at, row.decided_by = ApplicationStatus.REFUSED, act.at, act.operator
    row.reason = reason[:200]
    row.save(update_fields=["status", "decided_at", "decided_by", "reason"])
    audit(act, "patrons.application_refused", f"application:{row.pk}", reason=reason)
    return queries.view(row)


def _locked(application: int) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("category")
    row = rows.filter(pk=application).first()
    if row is None:
        raise ApplicationUnknown(what=application)
    return row


@transaction.atomic
def tidy_up(*, at: datetime, limit: int = 500) -> int:
    """Let old applications lapse, and erase what is personal in those that were decided; return how many were erased.

    What an approved one said stands with the reader; a refused applicant is forgotten after `FORGOTTEN_AFTER`.
    """
    Application.objects.filter(status__in=OPEN, asked_at__lt=at - LAPSES_AFTER).update(
        status=ApplicationStatus.LAPSED, decided_at=at
    )
    done = Application.objects.filter(decided_at__lt=at - FORGOTTEN_AFTER, erased_at=None)
    chosen = list(done.order_by("id").values_list("id", flat=True)[:limit])
    nothing = dict.fromkeys(operations.ERASED_OF_APPLICATION, "") | operations.NOTHING_LEFT
    return Application.objects.filter(pk__in=chosen).update(**nothing, erased_at=at)
