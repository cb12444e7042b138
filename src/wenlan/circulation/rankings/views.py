"""The page of rankings: what was lent most and who borrowed most, on the screen, on paper, and as a table."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.rankings import queries
from wenlan.circulation.rankings.forms import READERS, TITLES, Asked
from wenlan.circulation.rankings.types import Ranking
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import masked_name
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.spreadsheets import as_table

LAST_DIGITS = 4
Answer = tuple[list[dict[str, str]], list[dict[str, Any]], Ranking]


@needs(Right.FIGURES_SEE)
def rankings(request: HttpRequest) -> HttpResponse:
    """Show the titles lent most or the readers who borrowed most; `format=csv` gives the table to a spreadsheet."""
    asked, (columns, rows, ranking) = answered(request)
    if request.GET.get("format") == "csv":
        lines = ([row[column["key"]] for column in columns] for row in rows)
        return as_table([column["label"] for column in columns], lines, f"wenlan-{asked.by}.csv")
    if not request.desk.may(Right.CATALOGUE_SEE):
        columns = [{name: said for name, said in column.items() if name != "url_key"} for column in columns]
    question = asked.question
    context = {
        "crumbs": [(_("Figures"), reverse("indicators:today")), (_("Rankings"), "")],
        "kinds": kinds(request, asked),
        "kinds_label": _("What is ranked"),
        "parts": asked.sentence,
        "refusals": asked.refusals,
        "columns": columns,
        "rows": rows,
        "ranking": ranking,
        "place": network.node(question.node).name,
        "start": question.start,
        "last": asked.form.initial["last"],
        "table_url": f"?{urlencode({**request.GET.dict(), 'format': 'csv'})}",
        "is_of_readers": asked.by == READERS,
        "earlier_year": question.start.year if asked.is_of_an_earlier_year else None,
    }
    return render(request, "circulation/rankings.html", context)


def answered(request: HttpRequest) -> tuple[Asked, Answer]:
    """Return what is asked, and the answer: where no days are asked for, of the last year that has something."""
    asked = asked_of(request)
    answer = answer_to(asked)
    *_, ranking = answer
    if asked.names_days or ranking.loans:
        return asked, answer
    lent = queries.last_day(asked.question)
    if lent is None:
        return asked, answer
    earlier = asked_of(request, until=date(lent.year, 12, 31))
    return earlier, answer_to(earlier)


def answer_to(asked: Asked) -> Answer:
    """Return the columns and rows of what is asked, and the ranking they show."""
    return (of_readers if asked.by == READERS else of_titles)(asked)


def asked_of(request: HttpRequest, until: date | None = None) -> Asked:
    """Return what is asked. Raises PermissionDenied for readers where the desk may not see any."""
    today = clock.today()
    desk = request.desk
    granted = (node for node, rights in desk.rights.items() if Right.FIGURES_SEE.value in rights)
    nodes = frozenset[int]().union(*(network.subtree(node, today) for node in granted))
    asked = Asked(request.GET, nodes=nodes, home=desk.node, today=today, until=until)
    if asked.by == READERS and not desk.may(Right.PATRONS_SEE, asked.question.node):
        raise PermissionDenied
    return asked


def kinds(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    """Return the two rankings as tabs that keep the rest of the question."""
    words = [(TITLES, _("Titles by loans"))]
    if request.desk.may(Right.PATRONS_SEE, asked.question.node):
        words.append((READERS, _("Readers by loans")))
    kept = {name: text for name, text in request.GET.items() if name != "format"}
    return [
        {"label": label, "url": f"?{urlencode({**kept, 'by': by})}", "current": by == asked.by} for by, label in words
    ]


def of_titles(asked: Asked) -> Answer:
    """Return the columns and rows of the titles lent most."""
    ranking = queries.titles(asked.question)
    records = catalogue.records([line.id for line in ranking.lines])
    rows = [
        {
            "rank": line.rank,
            "title": records[line.id].title,
            "author": "、".join(records[line.id].authors),
            "class_number": records[line.id].class_number,
            "loans": line.loans,
            "url": reverse("catalogue:record", args=[line.id]),
        }
        for line in ranking.lines
    ]
    columns = [
        {"key": "rank", "label": _("Rank"), "kind": "number"},
        {"key": "title", "label": _("Title"), "kind": "title", "url_key": "url"},
        {"key": "author", "label": _("Author")},
        {"key": "class_number", "label": _("Class number"), "kind": "code"},
        {"key": "loans", "label": _("Times lent"), "kind": "number"},
    ]
    return columns, rows, ranking


def of_readers(asked: Asked) -> Answer:
    """Return the columns and rows of the readers who borrowed most: masked, told apart by the end of the card."""
    ranking = queries.readers(asked.question)
    known = patrons.patrons_by_id([line.id for line in ranking.lines])
    cards = patrons.card_numbers([line.id for line in ranking.lines])
    names = network.node_names()
    rows = [
        {
            "rank": line.rank,
            "reader": masked_name(known[line.id].name),
            "card": f"…{cards.get(line.id, '')[-LAST_DIGITS:]}",
            "category": known[line.id].category.name,
            "home": names.get(known[line.id].home_node, ""),
            "loans": line.loans,
            "url": reverse("patrons:reader", args=[line.id]),
        }
        for line in ranking.lines
    ]
    columns = [
        {"key": "rank", "label": _("Rank"), "kind": "number"},
        {"key": "reader", "label": _("Reader"), "kind": "title", "url_key": "url"},
        {"key": "card", "label": _("Card"), "kind": "code"},
        {"key": "category", "label": _("Category")},
        {"key": "home", "label": _("Registered at")},
        {"key": "loans", "label": _("Times lent"), "kind": "number"},
    ]
    return columns, rows, ranking
