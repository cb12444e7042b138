"""Forms of the readers' desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.kernel.ids import new_uid
from wenlan.patrons import queries
from wenlan.patrons.amending import Details
from wenlan.patrons.types import CardKind, CategoryView, DocumentKind, NewGuardian, NewReader, PatronView, Sex
from wenlan.patrons.units.queries import membership
from wenlan.patrons.units.types import GROUP_LENGTH, UNIT_LENGTH
from wenlan.ui.widgets import DayInput

LOAN_KINDS = (
    ("personal", pgettext_lazy("kind of loan", "Personal")),
    ("group", pgettext_lazy("kind of loan", "Group")),
    ("bulk", pgettext_lazy("kind of loan", "Bulk")),
)


def fresh_key() -> str:
    """Return the key that makes sending a form twice harmless."""
    return str(new_uid())


class PersonForm(forms.Form):
    """Who a reader is. Whether the entries fit together is decided by the operation."""

    category = forms.ChoiceField(label=_("Category"))
    name = forms.CharField(label=_("Name"), max_length=120)
    document_kind = forms.ChoiceField(
        label=_("Document"), choices=DocumentKind.choices, initial=DocumentKind.CITIZEN, required=False
    )
    id_number = forms.CharField(
        label=_("Number of the document"),
        required=False,
        max_length=24,
        help_text=_("It is kept encrypted."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        widget=DayInput(),
        help_text=_("Taken from the identity number when left empty."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=32)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=UNIT_LENGTH, help_text=_("School or employer; slips go by it.")
    )
    group = forms.CharField(label=_("Class or department"), required=False, max_length=GROUP_LENGTH)
    guardian_name = forms.CharField(
        label=_("Guardian"), required=False, max_length=120, help_text=_("Needed for a child.")
    )
    guardian_relation = forms.CharField(label=_("Relation to the child"), required=False, max_length=40)
    guardian_phone = forms.CharField(label=_("Guardian's telephone"), required=False, max_length=32)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [
            (category.code, category.name) for category in queries.categories() if category.is_open
        ]

    def guardian(self, *, consents: bool) -> NewGuardian | None:
        """Return the guardian of a valid form, None when none was entered."""
        said = self.cleaned_data
        if not said["guardian_name"].strip():
            return None
        return NewGuardian(
            name=said["guardian_name"],
            relation=said["guardian_relation"],
            phone=said["guardian_phone"],
            consents=consents,
        )


class RegisterForm(PersonForm):
    """A new reader with a first card; `anyway` registers one who looks like a reader there is."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    card_number = forms.CharField(label=_("Card number"), max_length=64, help_text=_("Scan the card."))
    card_kind = forms.ChoiceField(label=_("Kind of card"), choices=CardKind.choices, initial=CardKind.BARCODE)
    guardian_consents = forms.BooleanField(label=_("The guardian consents to the registration"), required=False)
    anyway = forms.BooleanField(label=_("It is another person: register anyway"), required=False)
    field_order = ("key", "card_number", "card_kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["card_number"].widget.attrs["autofocus"] = True

    def reader(self) -> NewReader:
        """Return the reader of a valid form."""
        said = self.cleaned_data
        return NewReader(
            name=said["name"],
            category=said["category"],
            card_number=said["card_number"],
            card_kind=said["card_kind"],
            sex=said["sex"],
            birth_date=said["birth_date"],
            phone=said["phone"],
            email=said["email"],
            address=said["address"],
            document_kind=said["document_kind"] or DocumentKind.CITIZEN,
            id_number=said["id_number"],
            guardian=self.guardian(consents=said["guardian_consents"]),
            unit=said["unit"],
            group=said["group"],
        )


class AmendForm(PersonForm):
    """What is known of a reader; an empty number leaves the one that is kept."""

    guardian_consents = forms.BooleanField(label=_("The guardian consents to the registration"), required=False)

    def __init__(self, *args: Any, reader: PatronView, **kwargs: Any) -> None:
        guardian, belongs = reader.guardian, membership(reader.id)
        kept = {
            "category": reader.category.code,
            "name": reader.name,
            "document_kind": reader.document_kind,
            "birth_date": reader.birth_date,
            "sex": reader.sex,
            "phone": reader.phone,
            "email": reader.email,
            "address": reader.address,
            "unit": belongs.unit if belongs else "",
            "group": belongs.group if belongs else "",
            "guardian_name": guardian.name if guardian else "",
            "guardian_relation": guardian.relation if guardian else "",
            "guardian_phone": guardian.phone if guardian else "",
            "guardian_consents": guardian is not None and guardian.consented_at is not None,
        }
        super().__init__(*args, initial=kept, **kwargs)
        present = (reader.category.code, reader.category.name)
        if present not in self.fields["category"].choices:
            self.fields["category"].choices = [present, *self.fields["category"].choices]
        self.special_group = reader.special_group
        if reader.has_id_number:
            self.fields["id_number"].help_text = _("A number is kept. Enter one only to replace it.")

    def details(self) -> Details:
        """Return what a valid form says."""
        said = self.cleaned_data
        plain = ("name", "category", "sex", "birth_date", "phone", "email", "address", "id_number", "unit", "group")
        return Details(
            **{name: said[name] for name in plain},
            document_kind=said["document_kind"] or DocumentKind.CITIZEN,
            special_group=self.special_group,
            guardian=self.guardian(consents=said["guardian_consents"]),
        )


class CategoryForm(forms.Form):
    """What readers of a category may do."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Small letters; it is never changed."))
    zh = forms.CharField(label=_("Name in Chinese"), max_length=60)
    en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    loan_limit = forms.IntegerField(label=_("Items at a time"), min_value=0, max_value=30_000)
    overdue_limit = forms.IntegerField(
        label=_("Overdue items that stop lending"), min_value=1, max_value=1000, required=False,
        help_text=_("Empty: overdue items stop nothing."),
    )  # fmt: skip
    valid_days = forms.IntegerField(
        label=_("Days an account is valid"), min_value=1, max_value=40_000, required=False,
        help_text=_("Empty: without end."),
    )  # fmt: skip
    needs_guardian_under = forms.IntegerField(
        label=_("Needs a guardian under the age of"), min_value=1, max_value=30, required=False,
        help_text=_("Under 14 a guardian consents in any case, by law."),
    )  # fmt: skip
    is_institution = forms.BooleanField(label=_("For institutions: schools, barracks, offices"), required=False)
    loan_kind = forms.ChoiceField(label=_("Their loans count as"), choices=LOAN_KINDS)
    special_group = forms.SlugField(
        label=_("Special group"), max_length=20, required=False,
        help_text=_("By which services to this group are counted; empty for none."),
    )  # fmt: skip
    is_open = forms.BooleanField(label=_("New readers may be registered under it"), required=False, initial=True)

    def __init__(self, *args: Any, category: CategoryView | None, **kwargs: Any) -> None:
        if category is not None:
            kept = {name: getattr(category, name) for name in self.base_fields if name not in {"zh", "en"}}
            kwargs["initial"] = kept | {"zh": category.words.get("zh", ""), "en": category.words.get("en", "")}
        super().__init__(*args, **kwargs)
        self.is_new = category is None
        self.fields["code"].disabled = category is not None

    def category(self) -> CategoryView:
        """Return the category of a valid form."""
        said = dict(self.cleaned_data)
        words = {tag: said.pop(tag) for tag in ("zh", "en")}
        return CategoryView(id=0, words={tag: text for tag, text in words.items() if text}, **said)


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class SuspendForm(ReasonForm):
    """Until when a reader may not borrow."""

    field_order = ("until", "reason")

    until = forms.DateField(
        label=_("Up to and with"),
        required=False,
        widget=DayInput(),
        help_text=_("Empty: until it is lifted."),
    )


class NeededReasonForm(forms.Form):
    """Why something is done that has to be answered for."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class PasswordForm(forms.Form):
    """A password for signing in on line."""

    password = forms.CharField(
        label=_("New password"), min_length=6, max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least six places. The reader types it."),
    )  # fmt: skip


class ExtendForm(ReasonForm):
    """The last day of the account."""

    field_order = ("until", "reason")

    until = forms.DateField(
        label=_("Valid up to and with"),
        required=False,
        widget=DayInput(),
        help_text=_("Empty: without end."),
    )


class CardForm(forms.Form):
    """A new card, or the one that replaces another."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    number = forms.CharField(label=_("Card number"), max_length=64)
    kind = forms.ChoiceField(label=_("Kind of card"), choices=CardKind.choices, required=False)
    bearer = forms.CharField(
        label=_("Who carries it"), max_length=120, required=False, help_text=_("Of several cards of an institution.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
