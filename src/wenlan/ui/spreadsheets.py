"""Tables that leave as files, for whoever works on with them in a spreadsheet."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def as_table(headings: Iterable[Any], rows: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    """Return the table as CSV that a spreadsheet opens by a double click, Chinese and all."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\ufeff")
    table = csv.writer(answer)
    table.writerow(headings)
    table.writerows([harmless(value) for value in row] for row in rows)
    return answer


def harmless(value: Any) -> Any:
    """Return text that a spreadsheet will not take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
