"""This computer's agent: fetched from here with the library's address inside, and connected with this browser."""

import io
import json
import zipfile
from importlib import resources
from importlib.resources.abc import Traversable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wenlan.staff.access import needs
from wenlan.staff.types import Right

PROGRAM = "wenlan_agent"
NAME = "wenlan-agent.pyz"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a zip file: the same program is the same file
START = "import runpy\nrunpy.run_module('wenlan_agent', run_name='__main__', alter_sys=True)\n"


@require_safe
@needs(None)
def page(request: HttpRequest) -> HttpResponse:
    """Show how this computer gets an agent, and whether it has one."""
    context = {"origin": origin_of(request), "may_write_tags": request.desk.may(Right.HOLDINGS_EDIT)}
    return render(request, "web/agent.html", context)


@require_safe
@needs(None)
def program(request: HttpRequest) -> HttpResponse:
    """Answer the agent as one file that Python runs."""
    response = HttpResponse(packed(origin_of(request)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


def origin_of(request: HttpRequest) -> str:
    """Return the address of these pages, as browsers tell it to others."""
    return f"{request.scheme}://{request.get_host()}"


def packed(origin: str) -> bytes:
    """Return the agent as a zip file with a start of its own and the address of the pages that may ask it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        put(archive, "__main__.py", START.encode())
        put(archive, f"{PROGRAM}/packed.json", json.dumps({"origins": [origin]}).encode())
        for path, file in files(resources.files(PROGRAM), PROGRAM):
            put(archive, path, file.read_bytes())
    return b"#!/usr/bin/env python3\n" + made.getvalue()


def put(archive: zipfile.ZipFile, path: str, data: bytes) -> None:
    """Add a file."""
    archive.writestr(zipfile.ZipInfo(path, FIRST_DAY), data, zipfile.ZIP_DEFLATED)


def files(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    """Return the files of the program with their places, tests left out."""
    found = []
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        if one.is_dir() and one.name in {"profiles"}:
            found += files(one, f"{path}/{one.name}")
        elif one.name.endswith((".py", ".json")):
            found.append((f"{path}/{one.name}", one))
    return found
