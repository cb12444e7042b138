"""What `./dev test` and `./dev check` run, and how they sum it up."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from tools import chromium, postgres, yaz
from tools.console import Failure, banner, say, status
from tools.environment import BIN, PYTHON

NOTHING_COLLECTED = 5
SUITES = ("sqlite", "postgresql", "browser", "wheel")
DATABASE_GOES_WITH_ITS_CLUSTER = ("--create-db", "--reuse-db")
FAST = ("sqlite", "postgresql", "browser")


@dataclass(slots=True)
class Result:
    """How one suite or check ended; `left_out` says why it could not be run."""

    name: str
    code: int = 0
    seconds: float = 0.0
    left_out: str = ""

    def __str__(self) -> str:
        if self.left_out:
            return f"{self.name:<16} LEFT OUT: {self.left_out}"
        outcome = {0: "passed", NOTHING_COLLECTED: "no tests"}.get(self.code, "FAILED")
        return f"{self.name:<16} {outcome:<9} {self.seconds:6.1f} s"


@dataclass(slots=True)
class Choice:
    """What the caller asked for: which suites, how much of them, and what goes to pytest."""

    suites: list[str] = field(default_factory=list)
    everything: bool = False
    pytest: list[str] = field(default_factory=list)


def chosen(arguments: Sequence[str]) -> Choice:
    """Read the arguments of `./dev test`. Raises Failure for a suite that does not exist."""
    choice, waiting = Choice(), iter(arguments)
    for argument in waiting:
        if argument == "--all":
            choice.everything = True
        elif argument == "--only" or argument.startswith("--only="):
            suite = argument.partition("=")[2] or next(waiting, "")
            if suite not in SUITES:
                raise Failure(f"--only takes one of {', '.join(SUITES)}")
            choice.suites.append(suite)
        else:
            choice.pytest.append(argument)
    choice.suites = choice.suites or list(SUITES if choice.everything else FAST)
    return choice


def run_suites(arguments: Sequence[str]) -> int:
    """Run the chosen suites one after another; return 0 only when something ran and nothing failed."""
    choice = chosen(arguments)
    results = list(results_of(choice))
    print("\nTests")
    for result in results:
        print(f"  {result}")
    if missing := [str(result) for result in results if result.left_out]:
        banner("These tests did NOT run:", *missing)
    ran = [result.code for result in results if not result.left_out]
    return 0 if 0 in ran and set(ran) <= {0, NOTHING_COLLECTED} else 1


def results_of(choice: Choice) -> Iterator[Result]:
    """Run each suite as its result is asked for."""
    minutes = "" if choice.everything else " and not scale"
    with_database = f"not browser and not wheel{minutes}"
    if {"sqlite", "postgresql"} & set(choice.suites):
        yaz.provide_yaz()
    for suite in choice.suites:
        with ExitStack() as resources:
            if suite == "sqlite":
                yield pytest("SQLite", with_database, choice, {"WENLAN_DATABASE_URL": ""})
            elif suite == "postgresql":
                yield on_postgresql(with_database, choice, resources)
            elif suite == "browser":
                yield in_browser(choice)
            else:
                yield pytest("wheel", "wheel", choice, {})


def on_postgresql(marks: str, choice: Choice, resources: ExitStack) -> Result:
    """Run the suite on a cluster of its own."""
    binaries = postgres.provide_binaries()
    if binaries is None:
        reason = "PostgreSQL is not installed (Debian: apt install postgresql)"
        banner(reason)
        return Result("PostgreSQL", left_out=reason)
    say(f"starting a throw-away cluster: {postgres.server_version(binaries)}")
    url = resources.enter_context(postgres.cluster(binaries))
    marks = f"{marks} and not embedded"
    return pytest("PostgreSQL", marks, choice, {"WENLAN_DATABASE_URL": url}, *DATABASE_GOES_WITH_ITS_CLUSTER)


def in_browser(choice: Choice) -> Result:
    """Run the browser stories."""
    browser = chromium.provide_browser()
    if browser is None:
        reason = "no Chromium is installed (Debian: apt install chromium)"
        banner(reason)
        return Result("browser stories", left_out=reason)
    return pytest("browser stories", "browser", choice, {"WENLAN_TEST_BROWSER": browser, "WENLAN_DATABASE_URL": ""})


def pytest(name: str, marks: str, choice: Choice, environment: dict[str, str], *options: str) -> Result:
    """Run pytest once, on several processes when it is a whole suite."""
    say(f"tests: {name}")
    if not choice.pytest and "not" in marks:
        options += ("-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile", "--durations=10")
    start = time.monotonic()
    code = status(PYTHON, "-m", "pytest", "-q", "-m", marks, *options, *choice.pytest, environment=environment)
    return Result(name, code=code, seconds=time.monotonic() - start)


CHECKS: dict[str, tuple[str, ...]] = {
    "format": ("ruff", "format", "--check", "."),
    "lint": ("ruff", "check", "."),
    "types": ("mypy",),
    "contracts": ("lint-imports", "--no-logo"),
    "templates": ("djlint", "--lint", "--quiet", "src/wenlan"),
    "translations": ("python", "-m", "wenlan.config.messages", "--check"),
    "repository": ("pytest", "-q", "-m", "not slow and not scale and not wheel", "tests"),
}


def run_checks(names: Sequence[str]) -> int:
    """Run each check; return 0 when all hold."""
    results = []
    for name in names:
        say(f"check: {name}")
        start = time.monotonic()
        code = status(BIN / CHECKS[name][0], *CHECKS[name][1:])
        results.append(Result(name, code=code, seconds=time.monotonic() - start))
    print("\nChecks")
    for result in results:
        print(f"  {result}")
    return 0 if all(result.code == 0 for result in results) else 1
