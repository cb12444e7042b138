"""The Python environment: `.venv`, filled from the lock by uv, or by pip when uv cannot be had.

`uv.lock` is the lock. `requirements/*.txt` are the same lock in the form that both installers read, with
hashes (`python -m tools.environment lock` writes them; a test keeps them equal), so that both also keep to
the package index that this machine's pip is told to use.
"""

import ast
import hashlib
import os
import re
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.console import ROOT, Failure, answer, install_system_packages, run, say, status

VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / ("python.exe" if sys.platform == "win32" else "python")
STAMP = VENV / "wenlan-lock"
REQUIREMENTS = ROOT / "requirements"
GROUPS = {
    "development": ("--group", "dev"),
    "installer": ("--only-group", "installer"),
    "node": ("--only-group", "node"),
}

# What pip calls a setting, and what uv calls it.
FOR_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "proxy": "ALL_PROXY",
}
PLACES = {"index-url", "extra-index-url", "find-links"}


def prepare() -> None:
    """Make the environment, unless it already is what the lock says."""
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted() and PYTHON.exists():
        return
    if not answer(PYTHON, "-c", "import pip; print('ready')"):
        make_venv()
    install("development")
    say("installing Wenlan itself, in place")
    editable = ("--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")
    run(*installer(), "install", *editable, environment=settings_for_uv())
    STAMP.write_text(wanted(), encoding="utf-8")


def wanted() -> str:
    """Return what the environment depends on: the lock, the project's own metadata, the folder it stands in."""
    files = (ROOT / "pyproject.toml", *sorted(REQUIREMENTS.glob("*.txt")))
    return hashlib.sha256(b"\0".join([os.fsencode(ROOT), *(path.read_bytes() for path in files)])).hexdigest()


def make_venv() -> None:
    """Make an empty environment. Debian keeps a part of it in a package of its own."""
    say(f"making .venv with Python {sys.version.split()[0]}")
    command = (sys.executable, "-m", "venv", "--clear", VENV)
    if status(*command) == 0:
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if install_system_packages(package) and status(*command) == 0:
        return
    raise Failure(f"Python could not make .venv. On Debian: apt install {package}")


def install(group: str) -> None:
    """Install one group of the lock, every file checked against its hash."""
    path = REQUIREMENTS / f"{group}.txt"
    count = sum("==" in line for line in path.read_text(encoding="utf-8").splitlines())
    command = installer()
    say(f"installing {count} locked packages with {'uv' if len(command) == 2 else 'pip'}")
    run(*command, "install", "--quiet", "--require-hashes", "-r", path, environment=settings_for_uv())


@cache
def installer() -> tuple[str | Path, ...]:
    """Return uv's pip, installing uv first if need be; the environment's own pip when uv is not to be had."""
    uv = BIN / ("uv.exe" if sys.platform == "win32" else "uv")
    pip = (PYTHON, "-m", "pip")
    if not uv.exists():
        say("installing uv")
        answer(*pip, "install", "--require-hashes", "-r", REQUIREMENTS / "installer.txt")
    if answer(uv, "--version"):
        return (uv, "pip")
    say("uv is not to be had on this machine; pip does it too, more slowly")
    return pip


def settings_for_uv() -> dict[str, str]:
    """Return pip's own settings in uv's words; uv does not read pip's. What is already set for uv stays.

    With hashes for every file it is safe to take a file from whichever index has it, as pip does.
    """
    chosen = {"VIRTUAL_ENV": str(VENV), "UV_INDEX_STRATEGY": "unsafe-best-match"}
    for setting, value in pip_settings().items():
        if setting in PLACES:
            value = " ".join(place for place in value.split() if is_there(place))
        if setting in FOR_UV and value:
            chosen[FOR_UV[setting]] = value
    return {name: value for name, value in chosen.items() if name == "VIRTUAL_ENV" or name not in os.environ}


def pip_settings() -> dict[str, str]:
    """Return what pip is told by its files and by the environment; the more special wins."""
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in answer(PYTHON, "-m", "pip", "config", "list").splitlines():
        if stated := re.fullmatch(r"(global|install|:env:)\.([\w-]+)=(.*)", line):
            section, setting, value = stated.groups()
            found[section][setting] = str(ast.literal_eval(value))
    return {**found["global"], **found["install"], **found[":env:"]}


def is_there(place: str) -> bool:
    """Whether an index or a folder can be asked: pip passes over a missing folder, uv stops at it."""
    parts = urlsplit(place)
    if parts.scheme == "file":
        return Path(unquote(parts.path)).exists()
    return len(parts.scheme) > 1 or Path(place).exists()


def exported(group: str) -> str:
    """Return one group of `uv.lock` as requirements with hashes."""
    command = (BIN / "uv", "export", "--quiet", "--frozen", "--no-header", "--no-annotate", "--no-emit-project")
    return answer(*command, *GROUPS[group]) + "\n"


def write_requirements() -> None:
    """Bring `requirements/` up to date with `uv.lock`."""
    for group in GROUPS:
        (REQUIREMENTS / f"{group}.txt").write_text(exported(group), encoding="utf-8", newline="\n")
