"""The page of days: public holidays with the days worked for them, seasons; what is entered here and taken back."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.network.almanac import operations
from wenlan.network.almanac.queries import almanac, season_by_id
from wenlan.network.almanac.types import Almanac
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.ui.widgets import DayInput

FIRST_YEAR, LAST_YEAR = 1950, 2200


class SpanForm(forms.Form):
    """A name and its days, both in."""

    name = forms.CharField(label=gettext_lazy("Name in Chinese"), max_length=40)
    start = forms.DateField(label=gettext_lazy("First day"), widget=DayInput())
    last = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput())


class DaysForm(forms.Form):
    """What is to be taken back."""

    start = forms.DateField(widget=DayInput())
    last = forms.DateField(widget=DayInput())
    season = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class HolidayForm(SpanForm):
    """A public holiday of all places."""

    working = forms.CharField(
        label=gettext_lazy("Days worked for it"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Like 2027-02-06, several with a comma."),
    )
    source = forms.CharField(label=gettext_lazy("Who said so"), max_length=200)

    def clean_working(self) -> list[date]:
        """Return the days."""
        words = self.cleaned_data["working"].replace("，", ",").replace("、", ",").split(",")
        try:
            return [date.fromisoformat(word.strip()) for word in words if word.strip()]
        except ValueError as wrong:
            raise forms.ValidationError(_("This is not a day: write it like 2027-02-06.")) from wrong


class SeasonForm(SpanForm):
    """A season of this place and all under it; `summer` goes before the shipped one."""

    code = forms.SlugField(
        label=gettext_lazy("Code"), max_length=20, initial="summer",
        help_text=gettext_lazy("“summer” replaces the usual summer holidays of that year."),
    )  # fmt: skip


@needs(Right.FIGURES_SEE)
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the holidays and seasons of a year; take in one more."""
    today = clock.today()
    asked = whole_number(request.GET.get("year"))
    year = asked if asked and FIRST_YEAR <= asked <= LAST_YEAR else today.year
    what = request.POST.get("what", "")
    holiday = HolidayForm(request.POST if what == "holiday" else None, auto_id="holiday_%s")
    season = SeasonForm(request.POST if what == "season" else None, auto_id="season_%s")
    sent = {"holiday": holiday, "season": season}.get(what)
    if sent is not None and sent.is_valid() and keep(request, what, sent):
        return redirect(f"{reverse('indicators:calendar')}?year={sent.cleaned_data['start'].year}")
    known = almanac(request.desk.node, Period.year(year))
    context = {
        "year": year,
        "years": [
            {"label": str(one), "url": f"?year={one}", "current": one == year} for one in range(year - 2, year + 3)
        ],
        "holidays": spans(known),
        "seasons": known.seasons,
        "is_unknown": year in known.unknown,
        "holiday_form": holiday if request.desk.may(Right.NETWORK_EDIT, network.root().id) else None,
        "season_form": season if request.desk.may(Right.NETWORK_EDIT) else None,
        "crumbs": [(_("Figures"), reverse("indicators:today")), (_("Holidays and seasons"), "")],
    }
    return render(request, "indicators/calendar.html", context, status=422 if sent is not None else 200)


def keep(request: HttpRequest, what: str, form: forms.Form) -> bool:
    """Do what a valid form says; a refusal is put on the form."""
    said, act = form.cleaned_data, request.desk.act()
    names = {"zh": said["name"]}
    request.desk.insist(Right.NETWORK_EDIT, network.root().id if what == "holiday" else None)
    try:
        if what == "holiday":
            operations.set_holiday(
                act, start=said["start"], last=said["last"], names=names, source=said["source"],
                working=said["working"],
            )  # fmt: skip
        else:
            operations.set_season(
                act, node=act.node, code=said["code"], names=names, start=said["start"], last=said["last"]
            )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Kept. The averages of that year follow at once."))
    return True


def spans(known: Almanac) -> list[dict[str, Any]]:
    """Return the special days of a year, those of one holiday that follow each other as one line."""
    lines: list[dict[str, Any]] = []
    for day in sorted(known.days):
        special = known.days[day]
        before = lines[-1] if lines else None
        alike = ("name", "is_off", "is_own")
        if before and (day - before["last"]).days == 1 and all(before[one] == getattr(special, one) for one in alike):
            before["last"] = day
            before["days"] += 1
        else:
            said = {one: getattr(special, one) for one in alike}
            lines.append(said | {"start": day, "last": day, "days": 1, "source": special.source})
    return lines


@require_POST
@needs(Right.NETWORK_EDIT)
def take_back(request: HttpRequest) -> HttpResponse:
    """Take back what was entered here: the days of one line, or a season."""
    act, form = request.desk.act(), DaysForm(request.POST)
    if not form.is_valid():
        raise NotFound(what="days")
    said = form.cleaned_data
    if said["season"]:
        found = season_by_id(said["season"])
        request.desk.insist(Right.NETWORK_EDIT, found.node)
        operations.forget_season(act, season=found.id)
    else:
        request.desk.insist(Right.NETWORK_EDIT, network.root().id)
        operations.forget_days(act, start=said["start"], last=said["last"])
    messages.success(request, _("Taken back."))
    return redirect(f"{reverse('indicators:calendar')}?year={said['start'].year}")
