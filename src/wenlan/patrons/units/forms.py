"""Forms of units and classes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.patrons.units.policies import next_year
from wenlan.patrons.units.types import GROUP_LENGTH, UnitLine


class ClassesForm(forms.Form):
    """A new name for each class of a unit; left empty, the class leaves."""

    may_join = forms.BooleanField(label=_("Classes that get the same name become one"), required=False)

    def __init__(self, *args: object, unit: UnitLine, suggest: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.classes = [one for one in unit.groups if one.group]
        names = [one.group for one in self.classes]
        for number, one in enumerate(self.classes):
            self.fields[f"class-{number}"] = forms.CharField(
                label=one.group,
                required=False,
                max_length=GROUP_LENGTH,
                initial=next_year(one.group, names) if suggest else one.group,
            )
        self.order_fields([*[f"class-{number}" for number in range(len(self.classes))], "may_join"])

    def lines(self) -> list[dict[str, object]]:
        """Return each class with its field."""
        return [{"line": one, "field": self[f"class-{number}"]} for number, one in enumerate(self.classes)]

    def renames(self) -> dict[str, str]:
        """Return the new names of a valid form by the old ones."""
        return {one.group: self.cleaned_data[f"class-{number}"] for number, one in enumerate(self.classes)}
