"""Records named one a line, by a number of theirs."""

from __future__ import annotations

from django.db.models import Q

from wenlan.catalogue import queries
from wenlan.catalogue.description import numbers
from wenlan.catalogue.models import BibRecord, RecordNumber
from wenlan.catalogue.types import RecordView


def by_lines(lines: str) -> tuple[tuple[RecordView, ...], tuple[str, ...]]:
    """Return the records that the lines name, and the lines that name none or several (two statements).

    A line is a control number, or a standard number with or without hyphens.
    """
    said = list(dict.fromkeys(line for one in lines.splitlines() if (line := one.strip()[:64])))
    forms = {line: {numbers.isbn13(line), numbers.issn(line), numbers.any_number(line)} - {""} for line in said}
    carriers: dict[str, set[int]] = {}
    known = RecordNumber.objects.filter(number__in=set().union(*forms.values()))
    for number, record in known.values_list("number", "record_id"):
        carriers.setdefault(number, set()).add(record)
    wanted = Q(pk__in=set().union(*carriers.values())) | Q(control_number__in=said)
    records = {row.pk: queries.view(row, with_marc=False) for row in BibRecord.objects.defer("marc").filter(wanted)}
    found: dict[int, RecordView] = {}
    unclear: list[str] = []
    for line in said:
        named = {record for form in forms[line] for record in carriers.get(form, ())}
        named |= {record for record, view in records.items() if view.control_number == line}
        if len(named) == 1:
            found |= {record: records[record] for record in named}
        else:
            unclear.append(line)
    return tuple(found.values()), tuple(unclear)
