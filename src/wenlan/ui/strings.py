"""Words that scripts show: translated here, handed to the page as one JSON element."""

from collections.abc import Iterable

from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ELEMENT_ID = "wenlan-strings"

STRINGS = {
    "shell": {
        "copied": _("Copied."),
        "offline": _("The line to the server is down; nothing is lost, it is tried again."),
        "failed": _("The server did not answer. Please try again."),
        "large_type": _("Large type"),
        "normal_type": _("Normal type"),
        "dark": _("Dark"),
        "light": _("Light"),
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
        "waiting": _("%(count)s scans are waiting for the server; nothing is lost."),
        "refused_by_server": _("The server refused this page. Sign in again in another tab, then try again."),
        "override": _("Lend nevertheless"),
        "override_reason": _("Reason"),
        "override_without_reason": _("Write the reason first; it goes into the audit trail."),
        "may_not_override": _("To overrule this, ask a colleague with the right."),
        "undo": _("Undo"),
        "undone": _("undone"),
        "nothing_to_undo": _("There is nothing of this sitting to undo."),
        "no_reader_yet": _("No reader yet"),
        "no_reader_help": _("Scan a card. Items scanned without a reader are checked in."),
        "loans": _("Loans"),
        "points": _("Credit points"),
        "points_floor": _("lends from %(floor)s"),
        "valid_until": _("Valid until"),
        "home": _("Home library"),
        "card": pgettext_lazy("reader", "Card"),
        "due": _("due %(day)s"),
        "all_loans": _("All loans and history"),
        "put_away": _("Next reader"),
        "seal_lent": _("lent"),
        "seal_returned": _("returned"),
        "seal_renewed": _("renewed"),
        "seal_undone": _("undone"),
        "seal_reader": _("reader"),
        "seal_item": _("item"),
        "seal_look": _("look"),
        "seal_stop": _("stop"),
        "sound_on": _("Sound on"),
        "sound_off": _("Sound off"),
        "keys_title": _("Keys of this desk"),
        "keys_help": _("Press a new key in a field; it is kept on this computer."),
        "keys_taken": _("This key is used for %(act)s."),
        "key_reader": _("Reader"),
        "key_out": _("Check out"),
        "key_in": _("Check in"),
        "key_renew": _("Renew"),
        "key_undo": _("Undo"),
        "key_auto": _("Automatic"),
    },
    "charts": {
        "no_data": _("No figures for this span yet."),
        "other": _("Other"),
    },
}


def as_json_script(groups: Iterable[str]) -> SafeString:
    """Return the element with the words of `groups` and of the shell, keyed `group.name`."""
    words = {
        f"{group}.{name}": str(text) for group in ("shell", *groups) for name, text in STRINGS[group].items()
    }
    return json_script(words, ELEMENT_ID)
