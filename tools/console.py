"""How ./dev speaks: one line for each thing it does, and plain errors."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent


class Failure(Exception):
    """Something a developer has to see to; the text says what and how."""


def say(line: str) -> None:
    """Print what happens next, before the programs it starts print anything."""
    print(f"dev: {line}", flush=True)


def banner(*lines: str) -> None:
    """Print what must not be overlooked."""
    rule = "!" * 78
    print("\n".join(("", rule, *(f"!!  {line}" for line in lines), rule, "")), flush=True)


def run(*command: str | Path, environment: Mapping[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run a program; raises Failure when it does not end with 0."""
    if code := status(*command, environment=environment, cwd=cwd):
        raise Failure(f"{Path(command[0]).name} ended with {code}: {' '.join(map(str, command))}")


def status(*command: str | Path, environment: Mapping[str, str] | None = None, cwd: Path = ROOT) -> int:
    """Run a program and return how it ended."""
    return subprocess.call([str(part) for part in command], cwd=cwd, env={**os.environ, **(environment or {})})


def answer(*command: str | Path) -> str:
    """Return what a program prints, or an empty string when it cannot be run or fails."""
    try:
        done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def is_root() -> bool:
    """Whether this process may install system packages; never so on Windows."""
    return sys.platform != "win32" and os.geteuid() == 0


def install_system_packages(*packages: str) -> bool:
    """Install Debian packages when we are root; return whether they are there now."""
    if not is_root() or not answer("apt-get", "--version"):
        return False
    say(f"installing {' '.join(packages)} with apt-get")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    status("apt-get", "-qq", "update", environment=quiet)
    install: Sequence[str] = ("apt-get", "-qq", "-y", "--no-install-recommends", "install", *packages)
    return status(*install, environment=quiet) == 0


def leave(failure: Failure) -> NoReturn:
    """End ./dev with the reason."""
    print(f"dev: {failure}", file=sys.stderr)
    sys.exit(1)
