"""Pages of moving in: the last trials and runs, and what one of them found."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenlan.moving import queries, words
from wenlan.moving.profiles import profile_codes
from wenlan.moving.types import NAMES, Outcome, Part, Problem, RunView, label_of
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right

SUMS = ("stated", "kept_out", "here", "before", "after")


@require_safe
@needs(Right.PATRONS_MANAGE)
def runs(request: HttpRequest) -> HttpResponse:
    """List the last trials and runs; without any, say how to begin."""
    nodes = request.desk.nodes_with(Right.PATRONS_MANAGE)
    names = network.node_names()
    rows = [
        {
            "made_at": one.made_at,
            "url": reverse("moving:run", args=[one.id]),
            "source": one.source,
            "place": names.get(one.node, ""),
            "what": kind_of(one),
            "lines": sum(file["lines"] for file in one.report["files"]),
            "misfits": kept_out(one.report),
            "state": "look" if one.report["differences"] else "held",
            "seal": _("Does not balance") if one.report["differences"] else _("Balances"),
        }
        for one in queries.runs(nodes)
    ]
    return render(request, "moving/runs.html", {"rows": rows, "profiles": "、".join(profile_codes())})


def kind_of(one: RunView) -> str:
    """Return what it was: a trial, a run, or that of the switching night."""
    if one.is_trial:
        return _("Trial")
    return _("Switching night") if one.is_last else _("Taken in for good")


def kept_out(report: Mapping[str, Any]) -> int:
    """Return how many lines were kept out."""
    return sum(counts.get(Outcome.REJECTED.value, 0) for counts in report["outcomes"].values())


@require_safe
@needs(Right.PATRONS_MANAGE)
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show what a trial or run found: counts and sums, words nobody knew, lines that do not fit."""
    found = queries.run(run_id)
    request.desk.insist(Right.PATRONS_MANAGE, found.node)
    report: Mapping[str, Any] = found.report
    part, problem = request.GET.get("part", ""), request.GET.get("problem", "")
    lines = queries.misfits(run_id, part=part, problem=problem)
    context = {
        "found": found,
        "kind": kind_of(found),
        "place": network.node_names().get(found.node, ""),
        "sums": [sums_of(report, name, str(label)) for name, label in NAMES.items()],
        "parts": [parts_of(report, one) for one in Part if one.value in report["outcomes"]],
        "problems": problems_of(report, part, problem),
        "unknown": [(words.TABLES.get(table, table), shown(counts)) for table, counts in report["unknown"].items()],
        "lines": [line_of(one) for one in lines],
        "is_chosen": bool(part or problem),
        "balances": not report["differences"],
        "crumbs": [(_("Moving in"), reverse("moving:runs")), (found.source, "")],
        "outcomes": list(Outcome),
    }
    return render(request, "moving/run.html", context)


def sums_of(report: Mapping[str, Any], name: str, label: str) -> dict[str, Any]:
    """Return one count or sum as the exports say it, as it is here, and of the network before and after."""
    values = {of: report[of][name] for of in SUMS}
    return {
        "label": label,
        "is_money": name.endswith("_fen"),
        "difference": report["differences"].get(name, 0),
        **values,
    }


def parts_of(report: Mapping[str, Any], part: Part) -> dict[str, Any]:
    """Return the lines of a part by outcome."""
    counts = report["outcomes"][part.value]
    files = "、".join(one["name"] for one in report["files"] if one["part"] == part.value)
    return {"label": part.label, "files": files, "counts": [(one.label, counts.get(one.value, 0)) for one in Outcome]}


def problems_of(report: Mapping[str, Any], part: str, problem: str) -> list[dict[str, Any]]:
    """Return what does not fit, the most frequent first, each with the address of its lines."""
    return [
        {
            "part": Part(of).label,
            "label": label_of(code),
            "count": count,
            "url": f"?part={of}&problem={code.partition(':')[0]}#lines",
            "chosen": (of, code.partition(":")[0]) == (part, problem),
        }
        for of, counts in report["problems"].items()
        for code, count in sorted(counts.items(), key=lambda pair: -pair[1])
    ]


def shown(counts: Mapping[str, int]) -> str:
    """Return words with how often each came, the first twenty."""
    return "、".join(f"{word or '—'}（{count}）" for word, count in list(counts.items())[:20])


def line_of(one: Any) -> dict[str, Any]:
    """Return a line that does not fit, in words."""
    label = one.words if one.problem == Problem.READER else str(Problem(one.problem).label)
    return {
        "part": Part(one.part).label,
        "file": one.file,
        "line": one.where,
        "what": one.what,
        "label": label,
        "words": "" if one.problem == Problem.READER else one.words,
    }
