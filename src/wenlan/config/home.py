"""The folder of an installation: database, index, media, keys, and the file `wenlan.toml`."""

import os
import secrets
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

INSTALLATION_FILE = "wenlan.toml"
CHINA = "Asia/Shanghai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What `wenlan.toml` says: one time zone, and how far the clock is moved (a demo lives in its year)."""

    time_zone: str = CHINA
    clock_offset_seconds: int = 0
    database_url: str = ""


def find_home() -> Path:
    """Return the home: `WENLAN_HOME`, else the nearest folder upward with `wenlan.toml`, else the platform's own."""
    if named := os.environ.get("WENLAN_HOME"):
        return Path(named).expanduser().resolve()
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / INSTALLATION_FILE).is_file():
            return folder
    return platform_folder() / "wenlan"


def platform_folder() -> Path:
    """Return where this system keeps the data of programs."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))


def read_installation(home: Path) -> Installation:
    """Return what the home's file says; the defaults where it does not exist. Raises ValueError on bad TOML."""
    path = home / INSTALLATION_FILE
    if not path.is_file():
        return Installation()
    stated = tomllib.loads(path.read_text(encoding="utf-8")).get("installation", {})
    return Installation(
        time_zone=str(stated.get("time_zone", CHINA)),
        clock_offset_seconds=int(stated.get("clock_offset_seconds", 0)),
        database_url=str(stated.get("database_url", "")),
    )


def write_installation(home: Path, installation: Installation) -> None:
    """Make the home's folders and write its file; what stood there is replaced."""
    for folder in (home, home / "keys", home / "media", home / "search"):
        folder.mkdir(parents=True, exist_ok=True)
    (home / INSTALLATION_FILE).write_text(
        "# Written by Wenlan; read once at start.\n"
        "[installation]\n"
        f'time_zone = "{installation.time_zone}"\n'
        f"clock_offset_seconds = {installation.clock_offset_seconds}\n"
        f'database_url = "{installation.database_url}"\n',
        encoding="utf-8",
    )


def secret_key(home: Path) -> str:
    """Return the key that signs sessions: `WENLAN_SECRET_KEY`, else the home's own, made on first use.

    Before the home exists (`wenlan init` has not run) a key for this process only.
    """
    if stated := os.environ.get("WENLAN_SECRET_KEY"):
        return stated
    path = home / "keys" / "secret_key"
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(48)
    if path.parent.is_dir():
        path.touch(mode=0o600)
        path.write_text(key, encoding="ascii")
    return key
