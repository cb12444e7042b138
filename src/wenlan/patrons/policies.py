"""Rules about readers, as pure functions."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wenlan.patrons.types import Refusal, Sex

CONSENT_AGE = 14  # Personal Information Protection Law, article 31: under 14 a guardian consents
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, annex A
ID_CHECK = "10X98765432"


def tidy(number: str) -> str:
    """Return a scanned or typed number as it is matched: half-width, upper case, without spaces."""
    upper = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    return unicodedata.normalize("NFKC", upper)


def has_id_form(number: str) -> bool:
    """Return whether a tidied number has the form of a citizen's identity number."""
    return len(number) == 18 and number[:17].isascii() and number[:17].isdigit() and number[17] in "0123456789X"


def is_id_number(number: str) -> bool:
    """Return whether a tidied number is an identity number: form, check digit and date (GB 11643-1999)."""
    if not has_id_form(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], ID_WEIGHTS, strict=True))
    return ID_CHECK[total % 11] == number[17] and born_on(number) is not None


def born_on(id_number: str) -> date | None:
    """Return the date of birth that an identity number states, None when it states no day."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def sex_of(id_number: str) -> Sex:
    """Return the sex that an identity number states: its seventeenth place is odd for men."""
    return Sex.MALE if int(id_number[16]) % 2 else Sex.FEMALE


def masked_id_number(number: str) -> str:
    """Return an identity number with the first three and the last two places only."""
    return f"{number[:3]}{'*' * 13}{number[-2:]}"


def completed_years(birth: date | None, on: date) -> int | None:
    """Return the age in completed years on a day, None when the birth is not known or lies ahead."""
    if birth is None or birth > on:
        return None
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def valid_until(*, on: date, valid_days: int | None) -> date | None:
    """Return the last day of an account opened on `on`; None when the category knows no end."""
    return None if valid_days is None else on + timedelta(days=valid_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationFacts:
    """All that the rules of registration look at. `id_number` and `card_key` are tidied, empty if none."""

    on: date
    name: str
    category_is_open: bool
    is_institution: bool
    needs_guardian_under: int | None
    birth_date: date | None
    sex: str
    id_number: str
    id_number_is_taken: bool
    has_guardian: bool
    guardian_consents: bool
    card_key: str
    card_is_taken: bool


def with_taken_id_number(facts: RegistrationFacts) -> RegistrationFacts:
    """Return the facts with the identity number known to belong to a registered reader."""
    return replace(facts, id_number_is_taken=True)


def contradicts(facts: RegistrationFacts) -> bool:
    """Return whether a right identity number and the form say different things."""
    if not is_id_number(facts.id_number):
        return False
    other_birth = facts.birth_date is not None and facts.birth_date != born_on(facts.id_number)
    other_sex = facts.sex != Sex.UNKNOWN and facts.sex != sex_of(facts.id_number)
    return other_birth or other_sex


def needs_guardian(facts: RegistrationFacts) -> bool:
    """Return whether a guardian must stand by: by law under 14, by the category's age, or when age is unknown."""
    if facts.is_institution:
        return False
    age = completed_years(facts.birth_date, facts.on)
    if age is None:
        return facts.needs_guardian_under is not None
    return age < max(CONSENT_AGE, facts.needs_guardian_under or 0)


def needs_consent(facts: RegistrationFacts) -> bool:
    """Return whether the guardian's consent is a condition."""
    age = completed_years(facts.birth_date, facts.on)
    return needs_guardian(facts) and (age is None or age < CONSENT_AGE)


Rule = Callable[[RegistrationFacts], bool]
REGISTRATION_RULES: tuple[tuple[Refusal, Rule], ...] = (
    (Refusal.NAME_MISSING, lambda f: not f.name.strip()),
    (Refusal.CATEGORY_UNKNOWN, lambda f: not f.category_is_open),
    (Refusal.BIRTH_DATE_AHEAD, lambda f: f.birth_date is not None and f.birth_date > f.on),
    (Refusal.ID_NUMBER_WRONG, lambda f: bool(f.id_number) and not is_id_number(f.id_number)),
    (Refusal.ID_NUMBER_CONTRADICTS, contradicts),
    (Refusal.ID_NUMBER_TAKEN, lambda f: f.id_number_is_taken),
    (Refusal.GUARDIAN_MISSING, lambda f: needs_guardian(f) and not f.has_guardian),
    (Refusal.CONSENT_MISSING, lambda f: needs_consent(f) and f.has_guardian and not f.guardian_consents),
    (Refusal.CARD_MISSING, lambda f: not f.card_key),
    (Refusal.CARD_TAKEN, lambda f: f.card_is_taken),
)


def registration_refusals(facts: RegistrationFacts) -> tuple[Refusal, ...]:
    """Return every reason not to register, in the order of the form; empty means register."""
    return tuple(reason for reason, applies in REGISTRATION_RULES if applies(facts))
