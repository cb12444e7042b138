"""The page of accounts that are struck off by rule: the preview, then the act."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.network import queries as network
from wenlan.patrons import striking_off
from wenlan.patrons.forms import fresh_key
from wenlan.patrons.views import state_of
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

USUAL_YEARS = 3


class RuleForm(forms.Form):
    """Which accounts: those that ran out so many years ago."""

    years = forms.IntegerField(label=gettext_lazy("Years"), min_value=1, max_value=50, initial=USUAL_YEARS)


class StrikeOffForm(RuleForm):
    """The rule that was looked at, and why it is carried out."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier; the last of February of a common year for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@needs(Right.PATRONS_MANAGE)
def strike_off(request: HttpRequest) -> HttpResponse:
    """Show what a rule would close, and close it. What changed since the preview is shown again first."""
    nodes = request.desk.nodes_with(Right.PATRONS_MANAGE)
    form = StrikeOffForm(request.POST or None)
    asked = RuleForm(request.POST if request.method == "POST" else request.GET)
    years = asked.cleaned_data["years"] if asked.is_valid() else USUAL_YEARS
    before = years_before(clock.today(), years)
    shown = striking_off.preview(nodes, before, names_of=request.desk.nodes_with(Right.PATRONS_NAMES))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["expected"] == shown.readers:
            act = request.desk.act(key=said["key"])
            closed = striking_off.strike_off(act, nodes=nodes, expired_before=before, reason=said["reason"])
            messages.success(request, _("%(count)d accounts were struck off.") % {"count": closed})
            return redirect("patrons:strike_off")
        form.add_error(None, _("The accounts have changed since you looked. Please look again."))
    names = network.node_names()
    context = {
        "years": years,
        "shown": shown,
        "by_node": [(names.get(node, ""), count) for node, count in shown.by_node],
        "lines": [
            {"reader": line, "home": names.get(line.home_node, ""), "state": state_of(line)} for line in shown.lines
        ],
        "form": form if form.is_bound else StrikeOffForm(initial={"years": years, "expected": shown.readers}),
        "rule": RuleForm(initial={"years": years}, auto_id="rule_%s"),
    }
    return render(request, "patrons/strike_off.html", context, status=422 if form.is_bound else 200)
