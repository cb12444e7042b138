"""Forms of accounts, rules, reviews and amnesties."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.credit.amnesties import Draft
from wenlan.credit.types import CompensationTerms, Contact, Event, NewRule, PointRule, Reminder, RuleView
from wenlan.kernel.ids import new_uid
from wenlan.ui.widgets import DayInput

FACTORS, STEPS = 4, 5
DAY = DayInput()
LATEST = date(2999, 12, 31)  # the day after the last one has to be a day too


def fresh_key() -> str:
    """Return the key that makes sending a form twice harmless."""
    return str(new_uid())


class YuanField(forms.DecimalField):
    """A sum entered in yuan with two places; its value is fen, an integer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_digits": 9, "decimal_places": 2} | kwargs)

    def clean(self, value: Any) -> Any:
        """Return the sum in fen; None when it was left empty."""
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * 100)

    def prepare_value(self, value: Any) -> Any:
        """Show fen as yuan."""
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value


class KeyedForm(forms.Form):
    """A form whose sending twice is as once."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)


class CorrectForm(KeyedForm):
    """Points given or taken by hand."""

    points = forms.IntegerField(
        label=_("Points"), min_value=-9999, max_value=9999, help_text=_("With a minus: they are taken.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The reader reads it."))


class AskForm(KeyedForm):
    """What a reader says why a person should look again."""

    words = forms.CharField(label=_("What the reader says"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DecideForm(forms.Form):
    """How a request is decided."""

    points = forms.IntegerField(label=_("Points given back"), min_value=0, max_value=9999, required=False, initial=0)
    answer = forms.CharField(label=_("Answer to the reader"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class AmnestyForm(KeyedForm):
    """For whom, how long and on what basis nothing is deducted."""

    name = forms.CharField(label=_("Name"), max_length=120, initial=_("Amnesty"))
    node = forms.TypedChoiceField(label=_("For readers of"), coerce=int)
    from_day = forms.DateField(label=_("First day"), widget=DAY)
    last_day = forms.DateField(label=_("Last day"), widget=DAY, validators=[MaxValueValidator(LATEST)])
    restores = forms.BooleanField(label=_("Everybody gets the starting points again"), required=False, initial=True)
    waives_charges = forms.BooleanField(label=_("Overdue charges are waived too"), required=False, initial=True)
    basis = forms.CharField(label=_("Basis"), max_length=200, help_text=_("The decision it rests on, with its number."))

    def __init__(self, *args: Any, nodes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = nodes

    def clean(self) -> dict[str, Any]:
        """Let the last day not lie before the first."""
        said = super().clean() or {}
        first, last = said.get("from_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return said

    def draft(self) -> Draft:
        """Return what a valid form says."""
        said = self.cleaned_data
        return Draft(
            node=said["node"],
            from_day=said["from_day"],
            until_day=said["last_day"] + timedelta(days=1),
            restores=said["restores"],
            waives_charges=said["waives_charges"],
        )


class MoveEndForm(forms.Form):
    """Another end of an amnesty."""

    last_day = forms.DateField(label=_("Last day"), widget=DAY, validators=[MaxValueValidator(LATEST)])
    reason = forms.CharField(label=_("Reason"), max_length=200)


class RuleForm(forms.Form):
    """What late returns, losses and good conduct mean. Empty fields mean: not so."""

    name = forms.CharField(label=_("Name of the rule"), max_length=60)
    node = forms.TypedChoiceField(label=_("For readers of"), coerce=int)
    category = forms.ChoiceField(label=_("Category"), required=False)
    from_day = forms.DateField(label=_("In force from"), widget=DAY)
    start_points = forms.IntegerField(
        label=_("Points to start with"), min_value=1, max_value=100_000, required=False,
        help_text=_("Empty: no points are kept."),
    )  # fmt: skip
    most_points = forms.IntegerField(label=_("Most points"), min_value=1, max_value=100_000, required=False)
    restore_points = forms.IntegerField(label=_("Points that come back"), min_value=0, max_value=1000, required=False)
    restore_days = forms.IntegerField(
        label=_("every so many days without a deduction"), min_value=0, max_value=1000, required=False
    )
    grace_days = forms.IntegerField(label=_("Days of grace"), min_value=0, max_value=365, required=False)
    charge = YuanField(label=_("Overdue charge in yuan for a volume and day"), required=False)
    charge_cap = YuanField(label=_("at most for a volume"), required=False, help_text=_("Never above the price."))
    suspend_days = forms.IntegerField(
        label=_("Days without lending for a day late"), min_value=0, max_value=30, required=False
    )
    suspend_cap_days = forms.IntegerField(label=_("at most days"), min_value=0, max_value=3650, required=False)
    deposit = YuanField(label=_("Deposit in yuan"), required=False)
    by_set = forms.BooleanField(label=_("A volume of a set costs the price of the set"), required=False, initial=True)
    least = YuanField(label=_("A lost item costs at least, in yuan"), required=False)
    handling = YuanField(label=_("Handling in yuan"), required=False)
    refund_days = forms.IntegerField(
        label=_("Days within which a found item is refunded"), min_value=0, max_value=3650, required=False
    )

    def __init__(
        self, *args: Any, nodes: list[tuple[int, str]], categories: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = nodes
        self.fields["category"].choices = [("", _("All categories")), *categories]
        for event in Event:
            for part, label in EVENT_PARTS:
                self.fields[f"{event}_{part}"] = forms.IntegerField(
                    label=f"{event.label} {label}", min_value=-1000 if part == "points" else 0, max_value=9999,
                    required=False,
                )  # fmt: skip
        for number in range(FACTORS):
            self.fields[f"since{number}"] = forms.IntegerField(
                label=_("Published from"), min_value=0, max_value=2200, required=False
            )
            self.fields[f"percent{number}"] = forms.IntegerField(
                label=_("Per cent of the price"), min_value=0, max_value=5000, required=False
            )
        for number in range(STEPS):
            self.fields[f"days{number}"] = forms.IntegerField(
                label=_("Days after the due date"), min_value=-60, max_value=3650, required=False
            )
            self.fields[f"how{number}"] = forms.ChoiceField(
                label=_("How"), choices=[("", "—"), *Contact.choices], required=False
            )

    def event_rows(self) -> list[tuple[str, list[Any]]]:
        """Return the fields of points as rows of a table."""
        return [(str(event.label), [self[f"{event}_{part}"] for part, _label in EVENT_PARTS]) for event in Event]

    def factor_rows(self) -> list[list[Any]]:
        """Return the fields of compensation as rows."""
        return [[self[f"since{number}"], self[f"percent{number}"]] for number in range(FACTORS)]

    def step_rows(self) -> list[list[Any]]:
        """Return the fields of dunning as rows."""
        return [[self[f"days{number}"], self[f"how{number}"]] for number in range(STEPS)]

    def rule(self, code: str) -> NewRule:
        """Return what a valid form says."""
        said = self.cleaned_data
        return NewRule(
            code=code,
            words={"zh": said["name"], "en": said["name"]},
            node=said["node"],
            category=said["category"],
            from_day=said["from_day"],
            start_points=said["start_points"],
            most_points=said["most_points"],
            points=self.points(),
            restore_points=said["restore_points"] or 0,
            restore_days=said["restore_days"] or 0,
            grace_days=said["grace_days"] or 0,
            charge_fen=said["charge"] or 0,
            charge_cap_fen=said["charge_cap"],
            suspend_days=said["suspend_days"] or 0,
            suspend_cap_days=said["suspend_cap_days"],
            deposit_fen=said["deposit"] or 0,
            compensation=self.compensation(),
            refund_days=said["refund_days"] or 0,
            reminders=self.reminders(),
        )

    def points(self) -> dict[str, PointRule]:
        """Return the events that move points."""
        said = self.cleaned_data
        rows = {event.value: [said[f"{event}_{part}"] or 0 for part, _label in EVENT_PARTS] for event in Event}
        return {
            event: PointRule(points=points, most_each=each, most_a_day=a_day, most_a_month=a_month)
            for event, (points, each, a_day, a_month) in rows.items()
            if points
        }

    def compensation(self) -> CompensationTerms:
        """Return what a lost item costs."""
        said = self.cleaned_data
        rows = [(said[f"since{number}"] or 0, said[f"percent{number}"]) for number in range(FACTORS)]
        factors = tuple((since, percent) for since, percent in rows if percent is not None)
        return CompensationTerms(
            factors=factors or ((0, 100),),
            by_set=said["by_set"],
            handling_fen=said["handling"] or 0,
            least_fen=said["least"] or 0,
        )

    def reminders(self) -> tuple[Reminder, ...]:
        """Return the steps of dunning, the earliest first."""
        said = self.cleaned_data
        rows = [(said[f"days{number}"], said[f"how{number}"]) for number in range(STEPS)]
        entered = sorted((days, how) for days, how in rows if days is not None and how)
        return tuple(Reminder(days=days, how=how) for days, how in entered)


EVENT_PARTS = (
    ("points", pgettext_lazy("points", "Points")),
    ("each", _("at most each time")),
    ("day", _("at most a day")),
    ("month", _("at most a month")),
)


def initial_of(rule: RuleView) -> dict[str, Any]:
    """Return a rule as its form shows it."""
    said: dict[str, Any] = {
        "name": rule.name,
        "node": rule.node,
        "category": rule.category,
        "charge": rule.charge_fen,
        "charge_cap": rule.charge_cap_fen,
        "deposit": rule.deposit_fen,
        "by_set": rule.compensation.by_set,
        "least": rule.compensation.least_fen,
        "handling": rule.compensation.handling_fen,
    }
    same = (
        "start_points", "most_points", "restore_points", "restore_days", "grace_days", "suspend_days",
        "suspend_cap_days", "refund_days",
    )  # fmt: skip
    said |= {name: getattr(rule, name) for name in same}
    for event, one in rule.points.items():
        values = (one.points, one.most_each or None, one.most_a_day or None, one.most_a_month or None)
        said |= {f"{event}_{part}": value for (part, _label), value in zip(EVENT_PARTS, values, strict=True)}
    for number, (since, percent) in enumerate(rule.compensation.factors):
        said |= {f"since{number}": since or None, f"percent{number}": percent}
    for number, step in enumerate(rule.reminders):
        said |= {f"days{number}": step.days, f"how{number}": step.how}
    return said
