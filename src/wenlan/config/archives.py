"""`wenlan backup` and `wenlan restore`: one encrypted file, also the way from SQLite to PostgreSQL."""

import contextlib
import getpass
import hashlib
import io
import json
import os
import sys
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import wenlan
from wenlan.catalogue.indexing import rebuild_index
from wenlan.config import tables
from wenlan.config.home import INSTALLATION_FILE, Installation, read_installation, write_installation
from wenlan.config.sealed_files import SealedReader, SealedWriter, Unreadable
from wenlan.kernel.commands import Command
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.ui import clock

MANIFEST = "manifest.json"
KEPT_FOLDERS = ("keys", "media")
TOKEN_KEYS = "ledger_tokenkey"


class BackupUnreadable(DomainError):
    """The file is no backup, is damaged, or was sealed with another passphrase."""

    code = "config.backup_unreadable"
    message = gettext_lazy("%(file)s cannot be read: %(reason)s.")


class NotEmpty(DomainError):
    """A restore never overwrites an installation."""

    code = "config.not_empty"
    message = gettext_lazy(
        "A network already stands in this database. Restore into an empty one (another WENLAN_HOME)."
    )


class PassphraseMissing(DomainError):
    """A backup holds personal data and keys: it is never written in the open."""

    code = "config.passphrase_missing"
    message = gettext_lazy("Give a passphrase: WENLAN_BACKUP_PASSPHRASE, --passphrase-file, or type it when asked.")


@dataclass(slots=True)
class Manifest:
    """What an archive holds: rows of each table, and the hash of each member."""

    version: str = wenlan.__version__
    written_at: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)


def back_up(target: BinaryIO, passphrase: str) -> Manifest:
    """Write all tables as of one instant, the keys and the media into `target`, sealed."""
    manifest = Manifest(written_at=clock.now().isoformat())
    sealed = SealedWriter(target, passphrase)
    with tarfile.open(fileobj=sealed, mode="w|gz") as archive:
        with one_snapshot():
            for model in tables.tables():
                add_table(archive, model, manifest)
        for path in kept_files():
            add_member(archive, path.relative_to(settings.WENLAN_HOME).as_posix(), path.read_bytes(), manifest)
        add_bytes(archive, MANIFEST, json.dumps(vars_of(manifest), ensure_ascii=False, indent=1).encode())
    sealed.close()
    return manifest


def vars_of(manifest: Manifest) -> dict[str, object]:
    """Return the manifest as JSON holds it."""
    return {name: getattr(manifest, name) for name in ("version", "written_at", "rows", "sha256")}


@contextlib.contextmanager
def one_snapshot() -> Iterator[None]:
    """Read everything within as of one instant, without holding up anybody who writes."""
    begin = "BEGIN DEFERRED" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def add_table(archive: tarfile.TarFile, model: type[models.Model], manifest: Manifest) -> None:
    """Add one table as a member; token keys of closed years stay behind, so that nobody can be counted again."""
    name = model._meta.db_table
    this_year = clock.today().year
    with tempfile.SpooledTemporaryFile(max_size=32 << 20) as lines:
        digest = hashlib.sha256()
        count = 0
        for line in tables.lines_of(model):
            if name == TOKEN_KEYS and json.loads(line)[0] != this_year:
                continue
            lines.write(line)
            digest.update(line)
            count += 1
        member = tarfile.TarInfo(f"tables/{name}.jsonl")
        member.size = lines.tell()
        lines.seek(0)
        archive.addfile(member, lines)
    manifest.rows[name] = count
    manifest.sha256[member.name] = digest.hexdigest()


def kept_files() -> Iterator[Path]:
    """Yield the installation's file, its keys and its media."""
    yield settings.WENLAN_HOME / INSTALLATION_FILE
    for folder in KEPT_FOLDERS:
        yield from sorted(path for path in (settings.WENLAN_HOME / folder).rglob("*") if path.is_file())


def add_member(archive: tarfile.TarFile, name: str, content: bytes, manifest: Manifest) -> None:
    """Add a small file and its hash."""
    add_bytes(archive, name, content)
    manifest.sha256[name] = hashlib.sha256(content).hexdigest()


def add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    """Add a member."""
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def check(source: BinaryIO, passphrase: str) -> Manifest:
    """Read a whole archive and compare every hash. Raises Unreadable naming the first member that differs."""
    found: dict[str, str] = {}
    manifest = Manifest()
    for name, content in members(source, passphrase):
        if name == MANIFEST:
            manifest = Manifest(**json.loads(content.read()))
        else:
            found[name] = hash_of(content)
    if found != manifest.sha256:
        wrong = sorted(set(found.items()) ^ set(manifest.sha256.items()))[:1]
        raise Unreadable(f"a member is not as it was written: {wrong[0][0] if wrong else MANIFEST}")
    return manifest


def hash_of(content: BinaryIO) -> str:
    """Return the SHA-256 of a stream."""
    digest = hashlib.sha256()
    while chunk := content.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def members(source: BinaryIO, passphrase: str) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the members of an archive in order. Raises Unreadable."""
    sealed: BinaryIO = io.BufferedReader(SealedReader(source, passphrase), buffer_size=1 << 20)  # type: ignore[type-var]
    try:
        with tarfile.open(fileobj=sealed, mode="r|gz") as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is not None:
                    yield member.name, content  # type: ignore[misc]
    except tarfile.TarError as wrong:
        raise Unreadable(str(wrong)) from wrong


def restore(source: BinaryIO, passphrase: str) -> Manifest:
    """Load an archive into this home and its empty database, in one transaction. Raises NotEmpty, Unreadable."""
    home = settings.WENLAN_HOME
    write_installation(home, Installation(database_url=settings.WENLAN_DATABASE_URL))
    call_command("migrate", verbosity=0, interactive=False)
    if network.root_or_none() is not None:
        raise NotEmpty
    known = {f"tables/{model._meta.db_table}.jsonl": model for model in tables.tables()}
    manifest = Manifest()
    with transaction.atomic():
        tables.empty()
        for name, content in members(source, passphrase):
            if name == MANIFEST:
                manifest = Manifest(**json.loads(content.read()))
            elif model := known.get(name):
                tables.load(model, content)
            else:
                put_file(home, name, content.read())
        tables.reset_sequences()
    stated = read_installation(home)
    write_installation(
        home,
        Installation(
            time_zone=stated.time_zone,
            clock_offset_seconds=stated.clock_offset_seconds,
            database_url=settings.WENLAN_DATABASE_URL,
        ),
    )
    return manifest


def put_file(home: Path, name: str, content: bytes) -> None:
    """Write a key or a medium back. Raises Unreadable for a name that leads out of the home."""
    path = (home / name).resolve()
    if not path.is_relative_to(home.resolve()):
        raise Unreadable(f"{name} leads out of the home")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)


def passphrase_of(options: Namespace) -> str:
    """Return the passphrase from the environment, a file, or the keyboard. Raises PassphraseMissing."""
    if stated := os.environ.get("WENLAN_BACKUP_PASSPHRASE"):
        return stated
    if options.passphrase_file:
        return options.passphrase_file.read_text(encoding="utf-8").strip()
    if sys.stdin.isatty() and (typed := getpass.getpass("Passphrase: ")):
        return typed
    raise PassphraseMissing


def run_backup(options: Namespace) -> int:
    """Write a backup beside its final name, read it back whole, then give it the name."""
    passphrase = passphrase_of(options)
    unfinished = options.file.with_name(options.file.name + ".part")
    with unfinished.open("wb") as target:
        written = back_up(target, passphrase)
    with unfinished.open("rb") as source:
        checked = check(source, passphrase)
    unfinished.replace(options.file)
    report(options, written if written == checked else checked, _("Written and read back"))
    return 0


def run_restore(options: Namespace) -> int:
    """Check the whole archive first, then load it."""
    passphrase = passphrase_of(options)
    try:
        with options.file.open("rb") as source:
            check(source, passphrase)
        with options.file.open("rb") as source:
            manifest = restore(source, passphrase)
        rebuild_index(at=clock.now())
    except (Unreadable, OSError) as wrong:
        raise BackupUnreadable(file=options.file, reason=wrong) from wrong
    report(options, manifest, _("Restored from the archive"))
    return 0


def report(options: Namespace, manifest: Manifest, what: str) -> None:
    """Print what an archive holds."""
    if options.json:
        print(json.dumps(vars_of(manifest), ensure_ascii=False))
        return
    rows = sum(manifest.rows.values())
    said = {"what": what, "file": options.file, "rows": rows}
    said |= {"tables": len(manifest.rows), "members": len(manifest.sha256)}
    print(_("%(what)s: %(file)s (%(rows)s rows of %(tables)s tables, %(members)s members)") % said)


def archive_arguments(parser: ArgumentParser) -> None:
    """State the options of both commands."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--passphrase-file", type=Path, help=_("a file whose text is the passphrase"))
    parser.add_argument("--json", action="store_true", help=_("print the manifest as JSON"))


COMMANDS = [
    Command(
        name="backup",
        help=gettext_lazy("write everything into one encrypted file, and read it back"),
        arguments=archive_arguments,
        run=run_backup,
    ),
    Command(
        name="restore",
        help=gettext_lazy("load a backup into an empty installation, also of the other database"),
        arguments=archive_arguments,
        run=run_restore,
        needs_home=False,
    ),
]
