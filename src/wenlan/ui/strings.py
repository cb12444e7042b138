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
}


def as_json_script(groups: Iterable[str]) -> SafeString:
    """Return the element with the words of `groups` and of the shell, keyed `group.name`."""
    words = {f"{group}.{name}": str(text) for group in ("shell", *groups) for name, text in STRINGS[group].items()}
    return json_script(words, ELEMENT_ID)
