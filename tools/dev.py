"""The developer's one script, behind `./dev`: makes the environment, then does what it is asked.

Runs on the machine's own Python with nothing installed; whatever needs a package runs in `.venv`.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType

from tools import environment, frontend, suites
from tools.console import ROOT, Failure, leave, run, say, status
from tools.environment import PYTHON


def demo(arguments: list[str]) -> int:
    """Build a demonstration network, live its year, write its annual report, and serve it.

    ./dev demo [--network changzhi] [--scale F] [--seed N] [--fresh] ...
                        every option goes to `wenlan demo`; ./dev demo --help lists them
    SERVE=0 ./dev demo  end after the report, instead of serving http://127.0.0.1:8000 and SIP2 on 6001
    WENLAN_HOME=FOLDER  keep it there; ./var otherwise
    """
    build_parts()
    code = status(PYTHON, "-m", "wenlan", "demo", *arguments, environment=home())
    if code or os.environ.get("SERVE") == "0" or {"-h", "--help"} & set(arguments):
        return code
    return status(PYTHON, "-m", "wenlan", "serve", environment=home())


def serve(arguments: list[str]) -> int:
    """Serve the installation in ./var (or WENLAN_HOME): pages, SIP2 and the worker.

    ./dev serve [--http 127.0.0.1:8000] [--sip2 127.0.0.1:6001]
    """
    build_parts()
    return status(PYTHON, "-m", "wenlan", "serve", *arguments, environment=home())


def test(arguments: list[str]) -> int:
    """Run the tests on SQLite, on PostgreSQL, and the browser stories in Chromium.

    ./dev test                        the fast suite on everything
    ./dev test --all                  also what takes minutes: the year at scale 1, the wheel
    ./dev test --only sqlite          or postgresql, browser, wheel; may be repeated
    ./dev test src/wenlan/patrons -k minors     what follows goes to pytest

    PostgreSQL is a throw-away cluster of the system's own binaries, in a temporary folder. What the machine
    lacks (PostgreSQL, Chromium, YAZ) is installed with apt-get when we are root, and left out loudly otherwise.
    """
    build_parts()
    return suites.run_suites(arguments)


def check(arguments: list[str]) -> int:
    """Check format, lint, types, contracts, templates, translations, documentation, the front end.

    ./dev check                       everything; each check is run, whatever the others say
    ./dev check lint types            only these
    ./dev check --fix                 first put right what ruff can put right
    """
    if "--fix" in arguments:
        arguments.remove("--fix")
        status(PYTHON, "-m", "ruff", "check", "--quiet", "--fix", ".")
        status(PYTHON, "-m", "ruff", "format", "--quiet", ".")
    if unknown := set(arguments) - set(suites.CHECKS):
        raise Failure(f"no check is called {', '.join(sorted(unknown))}; there are {', '.join(suites.CHECKS)}")
    build_parts()
    return suites.run_checks(arguments or list(suites.CHECKS))


def bench(arguments: list[str]) -> int:
    """Measure, print each figure beside its limit, and add the table to docs/reference/benchmarks.md."""
    build_parts()
    return status(PYTHON, "-m", "tools.bench", *arguments)


def build(arguments: list[str]) -> int:
    """Build the wheel, with pages, translations and fonts in it, into dist/."""
    build_parts()
    run(PYTHON, "-m", "hatchling", "build", "--target", "wheel", *arguments)
    return 0


def shots(arguments: list[str]) -> int:
    """Take pictures of every page of the running demo into var/shots/, in every width and language."""
    return status(PYTHON, "-m", "tools.shots", *arguments, environment=home())


def capabilities(arguments: list[str]) -> int:
    """Write docs/reference/capabilities.md: which rows a test proves, which are still missing."""
    return status(PYTHON, "-m", "tools.capabilities", *arguments)


def reference(arguments: list[str]) -> int:
    """Write the pages of docs/reference/ that are made from the code: commands, settings, kinds, errors, measures."""
    return status(PYTHON, "-m", "tools.reference", *arguments)


def schema(arguments: list[str]) -> int:
    """Write down the tables of a new database, after a migration was added: a file each for SQLite and PostgreSQL.

    ./dev schema           with the migrations that the files do not have yet
    ./dev schema --anew    with all migrations, when one that they have was changed; takes a minute or two

    A new database is made at once from the files, src/wenlan/config/schema/*.sql. A migration that is not in them yet
    is run on top of them, and ./dev check fails until this command has been run. PostgreSQL is a throw-away cluster,
    as in ./dev test.
    """
    return status(PYTHON, "-m", "tools.schema", *arguments)


def messages(arguments: list[str]) -> int:
    """Compile the translations, and print what is missing in the form of a .po file."""
    return status(PYTHON, "-m", "wenlan.config.messages", "--missing", *arguments)


def lock(arguments: list[str]) -> int:
    """Lock the dependencies again after a change of pyproject.toml; ./dev lock --upgrade takes newer ones."""
    run(*environment.installer()[:1], "lock", *arguments, environment=environment.settings_for_uv())
    environment.write_requirements()
    environment.prepare()
    return 0


def build_parts() -> None:
    """Make what is not kept in the repository: assets, fonts, compiled translations."""
    frontend.build()
    run(PYTHON, "-m", "wenlan.config.messages")


def home() -> dict[str, str]:
    """Return where a developer's installation lives."""
    return {"WENLAN_HOME": os.environ.get("WENLAN_HOME") or str(ROOT / "var")}


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command
    for command in (demo, test, check, bench, serve, build, shots, capabilities, reference, schema, messages, lock)
}


def help_text() -> str:
    """Return what `./dev help` prints."""
    lines = [f"  {name:<14}{(command.__doc__ or '').splitlines()[0]}" for name, command in COMMANDS.items()]
    return "\n".join(("Usage: ./dev COMMAND ...", "", *lines, "", "./dev help COMMAND says more."))


def main(arguments: Sequence[str]) -> int:
    """Do one command; return how it ended."""
    name, *rest = arguments or ["help"]
    if name in {"help", "-h", "--help"}:
        asked = COMMANDS.get(rest[0]) if rest else None
        print(asked.__doc__ if asked else help_text())
        return 0
    if name not in COMMANDS:
        print(f"dev: there is no command {name!r}\n\n{help_text()}", file=sys.stderr)
        return 2
    environment.prepare()
    return COMMANDS[name](rest)


def end(signal_number: int, _frame: FrameType | None) -> None:
    """Leave by the front door when we are told to end, so that a test cluster is stopped and removed."""
    sys.exit(128 + signal_number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end)
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        leave(failure)
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(130)
