"""What readers, cards and registrations look like from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say


class PatronStatus(models.TextChoices):
    """Where a reader stands. Expiry is no status: `valid_until` says it."""

    VALID = "valid", pgettext_lazy("reader status", "Valid")
    SUSPENDED = "suspended", pgettext_lazy("reader status", "Suspended")
    DEREGISTERED = "deregistered", pgettext_lazy("reader status", "Deregistered")


class CardStatus(models.TextChoices):
    """Where one card stands. Lost and suspended can be lifted; replaced and closed are the end."""

    VALID = "valid", pgettext_lazy("card status", "Valid")
    LOST = "lost", pgettext_lazy("card status", "Reported lost")
    SUSPENDED = "suspended", pgettext_lazy("card status", "Suspended")
    REPLACED = "replaced", pgettext_lazy("card status", "Replaced")
    CLOSED = "closed", pgettext_lazy("card status", "Closed")


class CardKind(models.TextChoices):
    """What a reader holds out at the desk."""

    BARCODE = "barcode", _("Library card")
    ID = "id", _("Identity card")
    SOCIAL_SECURITY = "social_security", _("Social-security card")
    E_CARD = "e_card", _("E-card")


class DocumentKind(models.TextChoices):
    """What a person proves with who they are."""

    CITIZEN = "citizen", _("Resident identity card")
    RESIDENCE_PERMIT = "residence_permit", _("Residence permit of a Hong Kong, Macau or Taiwan resident")
    HK_MACAU_PERMIT = "hk_macau_permit", _("Travel permit of a Hong Kong or Macau resident")
    TAIWAN_PERMIT = "taiwan_permit", _("Travel permit of a Taiwan resident")
    FOREIGNERS_CARD = "foreigners_card", _("Foreigner's permanent residence card")
    PASSPORT = "passport", _("Passport")
    MILITARY = "military", _("Military document")


class Sex(models.TextChoices):
    """As figures break readers down; empty is not a third sex but what we do not know."""

    MALE = "m", _("Male")
    FEMALE = "f", _("Female")
    UNKNOWN = "", _("Not known")


class Refusal(models.TextChoices):
    """Why a person cannot be registered as they stand, in the order of the form."""

    NAME_MISSING = "name_missing", _("Please enter the reader's name.")
    CATEGORY_UNKNOWN = "category_unknown", _("Readers of this category are not registered here.")
    BIRTH_DATE_AHEAD = "birth_date_ahead", _("The date of birth lies in the future.")
    ID_NUMBER_OLD = (
        "id_number_old",
        _("Numbers of 15 places ended in 2013. Please enter the 18 places of the new card."),
    )
    ID_NUMBER_WRONG = "id_number_wrong", _("The identity number is mistyped: its check digit does not fit.")
    DOCUMENT_WRONG = "document_wrong", _("A document of this kind has no such number. Please check kind and number.")
    ID_NUMBER_CONTRADICTS = "id_number_contradicts", _("The identity number says another sex or date of birth.")
    ID_NUMBER_TAKEN = "id_number_taken", _("A reader with this identity number is registered already.")
    DOCUMENT_MISSING = "document_missing", _("Please enter the number of an identity document.")
    GUARDIAN_PHONE_MISSING = "guardian_phone_missing", _("Please enter the guardian's telephone: a code comes there.")
    GUARDIAN_MISSING = "guardian_missing", _("A child needs a guardian: please enter one.")
    CONSENT_MISSING = "consent_missing", _("The guardian of a child under 14 has to consent first.")
    CARD_MISSING = "card_missing", _("Please scan a card for the reader.")
    CARD_TAKEN = "card_taken", _("This card belongs to another reader.")


class Unsettled(models.TextChoices):
    """What keeps an account from being closed."""

    LOANS = "loans", _("Items on loan")
    SUMS = "sums", _("Unpaid sums")
    DEPOSIT = "deposit", _("Deposit")


class MergeRefusal(models.TextChoices):
    """Why two accounts are not merged, in the order they are looked at."""

    SAME = "same", _("This is one and the same account. Please scan the card of the other one.")
    CLOSED = "closed", _("One of the accounts is deregistered.")
    INSTITUTION = "institution", _("An institution and a person are not one reader.")
    DOCUMENTS_DIFFER = "documents_differ", _("The accounts carry different identity numbers: these are two people.")
    BIRTHS_DIFFER = "births_differ", _("The dates of birth differ. Please correct the wrong one first.")


class Closing(models.TextChoices):
    """Why an account was closed: the subject of its row in the ledger."""

    ASKED = "", _("Asked for by the reader")
    EXPIRED = "expired", _("Struck off by rule")
    MERGED = "merged", _("Merged into another account")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGuardian:
    """Who answers for a child; `consents` says that the consent was given with this registration."""

    name: str
    relation: str = ""
    phone: str = ""
    consents: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """From when to when (both in; empty: without end) an account taken over from another system is valid."""

    start: date
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReader:
    """What is asked of a person who registers.

    `category` is a code; `id_number` the number of a document of `document_kind`. Without a `term` the
    category says how long the account is valid. `home_node` is where the account is kept (empty: where the act
    happens). `unit` is a school or an employer, `group` a class or department of it. `key` tells the readers of one
    batch apart; a single registration uses the key of its act.
    """

    name: str
    category: str
    card_number: str
    card_kind: str = CardKind.BARCODE
    home_node: int | None = None
    sex: str = Sex.UNKNOWN
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    id_number: str = ""
    document_kind: str = DocumentKind.CITIZEN
    special_group: str = ""
    guardian: NewGuardian | None = None
    term: Term | None = None
    unit: str = ""
    group: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryView:
    """A category of readers; `loan_limit` is in items, `needs_guardian_under` in completed years."""

    id: int
    code: str
    words: Mapping[str, str]
    loan_limit: int
    valid_days: int | None
    overdue_limit: int | None
    needs_guardian_under: int | None
    is_institution: bool
    loan_kind: str
    special_group: str
    is_open: bool

    @property
    def name(self) -> str:
        """The words in the language being spoken."""
        return say(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One card; `until_day` is half-open and empty while the card may serve.

    `bearer` is who carries one of several cards of an institution.
    """

    id: int
    kind: str
    number: str
    status: str
    status_since: date
    from_day: date
    until_day: date | None
    bearer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianView:
    """Who answers for a child. `consented_at` is None without a consent, or when it was withdrawn."""

    name: str
    relation: str
    phone: str
    consented_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronView:
    """A reader. `valid_until` is the last day; `name`, `phone` and `guardian` are personal: see `masked`.

    `credit_points` is None where no scheme of points holds; `owed_fen` are charges not yet paid.
    """

    id: int
    uid: UUID
    category: CategoryView
    home_node: int
    name: str
    sex: str
    birth_date: date | None
    phone: str
    has_id_number: bool
    status: str
    status_since: date
    status_reason: str
    suspended_until: date | None
    valid_from: date
    valid_until: date | None
    registered_on: date
    special_group: str
    open_loans: int
    credit_points: int | None
    owed_fen: int
    deposit_fen: int
    cards: tuple[CardView, ...]
    guardian: GuardianView | None
    email: str = ""
    address: str = ""
    document_kind: str = DocumentKind.CITIZEN
    merged_into: int | None = None

    def masked(self) -> "PatronView":
        """Return the reader as shown to those who may not see names."""
        name = self.name if self.category.is_institution else masked_name(self.name)
        return replace(
            self,
            name=name,
            phone=masked_phone(self.phone),
            birth_date=None,
            status_reason="",
            guardian=None,
            email="",
            address="",
            cards=tuple(replace(card, bearer=masked_name(card.bearer)) for card in self.cards),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronLine:
    """A reader in a list; masked where the asker may not see names."""

    id: int
    name: str
    category: str
    home_node: int
    card_number: str
    phone: str
    status: str
    valid_until: date | None
    open_loans: int
    is_masked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidPatrons:
    """How many readers of one kind held a valid account on a day; `age` in completed years."""

    home_node: int
    category: str
    sex: str
    age: int | None
    readers: int


def masked_name(name: str) -> str:
    """Return the name with all but the first letter of each word hidden: 张三 is 张*, Li Ming is L* M***."""
    return " ".join(word[:1] + "*" * (len(word) - 1) for word in name.split())


def masked_phone(phone: str) -> str:
    """Return the number with its last four places only."""
    return "*" * max(len(phone) - 4, 0) + phone[-4:] if phone else ""
