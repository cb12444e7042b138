"""What the library told a reader, and how they want to be told."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.ids import new_uid
from wenlan.notices import operations, queries
from wenlan.notices.types import OUTSIDE
from wenlan.patrons.types import PatronView
from wenlan.ui import clock
from wenlan.web.portal.reading import reader_of


class WishForm(forms.Form):
    """Language, and the ways that are not wanted."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=[("zh", "中文"), ("en", "English")])
    unwanted = forms.MultipleChoiceField(
        label=gettext_lazy("Please do not use"),
        required=False,
        choices=[(one.value, one.label) for one in OUTSIDE],
        widget=forms.CheckboxSelectMultiple,
    )


@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Show a reader's messages, now read, and keep what they wish."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    language, unwanted, _knows_wechat = queries.wish(reader.id)
    form = WishForm(request.POST or None, initial={"language": language, "unwanted": sorted(unwanted)})
    if request.method == "POST":
        if form.is_valid():
            operations.set_wish(act_of(reader), patron=reader.id, **form.cleaned_data)
            messages.success(request, _("We will keep to it."))
            return redirect("portal:messages")
        return render(request, "web/portal/messages.html", {"form": form, "notices": ()}, status=422)
    found = queries.of_reader(reader.id)
    if any(one.read_at is None for one in found):
        operations.mark_read(act_of(reader), patron=reader.id)
    return render(request, "web/portal/messages.html", {"form": form, "notices": found})


def act_of(reader: PatronView) -> Act:
    """Return an act of the reader's own."""
    return Act(at=clock.now(), node=reader.home_node, channel=Channel.WEB, key=f"messages:{reader.id}:{new_uid()}")
