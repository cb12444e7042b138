"""Words that scripts show: translated here, handed to the page as one JSON element."""

from collections.abc import Iterable

from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ELEMENT_ID = "wenlan-strings"

STRINGS = {
    "shell": {
        "offline": _("The line to the server is down; nothing is lost, it is tried again."),
        "failed": _("The server did not answer. Please try again."),
    },
    "circulation": {
        "mode_auto": _("Scan a card or an item"),
        "mode_reader": _("Scan a card"),
        "mode_out": _("Check out: scan items"),
        "mode_in": _("Check in: scan items"),
        "mode_renew": _("Renew: scan items"),
        "sending": _("sending"),
        "unsent": _("not sent"),
        "retry": _("Try again"),
        "go_on": _("Go on"),
        "leave_out": _("Leave out"),
        "waiting": _("The line is down. Scans waiting: %(count)s; nothing is lost, they are sent again."),
        "look_first": _("Please look at the last line first. Scans waiting behind it: %(count)s."),
        "refused_by_server": _("The server wants you to sign in again (in another tab); scans waiting: %(count)s."),
        "unreadable": _("The server could not read this scan. Please scan it once more."),
        "override": _("Do it nevertheless"),
        "override_reason": _("Reason"),
        "may_not_override": _("A colleague with the right may overrule this."),
        "undo": _("Undo"),
        "nothing_to_undo": _("There is nothing of this sitting to undo."),
        "no_reader_yet": _("No reader yet"),
        "no_reader_help": _("Scan a card. Items scanned without a reader are checked in."),
        "points_floor": _("lends from %(floor)s"),
        "due": _("due %(day)s"),
        "seal_lent": pgettext_lazy("seal", "lent"),
        "seal_returned": pgettext_lazy("seal", "returned"),
        "seal_renewed": pgettext_lazy("seal", "renewed"),
        "seal_undone": pgettext_lazy("seal", "undone"),
        "seal_reader": pgettext_lazy("seal", "reader"),
        "seal_item": pgettext_lazy("seal", "item"),
        "seal_look": pgettext_lazy("seal", "look"),
        "seal_stop": pgettext_lazy("seal", "stop"),
        "block_overdue": pgettext_lazy("seal", "overdue"),
        "block_suspended": pgettext_lazy("seal", "suspended"),
        "block_expired": pgettext_lazy("seal", "expired"),
        "block_card_lost": pgettext_lazy("seal", "card reported lost"),
        "block_blocked": pgettext_lazy("seal", "blocked"),
        "keys_taken": _("This key is used for: %(act)s."),
        "keys_not_allowed": _("This key is for typing. Take F2 to F10, Insert, Page Up or the keypad."),
        "key_reader": _("Reader"),
        "key_out": _("Check out"),
        "key_in": _("Check in"),
        "key_renew": _("Renew"),
        "key_undo": _("Undo"),
        "key_auto": _("Automatic"),
        "key_override": _("Overrule"),
    },
    "cataloguing": {
        "choose": _("Choose"),
        "keep": _("Use this"),
        "leave": _("Leave"),
        "indicator": _("%(tag)s indicator %(place)s"),
        "code": _("Code of %(label)s"),
        "tag": _("Tag"),
        "tag_hint": _("Type the three digits; the field goes to its place."),
        "add_field": _("Add a field"),
        "add_subfield": _("Add a subfield"),
        "remove_field": _("Remove the field"),
        "remove_subfield": _("Remove the subfield"),
        "up": _("Up"),
        "down": _("Down"),
        "pinyin": _("Pinyin"),
        "several_readings": _("Characters in red have several readings: choose, or correct the line."),
        "one_reading": _("Every character has one reading here; the line may be corrected."),
        "not_known": _("not known to the format"),
        "no_field": _("Go into a field to see its subfields here."),
        "sound": _("Nothing to mend"),
        "found": _("Errors %(errors)s · warnings %(warnings)s · hints %(hints)s"),
        "error": _("error"),
        "warning": _("warning"),
        "hint": _("hint"),
        "alike": _("Perhaps here already: %(count)s"),
        "errors_first": _("There are %(count)s errors. Save once more to keep the record as it is."),
        "saving": _("Saving"),
        "saved": _("Saved: %(title)s"),
        "saved_by": _("Last saved by %(by)s."),
        "conflict_lines": _("Lines with − stand there now, lines with + are yours."),
        "take_theirs": _("Take theirs, leave mine"),
        "put_mine": _("Save mine as the newest version"),
        "kept_found": _("This computer kept changes that were not saved."),
        "kept_take": _("Go on with them"),
        "kept_leave": _("Forget them"),
        "taken": _("This is the record as it was saved by the other."),
        "sign_in": _("The server wants you to sign in again (in another tab); nothing typed here is lost."),
    },
    "stocktaking": {
        "idle": _("All scans are with the server."),
        "sending": _("Sending"),
        "down": _("No line. Go on scanning: every scan is kept on this phone and sent later."),
        "held": _("Please sign in again in another tab; every scan is kept on this phone."),
        "refused": _("The server did not take the scans. Save them as a file and take them in at a desk."),
        "unreadable": _("The server could not read the scans. Save them as a file and take them in at a desk."),
        "again": _("%(code)s was read before."),
        "drop": _("Take it out"),
        "no_camera": _("The camera may not be used. Allow it in the browser, or type the number."),
    },
}


def as_json_script(groups: Iterable[str]) -> SafeString:
    """Return the element with the words of `groups` and of the shell, keyed `group.name`."""
    words = {f"{group}.{name}": str(text) for group in ("shell", *groups) for name, text in STRINGS[group].items()}
    return json_script(words, ELEMENT_ID)
