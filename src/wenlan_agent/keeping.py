"""What the program keeps between two starts: its devices, the library's addresses, and who may speak to it."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

MOST_TOKENS = 20


@dataclass(frozen=True)
class Settings:
    """See `docs/reference/agent.md`; `tokens` are digests, the newest last."""

    origins: tuple[str, ...] = ()
    pad: str = ""
    gate: str = ""
    identity: str = ""
    cards: str = ""
    card_form: str = "HEX"
    profiles: tuple[str, ...] = ("gbt35660", "rfid501")
    port: int = 18618
    tokens: tuple[str, ...] = field(default=())


def folder() -> Path:
    """Return the folder of this user's settings."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home()) / "WenlanAgent"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "wenlan-agent"


def load(path: Path) -> Settings:
    """Return what is kept; what cannot be read, or is not known any more, is as if it had not been said."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    plain = asdict(Settings())
    said: dict[str, Any] = {}
    for name, value in kept.items():
        if name in plain:
            said[name] = tuple(value) if isinstance(value, list) else value
    fits = all(isinstance(value, type(plain[name])) for name, value in said.items())
    return Settings(**said) if fits else Settings()


def save(path: Path, settings: Settings) -> None:
    """Keep settings; the file is replaced in one step, so that a power cut leaves the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    beside.replace(path)


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(settings: Settings) -> tuple[str, Settings]:
    """Return a token and the settings that know it; the oldest of too many is forgotten."""
    token = secrets.token_urlsafe(32)
    return token, replace(settings, tokens=(*settings.tokens, digest(token))[-MOST_TOKENS:])
