"""From `WENLAN_DATABASE_URL` to Django's settings."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-16000;PRAGMA mmap_size=67108864;PRAGMA temp_store=MEMORY;"
    # The worker copies the log into the database every second, beside the acts; this is for when there is none.
    "PRAGMA wal_autocheckpoint=8000;"
)


def database_settings(url: str, home: Path) -> dict[str, Any]:
    """Return the settings of the `default` database; without a url, SQLite in the home.

    Raises ValueError for a scheme other than `sqlite` and `postgresql`.
    """
    if not url:
        return sqlite(home / "wenlan.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgresql", "postgres"}:
        return postgresql(url)
    raise ValueError(f"WENLAN_DATABASE_URL names neither sqlite nor postgresql: {parts.scheme}://")


def sqlite(path: Path) -> dict[str, Any]:
    """Settings of an embedded database: WAL, every commit on disk, writers in one lane."""
    return {
        "ENGINE": "wenlan.kernel.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": SQLITE_PRAGMAS},
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
    }


def postgresql(url: str) -> dict[str, Any]:
    """Settings of a server: pooled connections, parameters bound and statements prepared by the server."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 12, "timeout": 20},
            "server_side_binding": True,
            "prepare_threshold": 3,
            **query,
        },
    }
