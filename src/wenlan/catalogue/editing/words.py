"""What findings say, what repairs are called, and the format in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.editing.format import LEADER, Coded, FieldForm, Format, Part
from wenlan.catalogue.editing.types import Finding
from wenlan.catalogue.types import MarcFormat
from wenlan.kernel.words import say

SENTENCES = {
    "missing_field": _("%(tag)s %(name)s is missing."),
    "missing_subfield": _("%(tag)s has no $%(code)s (%(subname)s)."),
    "unknown_field": _("%(format)s has no field %(tag)s; it is kept as it is."),
    "unknown_indicator": _("Indicator %(place)s of %(tag)s cannot be “%(value)s”."),
    "unknown_subfield": _("%(tag)s has no subfield $%(code)s."),
    "repeated_field": _("%(tag)s may stand only once."),
    "repeated_subfield": _("$%(code)s may stand only once in %(tag)s."),
    "empty_field": _("%(tag)s is empty."),
    "empty_subfield": _("$%(code)s of %(tag)s is empty."),
    "control_character": _("%(tag)s holds a control character that no file can carry."),
    "outer_blanks": _("%(tag)s begins or ends with a blank."),
    "written_blanks": _("%(tag)s has # in its coded data where a blank is meant."),
    "coded_length": _("%(tag)s has %(given)s characters of coded data; it must have %(length)s."),
    "coded_value": _("%(tag)s position %(part)s cannot be “%(value)s”."),
    "isbn_length": _(
        "An ISBN has 10 or 13 digits; %(given)s has %(digits)s. Correct it, or move a misprinted one to $z."
    ),
    "isbn_check": _(
        "The check digit of ISBN %(given)s would be %(right)s. Compare with the book; a misprinted one belongs in $z."
    ),
    "isbn_ten": _("Books since 2007 carry an ISBN of 13 digits."),
    "issn_length": _("An ISSN has 8 digits: %(given)s."),
    "issn_check": _("The check digit of ISSN %(given)s would be %(right)s."),
    "price": _("A price is written like CNY28.00: %(given)s."),
    "class_number": _("%(given)s is no number of the Chinese Library Classification."),
    "class_edition": _("$v says the edition of the classification (5)."),
    "language_code": _("A language is three small letters (chi, eng): %(given)s."),
    "country_code": _("A country is two capital letters (CN): %(given)s."),
    "locality_code": _("A place in China is six digits (110000): %(given)s."),
    "entered_on": _("100 begins with the day of cataloguing, YYYYMMDD; “%(given)s” is no day up to today."),
    "source_day": _("801 $c is a day, YYYYMMDD: %(given)s."),
    "second_year": _("With type of date %(kind)s, year 2 in 100 is %(better)s, not %(given)s."),
    "second_year_missing": _("With type of date %(kind)s, 100 needs a year 2 that is not before year 1."),
    "year_form": _("A date of publication is written %(better)s, not %(given)s."),
    "year_missing": _("210 $d has no year: %(given)s."),
    "year_agrees": _("Year 1 in 100 is %(given)s, but 210 $d says %(year)s."),
    "translation_indicator": _("101 $c names the language of an original, so indicator 1 is 1 (translation)."),
    "translation_original": _("101 says this is a translation; $c names the language of the original."),
    "script": _("100 gives the script of the title as %(given)s; 200 $a is written in %(better)s."),
    "place_agrees": _("%(name)s in 210 $a has the code %(code)s; 102 says %(given)s."),
    "pinyin_missing": _("%(tag)s has no pinyin."),
    "pinyin_count": _("The pinyin in %(tag)s does not have a syllable for each of %(han)s characters."),
    "people_entry": _("“%(given)s” in 200 $f has no access point in 7XX."),
    "relator": _("%(tag)s does not say in $4 what this person or body did."),
    "series_link": _("The series “%(given)s” has no link 410 or 461."),
    "second_main_entry": _("A record has one main entry: %(tag)s stands beside %(other)s."),
    "title_entry": _("Indicator 1 of 245 would be %(better)s: it says whether the title is the main entry."),
    "nonfiling": _("Indicator 2 of 245 would be %(better)s: so many characters are passed over in filing."),
    "date_agrees": _("Date 1 in 008 is %(given)s, but %(tag2)s $c says %(year)s."),
    "literature": _("%(number)s is literature; 105 position 11 would be %(better)s."),
}
REPAIRS = {
    "add": _("Add it"),
    "set_indicator": _("Set the usual one"),
    "set_code": _("Take the code in use"),
    "remove_field": _("Remove the field"),
    "remove_subfield": _("Remove the subfield"),
    "clean": _("Take it out"),
    "trim": _("Take it out"),
    "blanks": _("Write blanks"),
    "fit": _("Fit the length"),
    "fixed": _("Choose"),
    "to_z": _("Move to $z"),
    "set_check": _("Set the check digit"),
    "thirteen": _("Write 13 digits"),
    "write_price": _("Write it so"),
    "write_class": _("Write it so"),
    "fifth": _("Add $v 5"),
    "write_code": _("Set the code"),
    "today": _("Set today"),
    "set_year": _("Set the year"),
    "write_year": _("Write it so"),
    "set_script": _("Set the script"),
    "pinyin": _("Fill the pinyin"),
    "add_people": _("Make entries"),
    "add_link": _("Make the link"),
    "set_literature": _("Set the form"),
}


def finding_words(one: Finding, known: Format) -> dict[str, Any]:
    """Return a finding as the page shows it: sentence, place, and the repair with what it is called."""
    form = known.fields.get(one.place.tag)
    code = str(one.said.get("code", ""))
    subfield = form.subfields.get(code) if form else None
    names = {
        "name": say(form.name) if form else "",
        "subname": say(subfield.name) if subfield else "",
        "format": MarcFormat(known.code).label if known.code else "",
    }
    return {
        "rule": one.rule,
        "gravity": one.gravity.value,
        "tag": one.place.tag,
        "field": one.place.field,
        "subfield": one.place.subfield,
        "position": one.place.position,
        "text": str(SENTENCES[one.rule]) % {**names, **one.said},
        "repair": {"name": one.repair.name, "label": str(REPAIRS[one.repair.name]), "edits": one.repair.edits}
        if one.repair
        else None,
    }


def format_words(known: Format) -> dict[str, Any]:
    """Return the format as the editor in the browser uses it, its captions in the language of the page."""
    return {
        "fields": {tag: _field(one) for tag, one in known.fields.items()},
        "coded": {(tag if tag == LEADER else f"{tag}{code}"): _coded(one) for (tag, code), one in known.coded.items()},
        "leaderName": gettext("Leader"),
    }


def _field(one: FieldForm) -> dict[str, Any]:
    return {
        "name": say(one.name),
        "once": one.once,
        "control": one.tag.startswith("00"),
        "indicators": [{code: say(words) for code, words in allowed.items()} for allowed in one.indicators],
        "new": one.new,
        "start": one.start,
        "subfields": {code: {"name": say(sub.name), "once": sub.once} for code, sub in one.subfields.items()},
    }


def _coded(one: Coded) -> dict[str, Any]:
    kinds = [
        {
            "name": say(kind.name),
            "when": kind.when,
            "length": kind.length,
            "parts": [_part(part) for part in kind.parts],
        }
        for kind in one.kinds
    ]
    return {
        "length": one.length,
        "blank": one.blank,
        "parts": [_part(part) for part in one.parts],
        "by": one.by,
        "kinds": kinds,
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "at": part.at,
        "size": part.size,
        "name": say(part.name),
        "kind": part.kind,
        "each": part.each,
        "values": {code: say(words) for code, words in part.values.items()},
    }
