"""Requests made up from the declaration, sound and unsound: every answer is a declared one, none is a crash."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from wenlan.activities.testing import make_programme, make_session
from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons.testing import make_patron
from wenlan.protocols.rest.testing import Program, program_of_reader, program_of_staff
from wenlan.ui import clock

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


def a_living_library() -> tuple[Program, Program]:
    """Return a program of staff and one of a reader, in a network where there is something to find and to lend."""
    root, east = make_network("EAST")
    make_rule(root.id)
    open_every_day(east.id)
    reader = make_patron(node=east.id, card="R1")
    item = make_item(node=east.id, barcode="B1")
    make_item(node=east.id, barcode="B2")
    lend(item, reader, make_act(east.id, clock.today()))
    make_session(make_programme(east.id), east.id, on=clock.today())
    return program_of_staff(root.id, "circulation", "statistician"), program_of_reader(reader)


@contextmanager
def one_connection() -> Iterator[None]:
    """Let requests in this process keep the test's connection, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def check(operation: Any, headers: dict[str, str], mode: GenerationMode, examples: int) -> None:
    """Send made-up requests of one operation and check each answer."""

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers_as_declared(case: Any) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)

    with suppress(Unsatisfiable):  # an operation without parameters cannot be asked wrongly
        answers_as_declared()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "examples", [pytest.param(3, marks=pytest.mark.slow), pytest.param(60, marks=[pytest.mark.slow, pytest.mark.scale])]
)
@pytest.mark.parametrize("who", ["staff", "reader"])
def test_no_request_made_from_the_declaration_crashes_or_is_answered_otherwise_than_declared(who, examples, caplog):
    caplog.set_level("CRITICAL")
    staff, reader = a_living_library()
    program = staff if who == "staff" else reader
    with one_connection():
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
        operations = [found.ok() for found in schema.get_all_operations()]
        for operation in operations:
            if operation.path != "/api/v1/tokens/current":  # it would sign the program out
                for mode in GenerationMode:
                    check(operation, program.headers, mode, examples)

    assert len(operations) == 21
