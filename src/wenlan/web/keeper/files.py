"""What a phone saved as a file, because its line never came back: the room's own acts and those of the journal."""

from collections import Counter
from pathlib import PurePath

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.circulation.journals.reading import WITHOUT_HEAD, device_code, read_file
from wenlan.staff.desks import Desk
from wenlan.web.keeper.access import keeps
from wenlan.web.keeper.off_line import Told, in_the_journal, of_the_room, read, runs

LARGEST_FILE = 5_000_000
MOST_TOLD = 5


@require_POST
@keeps
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a file of a phone, as if the phone had sent it; what came before changes nothing."""
    given = request.FILES.get("file")
    if given is None or not given.size or given.size > LARGEST_FILE:
        messages.error(request, _("Please choose the file that the phone saved."))
        return redirect("keeper:off_line")
    said = taken_in(request.desk, given.name or "", given.read())
    tones = Counter(one["tone"] for one in said.values())
    counts = {"good": tones["good"], "look": tones["look"], "stop": tones["stop"]}
    messages.success(
        request, _("Taken in: %(good)s. To be looked at: %(look)s. Not taken in: %(stop)s.") % counts
    )  # fmt: skip
    for label in list(dict.fromkeys(one["label"] for one in said.values() if one["tone"] == "stop"))[:MOST_TOLD]:
        messages.warning(request, label)
    return redirect("keeper:off_line")


def taken_in(desk: Desk, name: str, content: bytes) -> dict[str, Told]:
    """Record the lines of a file in their order, and return what became of each, by its uuid."""
    file = read_file(content)
    device = file.head.device if file.head.device != WITHOUT_HEAD else device_code(PurePath(name).stem)
    said: dict[str, Told] = {}
    for told, texts in runs([(text, own_act(text)) for text in file.lines]):
        if told is not None:
            said[str(told["uuid"])] = of_the_room(desk, told, device, is_sure=True)
        else:
            said |= in_the_journal(desk, texts, device, is_sure=True)
    return said


def own_act(text: str) -> Told | None:
    """Return an act of the room; None for what the journal reads, and for what nobody can: there it waits."""
    try:
        return read(text)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
