"""Readers registered without a line: recorded as they happened, and whose card it is that was handed out then."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.outcomes import Beside, Outcome, conflict
from wenlan.circulation.journals.types import Correction, JournalAct, Line, LineState, Problem
from wenlan.kernel.acts import Act
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.errors import CardTaken, CardUnknown, RegistrationRefused
from wenlan.patrons.identity import card_key
from wenlan.patrons.sealing import seal, unseal
from wenlan.patrons.types import (
    CardKind,
    CardStatus,
    DocumentKind,
    NewGuardian,
    NewReader,
    PatronView,
    Refusal,
    Sex,
    masked_name,
)

LONGEST_KEY = 80
LONGEST = {"name": 120, "document": 24, "phone": 32, "address": 200, "relation": 40}
OF_A_GUARDIAN = frozenset({Refusal.GUARDIAN_MISSING, Refusal.CONSENT_MISSING, Refusal.GUARDIAN_PHONE_MISSING})
OF_THE_PERSON = frozenset(
    {
        Refusal.NAME_MISSING,
        Refusal.BIRTH_DATE_AHEAD,
        Refusal.ID_NUMBER_OLD,
        Refusal.ID_NUMBER_WRONG,
        Refusal.DOCUMENT_WRONG,
        Refusal.ID_NUMBER_CONTRADICTS,
        Refusal.CARD_MISSING,
    }
)
Issued = Mapping[str, JournalLine]


def sealed_told(line: Line) -> dict[str, Any]:
    """Return what a line told, to be kept: a person whom another system told in clear is sealed first."""
    told = dict(line.told)
    if line.act == JournalAct.REGISTER and isinstance(person := told.pop("person", None), Mapping):
        told["sealed"] = seal(json.dumps(person, ensure_ascii=False), bound_to=line.card)
    return told


def without_seal(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a line told but what it said of the person: nobody needs that of one that is recorded, or decided."""
    return {name: value for name, value in told.items() if name != "sealed"}


def person_told(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a registration says of its person. Raises ValueError for what does not open here, or is nobody."""
    if isinstance(told.get("person"), Mapping):
        return dict(told["person"])
    person = json.loads(unseal(str(told.get("sealed", "")), bound_to=str(told.get("card", "")).strip()))
    if not isinstance(person, dict):
        raise ValueError("nobody")
    return person


def reader_of(line: Line, *, consents: bool) -> NewReader:
    """Return the reader to be registered; `consents`: the guardian did, whatever was written. Raises ValueError."""
    said = person_told(line.told)
    guardian = said.get("guardian")
    kind, born, sex = said.get("document_kind") or DocumentKind.CITIZEN, said.get("birth"), said.get("sex") or ""
    if kind not in DocumentKind or sex not in Sex:
        raise ValueError("no such document or sex")
    return NewReader(
        name=text(said, "name"),
        category=line.category,
        card_number=line.card,
        sex=sex,
        birth_date=date.fromisoformat(born) if born else None,
        phone=text(said, "phone"),
        address=text(said, "address"),
        document_kind=kind,
        id_number=text(said, "document"),
        guardian=guardian_of(guardian, consents=consents) if isinstance(guardian, Mapping) else None,
    )


def guardian_of(said: Mapping[str, Any], *, consents: bool) -> NewGuardian | None:
    """Return who answers for a child; None for nobody."""
    if not text(said, "name"):
        return None
    return NewGuardian(
        name=text(said, "name"),
        relation=text(said, "relation"),
        phone=text(said, "phone"),
        consents=consents or said.get("consents") is True,
    )


def text(said: Mapping[str, Any], name: str) -> str:
    """Return a short text of what was said. Raises ValueError for anything else."""
    found = said.get(name) or ""
    if not isinstance(found, str) or len(found) > LONGEST[name] or not found.isprintable():
        raise ValueError(name)
    return found.strip()


def register(act: Act, line: Line, beside: Beside) -> Outcome:
    """Register the reader as it happened; or say who has to decide what first, and nothing is written.

    A reader who has this very card already is recorded: the same person was told of twice.
    """
    try:
        reader = reader_of(line, consents=Problem.CONSENT_MISSING in beside.accepted)
    except (ValueError, TypeError, RecursionError):
        return conflict(Problem.PERSON_WRONG)
    try:
        made = patrons.register(act, reader=reader)
    except RegistrationRefused as refused:
        return stopped(act, reader, refused.refusals, beside)
    return handed_out(made, reader.card_number)


def stopped(act: Act, reader: NewReader, refusals: tuple[Refusal, ...], beside: Beside) -> Outcome:
    """Return what stands against a registration; or give a reader who is there the second card, as was decided."""
    found: dict[str, Any] = {"refusals": [one.value for one in refusals]}
    if Refusal.ID_NUMBER_TAKEN in refusals:
        there = reader_there(reader)
        if there is not None and Refusal.CARD_TAKEN in refusals and holder(reader.card_number) == there.id:
            return handed_out(there, reader.card_number)
        if there is not None and Problem.ALREADY_READER not in beside.accepted:
            return conflict(Problem.ALREADY_READER, **found, reader=there.id, card=usual_card(there))
        if there is not None and Refusal.CARD_TAKEN not in refusals:
            return second_card(act, there, reader.card_number)
    if Refusal.CARD_TAKEN in refusals:
        return conflict(Problem.CARD_TAKEN, **found, reader=holder(reader.card_number))
    for problem, reasons in ((Problem.PERSON_WRONG, OF_THE_PERSON), (Problem.CONSENT_MISSING, OF_A_GUARDIAN)):
        if reasons.intersection(refusals):
            return conflict(problem, **found)
    return conflict(Problem.CATEGORY_CLOSED, **found)


def second_card(act: Act, there: PatronView, number: str) -> Outcome:
    """Give a reader who is there the card that was handed out."""
    try:
        patrons.issue_card(act, patron=there.id, number=number)
    except CardTaken:
        return conflict(Problem.CARD_TAKEN, reader=holder(number))
    return handed_out(there, number)


def handed_out(reader: PatronView, number: str) -> Outcome:
    """Return that a reader has a card now."""
    return Outcome(said={"title": masked_name(reader.name), "card": number, "reader": reader.id})


def reader_there(reader: NewReader) -> PatronView | None:
    """Return who is registered with the same document."""
    found = readers.lookalikes(name="", birth_date=None, phone="", kind=reader.document_kind, number=reader.id_number)
    return found[0] if found else None


def holder(number: str) -> int | None:
    """Return whose card it is, None for nobody's."""
    try:
        return readers.patron_id_by_card(number)
    except CardUnknown:
        return None


def usual_card(reader: PatronView) -> str:
    """Return a library card that serves a reader, one that is in order before others; '' where there is none."""
    serving = [card for card in reader.cards if card.until_day is None and card.kind == CardKind.BARCODE]
    return min(serving, key=lambda card: card.status != CardStatus.VALID).number if serving else ""


def key_of(line: Line) -> str:
    """Return under what the acts on one card are found; nothing but loans, renewals and registrations has one."""
    return card_key(line.card)[:LONGEST_KEY] if line.card else ""


def on_whose_card(line: Line, issued: Issued) -> Line | None:
    """Return an act with the card that it is recorded on; None while it waits for the registration of its card.

    `issued` are the registrations of the same device by card. A card that its person did not get in the end leads to
    the one they have, and to nobody's where they have none: never to a stranger who has that number.
    """
    standing = issued.get(key_of(line)) if line.act != JournalAct.REGISTER else None
    if standing is None or (standing.happened_at and standing.happened_at > line.happened_at):
        return line
    if standing.is_recorded:
        return replace(line, card=str(standing.said.get("card") or line.card))
    if standing.state == LineState.WAITING and not standing.found.get("card"):
        return None
    own = str(standing.found.get("card") or "")
    return replace(line, card=own or f"{line.card} ({standing.uid})")


def put_right(told: Mapping[str, Any], correction: Correction) -> dict[str, Any]:
    """Return what a registration told with what a person put in its place; the person stays sealed."""
    new = dict(told)
    try:
        person = person_told(told)
    except ValueError:
        person = {}
    person |= {name: value for name in ("name", "document") if (value := getattr(correction, name))}
    if correction.guardian or correction.guardian_phone:
        said = {"name": correction.guardian, "phone": correction.guardian_phone, "consents": True}
        before = person.get("guardian")
        person["guardian"] = dict(before) if isinstance(before, dict) else {}
        person["guardian"] |= {name: value for name, value in said.items() if value}
    new |= {name: value for name in ("card", "category") if (value := getattr(correction, name))}
    new.pop("person", None)
    return new | {"sealed": seal(json.dumps(person, ensure_ascii=False), bound_to=str(new.get("card", "")).strip())}
