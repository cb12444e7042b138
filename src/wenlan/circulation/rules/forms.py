"""Forms of the rules: what is tried, and what a rule says."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.types import Material
from wenlan.circulation.types import FixedDue, LoanRuleView, NewRule, RenewFrom
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.ui.widgets import DayInput

ANY = ("", _("any"))
OPEN = ("", _("as the next rule up says"))
YES_NO = (OPEN, ("yes", _("Yes")), ("no", _("No")))
SAID = (
    "loan_days",
    "renewals",
    "renewal_days",
    "loan_limit",
    "credit_floor",
    "hold_days",
    "reservations",
    "float_limit",
    "recall_days",
)
INDENT = "\u3000"


def node_choices(on: date, among: frozenset[int] | None = None) -> list[tuple[str, str]]:
    """Return the places of the tree, each set in under the one above."""
    root = network.root().id
    depth = {root: 0}
    for node in network.nodes(on):
        depth.setdefault(node.id, depth.get(node.parent or root, 0) + 1)
    found = [node for node in network.nodes(on) if among is None or node.id in among]
    least = min((depth[node.id] for node in found), default=0)
    return [(str(node.id), INDENT * (depth[node.id] - least) + node.name) for node in found]


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return the field of a day."""
    return forms.DateField(label=label, widget=DayInput(), **more)


def number_field(label: Any, hint: Any = "", *, least: int = 0) -> forms.IntegerField:
    """Return the field of a number that may be left open."""
    return forms.IntegerField(label=label, help_text=hint, required=False, min_value=least, max_value=30000)


class TryForm(forms.Form):
    """To whom, what, whose, where and when."""

    category = forms.ChoiceField(label=_("Category"))
    material = forms.ChoiceField(label=_("Material"), choices=Material.choices)
    owner = forms.ChoiceField(label=_("Owning library"))
    node = forms.ChoiceField(label=_("Place of loan"))
    day = day_field(_("Day"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(one.code, one.name) for one in patrons.categories()]
        self.fields["owner"].choices = self.fields["node"].choices = node_choices(on)


class RuleForm(forms.Form):
    """One rule: for whom it is, and what it says. What is left open is said by the next rule up."""

    zh = forms.CharField(label=_("Name of the rule"), max_length=100)
    en = forms.CharField(label=_("Name in English"), max_length=100, required=False)
    node = forms.ChoiceField(label=_("For loans at"), help_text=_("With all places under it."))
    owner = forms.ChoiceField(label=_("Of items owned by"), required=False)
    category = forms.ChoiceField(label=_("To readers of the category"), required=False)
    material = forms.ChoiceField(label=_("Of the material"), required=False, choices=(ANY, *Material.choices))
    loan_days = number_field(_("Days of a loan"), least=1)
    renewals = number_field(_("Number of renewals"))
    renewal_days = number_field(_("Days of a renewal"), least=1)
    renew_from = forms.ChoiceField(label=_("A renewal runs"), choices=(OPEN, *RenewFrom.choices), required=False)
    renews_itself = forms.ChoiceField(label=_("Renews by itself"), choices=YES_NO, required=False)
    fixed_due_on = day_field(_("Fixed due date"), required=False, help_text=_("For vacations and the end of term."))
    fixed_due = forms.ChoiceField(label=_("The fixed day means"), choices=(OPEN, *FixedDue.choices), required=False)
    loan_limit = number_field(_("Most items at once"), _("Counted over the owner and material named above."))
    credit_floor = number_field(_("Least credit points"))
    owed = forms.DecimalField(
        label=_("Most unpaid sum in yuan"), required=False, min_value=0, max_digits=9, decimal_places=2
    )
    hold_days = number_field(_("Open days on the hold shelf"), least=1)
    reservations = number_field(_("Most reservations at once"))
    recall_days = number_field(_("Days after a recall"), _("A recalled loan is due after so many days."), least=1)
    floats = forms.ChoiceField(label=_("What is returned stays"), choices=YES_NO, required=False)
    float_limit = number_field(_("Most copies of a title that stay"))
    hub = forms.ChoiceField(label=_("What goes home travels by"), required=False)
    from_day = day_field(_("In force from"))
    until_day = day_field(_("Until, not included"), required=False)

    def __init__(self, *args: Any, on: date, nodes: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = node_choices(on)
        self.fields["node"].choices = node_choices(on, nodes)
        self.fields["owner"].choices = [ANY, *everywhere]
        self.fields["hub"].choices = [OPEN, *everywhere]
        self.fields["category"].choices = [ANY, *((one.code, one.name) for one in patrons.categories())]

    def clean(self) -> dict[str, Any]:
        """A fixed day means something, and only a fixed day does."""
        said = super().clean() or {}
        if bool(said.get("fixed_due_on")) != bool(said.get("fixed_due")):
            self.add_error("fixed_due", _("Give the day and what it means, or neither."))
        return said

    def rule(self, code: str) -> NewRule:
        """Return what was entered, under a code."""
        said = self.cleaned_data
        owed, floats, itself = said["owed"], said["floats"], said["renews_itself"]
        return NewRule(
            code=code,
            words={"zh": said["zh"]} | ({"en": said["en"]} if said["en"] else {}),
            node=int(said["node"]),
            owner=whole(said["owner"]),
            category=said["category"],
            material=said["material"],
            renew_from=said["renew_from"] or None,
            fixed_due_on=said["fixed_due_on"],
            fixed_due=said["fixed_due"] or None,
            owed_limit_fen=None if owed is None else int(owed * 100),
            floats=None if not floats else floats == "yes",
            renews_itself=None if not itself else itself == "yes",
            hub=whole(said["hub"]),
            from_day=said["from_day"],
            until_day=said["until_day"],
            **{name: said[name] for name in SAID},
        )


def whole(chosen: str) -> int | None:
    """Return the place that was chosen, None for none."""
    return int(chosen) if chosen else None


def shown(rule: LoanRuleView, *, from_day: date) -> dict[str, Any]:
    """Return a standing rule as the form shows it, to be amended from a day on."""
    owed = rule.owed_limit_fen
    return {
        "zh": rule.words.get("zh", say(rule.words)),
        "en": rule.words.get("en", ""),
        "node": rule.node,
        "owner": rule.owner or "",
        "category": rule.category,
        "material": rule.material,
        "renew_from": rule.renew_from or "",
        "fixed_due_on": rule.fixed_due_on,
        "fixed_due": rule.fixed_due or "",
        "owed": None if owed is None else owed / 100,
        "floats": yes_no(rule.floats),
        "renews_itself": yes_no(rule.renews_itself),
        "hub": rule.hub or "",
        "from_day": max(from_day, rule.from_day),
        "until_day": rule.until_day,
        **{name: getattr(rule, name) for name in SAID},
    }


def yes_no(said: bool | None) -> str:
    """Return a choice of YES_NO."""
    return "" if said is None else "yes" if said else "no"


class EndForm(forms.Form):
    """From which day a rule no longer holds, and why."""

    until = day_field(_("No longer in force from"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
