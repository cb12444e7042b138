"""The built styles and scripts: which files a page must load, read from the manifest of the build."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

MANIFEST = "wenlan/manifest.json"


class AssetsNotBuilt(RuntimeError):
    """The manifest, or an entry in it, is missing: a fault of the installation, not of a reader."""


@dataclass(frozen=True, slots=True)
class Asset:
    """Paths under the static root, in loading order; `script` is empty for a style-only entry."""

    styles: tuple[str, ...]
    script: str


def asset(name: str) -> Asset:
    """Return what the entry `name` (a key of `input` in `frontend/vite.config.mjs`) needs.

    Raises AssetsNotBuilt, saying what to run, when the build is missing or has no such entry.
    """
    found = finders.find(MANIFEST)
    if found is None:
        raise AssetsNotBuilt(f"static/{MANIFEST} is missing: run `npm ci && npm run build` in frontend/.")
    path = Path(str(found))
    return _asset(path, path.stat().st_mtime_ns if settings.DEBUG else 0, name)


def files(name: str) -> tuple[str, ...]:
    """Return every file under the static root that the entry needs, what its script imports included.

    For a page that is to be there without a line. Raises AssetsNotBuilt.
    """
    built = asset(name)
    manifest = json.loads(Path(str(finders.find(MANIFEST))).read_text(encoding="utf-8"))
    pending = [key for key, entry in manifest.items() if f"wenlan/{entry['file']}" == built.script]
    seen = dict.fromkeys(pending)
    while pending:
        fresh = [part for part in manifest[pending.pop()].get("imports", ()) if part not in seen]
        seen.update(dict.fromkeys(fresh))
        pending.extend(fresh)
    return (*built.styles, *(f"wenlan/{manifest[key]['file']}" for key in seen))


def text(path: str) -> str:
    """Return what a built script says, for a view that serves it under an address of its own."""
    return Path(str(finders.find(path))).read_text(encoding="utf-8")


@lru_cache(maxsize=64)
def _asset(path: Path, changed: int, name: str) -> Asset:
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for key, entry in manifest.items():
        if entry.get("isEntry") and entry.get("name", Path(key).stem) == name:
            return _resolve(manifest, key)
    entries = ", ".join(sorted(entry.get("name", key) for key, entry in manifest.items() if entry.get("isEntry")))
    raise AssetsNotBuilt(f"The build has no entry {name!r}; it has {entries}.")


def _resolve(manifest: dict[str, dict], key: str) -> Asset:
    styles: dict[str, None] = {}
    pending, seen = [key], {key}
    while pending:
        entry = manifest[pending.pop()]
        styles.update(dict.fromkeys(entry.get("css", ())))
        fresh = [part for part in entry.get("imports", ()) if part not in seen]
        seen.update(fresh)
        pending.extend(fresh)
    file = manifest[key]["file"]
    if file.endswith(".css"):
        return Asset(styles=(f"wenlan/{file}",), script="")
    return Asset(styles=tuple(f"wenlan/{style}" for style in styles), script=f"wenlan/{file}")
