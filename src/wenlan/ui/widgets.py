"""Form widgets that every package uses."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day from the browser's calendar.

    A field of `type="date"` takes the ISO form only, whatever language the page is in: without the format a day that
    is known already would be left out of a Chinese page.
    """

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time of day from the browser's calendar, in the installation's zone; as `DayInput` in its form."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
