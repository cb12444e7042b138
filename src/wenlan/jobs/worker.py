"""The clock's own work: calls each recurring task when it is due, once, however many workers there are."""

import importlib
import logging
import pkgutil
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib.util import find_spec

from django.db import close_old_connections, connection

import wenlan
from wenlan.jobs.models import Schedule
from wenlan.jobs.types import Recurring
from wenlan.kernel.errors import DomainError

log = logging.getLogger(__name__)
SHORTEST_PAUSE = 0.2


def recurring() -> Iterator[Recurring]:
    """Yield what every package wants done again and again: `<package>.tasks.RECURRING`."""
    for package in pkgutil.iter_modules(wenlan.__path__):
        if package.ispkg and find_spec(f"wenlan.{package.name}.tasks"):
            yield from getattr(importlib.import_module(f"wenlan.{package.name}.tasks"), "RECURRING", ())


def claim(task: Recurring, at: datetime) -> bool:
    """Take a task that is due by one UPDATE; False when it is not due or another worker was first."""
    due_next = at + timedelta(seconds=task.every_seconds)
    if Schedule.objects.filter(name=task.name, due_at__lte=at).update(due_at=due_next):
        return True
    _row, is_new = Schedule.objects.get_or_create(name=task.name, defaults={"due_at": due_next})
    return is_new


def run_due(tasks: tuple[Recurring, ...], now: Callable[[], datetime]) -> int:
    """Run what is due; returns how many ran. A task that fails keeps its error on its row and is tried again."""
    ran = 0
    for task in tasks:
        if task.claimed and not claim(task, now()):
            continue
        ran += 1
        try:
            task.run(now())
        except DomainError as refusal:
            Schedule.objects.filter(name=task.name).update(last_error=str(refusal)[:2000])
        except Exception as bug:  # the outermost edge: one broken task must not stop the others
            log.exception("the task %s failed", task.name)
            Schedule.objects.filter(name=task.name).update(last_error=repr(bug)[:2000])
    return ran


def work(stop: threading.Event, now: Callable[[], datetime]) -> None:
    """Run tasks until `stop` is set."""
    tasks = tuple(recurring())
    local_due: dict[str, datetime] = {}
    while not stop.wait(SHORTEST_PAUSE):
        at = now()
        due = tuple(task for task in tasks if local_due.get(task.name, at) <= at)
        for task in due:
            local_due[task.name] = at + timedelta(seconds=task.every_seconds)
        if due:
            close_old_connections()
            run_due(due, now)
    connection.close()
