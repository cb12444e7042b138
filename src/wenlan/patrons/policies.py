"""Rules about readers, as pure functions."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from wenlan.patrons.types import DocumentKind, MergeRefusal, Refusal, Sex, Unsettled

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
    """Return an identity number with the first three and the last two places only; shorter numbers show less."""
    shown = 3 if len(number) > 9 else 1
    return f"{number[:shown]}{'*' * max(len(number) - shown - 2, 0)}{number[-2:]}" if len(number) > 4 else "*" * 4


# Numbers that carry the form, the date and the check digit of GB 11643: the identity card, the residence permits of
# Hong Kong, Macau and Taiwan residents (81, 82, 83), and the foreigner's permanent residence card since 2023 (9).
CITIZENS = frozenset({DocumentKind.CITIZEN, DocumentKind.RESIDENCE_PERMIT, DocumentKind.FOREIGNERS_CARD})
FORMS = {
    DocumentKind.RESIDENCE_PERMIT: re.compile(r"8[123]0000\d{11}[\dX]"),
    DocumentKind.FOREIGNERS_CARD: re.compile(r"9\d{16}[\dX]|[A-Z]{3}\d{12}"),
    DocumentKind.HK_MACAU_PERMIT: re.compile(r"[HM]\d{8}(\d{2})?"),
    DocumentKind.TAIWAN_PERMIT: re.compile(r"\d{8}|\d{10}[A-Z]?"),
    DocumentKind.PASSPORT: re.compile(r"(?=.*\d)[A-Z0-9]{5,15}"),
    DocumentKind.MILITARY: re.compile(r"[\w-]{4,20}"),
}
OLD_CITIZEN = re.compile(r"\d{15}")


def document_refusal(kind: str, number: str) -> Refusal | None:
    """Return what is wrong with a tidied number of a document; None when nothing is, or when it is empty.

    Of numbers without a check digit only the form is known.
    """
    if not number:
        return None
    if kind == DocumentKind.CITIZEN and OLD_CITIZEN.fullmatch(number):
        return Refusal.ID_NUMBER_OLD
    if kind in CITIZENS and has_id_form(number) and not is_id_number(number):
        return Refusal.ID_NUMBER_WRONG
    if kind == DocumentKind.CITIZEN:
        return None if is_id_number(number) else Refusal.ID_NUMBER_WRONG
    form = FORMS.get(DocumentKind(kind)) if kind in DocumentKind else None
    return None if form is not None and form.fullmatch(number) else Refusal.DOCUMENT_WRONG


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
    """All that the rules of registration look at. `id_number` and `card_key` are tidied, empty if none.

    `id_number` is the number of a document of `document_kind`. A reader taken over from another system came
    with what that one asked for: guardians are asked for later.
    """

    on: date
    name: str
    category_is_open: bool
    is_institution: bool
    needs_guardian_under: int | None
    birth_date: date | None
    sex: str
    id_number: str
    document_kind: str
    id_number_is_taken: bool
    has_guardian: bool
    guardian_consents: bool
    card_key: str
    card_is_taken: bool
    is_taken_over: bool = False


def contradicts(facts: RegistrationFacts) -> bool:
    """Return whether a right identity number and the form say different things."""
    if not is_id_number(facts.id_number):
        return False
    other_birth = facts.birth_date is not None and facts.birth_date != born_on(facts.id_number)
    other_sex = facts.sex != Sex.UNKNOWN and facts.sex != sex_of(facts.id_number)
    return other_birth or other_sex


def needs_guardian(facts: RegistrationFacts) -> bool:
    """Return whether a guardian must stand by: by law under 14, by the category's age, or when age is unknown."""
    if facts.is_institution or facts.is_taken_over:
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
    *(
        (reason, lambda f, reason=reason: document_refusal(f.document_kind, f.id_number) == reason)
        for reason in (Refusal.ID_NUMBER_OLD, Refusal.ID_NUMBER_WRONG, Refusal.DOCUMENT_WRONG)
    ),
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


def unsettled(*, open_loans: int, owed_fen: int, deposit_fen: int) -> tuple[Unsettled, ...]:
    """Return everything that has to be settled before an account is closed."""
    stands = ((Unsettled.LOANS, open_loans), (Unsettled.SUMS, owed_fen), (Unsettled.DEPOSIT, deposit_fen))
    return tuple(reason for reason, amount in stands if amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """What the rules of merging look at in each of two accounts; `document` is the number's hash."""

    id: int
    is_open: bool
    is_institution: bool
    document: str | None
    birth_date: date | None


def merge_refusals(kept: AccountFacts, gone: AccountFacts) -> tuple[MergeRefusal, ...]:
    """Return every reason not to merge; empty means the two may be one person."""

    def differ(one: object, other: object) -> bool:
        return one is not None and other is not None and one != other

    if kept.id == gone.id:
        return (MergeRefusal.SAME,)
    found = (
        (MergeRefusal.CLOSED, not (kept.is_open and gone.is_open)),
        (MergeRefusal.INSTITUTION, kept.is_institution != gone.is_institution),
        (MergeRefusal.DOCUMENTS_DIFFER, differ(kept.document, gone.document)),
        (MergeRefusal.BIRTHS_DIFFER, differ(kept.birth_date, gone.birth_date)),
    )
    return tuple(reason for reason, applies in found if applies)
