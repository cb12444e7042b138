"""Which file of a folder is which part of the exports: by its name, and by what its headings say."""

from fnmatch import fnmatch
from pathlib import Path

from django.utils.translation import gettext as _

from wenlan.moving import tables, words
from wenlan.moving.errors import FolderUnreadable
from wenlan.moving.steps import readers, sums
from wenlan.moving.types import Part
from wenlan.moving.work import Export, Work

TABLE_FILES = {".csv", ".txt", ".tsv", ".xlsx", ".xml", ".xls"}
OURS = {words.FILE, "misfits.xlsx"}
TITLES = ("record", "isbn", "title")
# What the headings of a part have to say; more of a part's headings win.
NEEDS: dict[Part, tuple[tuple[str, ...], ...]] = {
    Part.READERS: (("name",), ("card", "source_id")),
    Part.ITEMS: (("barcode", "accession_number"), TITLES),
    Part.HISTORY: (("barcode",), ("returned", "act")),
    Part.LOANS: (("barcode",), ("reader",), ("lent",)),
    Part.RESERVATIONS: (("reader",), ("barcode", "record", "isbn")),
    Part.SUMS: (("month",),),
}


def files_of(work: Work) -> tuple[list[Export], list[str]]:
    """Return the files with their parts, and the names of those that nobody knows. Raises FolderUnreadable."""
    folder = work.order.folder
    if not folder.exists():
        raise FolderUnreadable(folder=folder.name, reason=_("there is no such folder"))
    paths = [folder] if folder.is_file() else sorted(one for one in folder.iterdir() if one.is_file())
    found: list[Export] = []
    ignored = []
    for path in (one for one in paths if one.name not in OURS):
        parts = parts_of(work, path)
        found += [Export(path, part) for part in parts]
        if not parts and path.suffix.lower() not in {".toml", ".md"} and ".rejects." not in path.name:
            ignored.append(path.name)
    if not found:
        raise FolderUnreadable(folder=folder.name, reason=_("no file in it is known to the profile"))
    return found, ignored


def parts_of(work: Work, path: Path) -> list[Part]:
    """Return what a file holds: one part, or several for the XML of readers that carries their loans."""
    if ".rejects." in path.name:
        return []
    by_name = [part for part in Part if any(fnmatch(path.name.lower(), one) for one in patterns(work, part))]
    if tables.is_marc(path) or (Part.RECORDS in by_name and path.suffix.lower() not in TABLE_FILES):
        return [Part.RECORDS]
    if path.suffix.lower() not in TABLE_FILES:
        return []
    if tables.is_xml(path):
        return by_name
    fitting = {part: fit for part in NEEDS if (fit := fits(work, path, part))}
    named = [part for part in by_name if part in fitting]
    chosen = named or sorted(fitting, key=lambda part: -fitting[part])
    return chosen[:1]


def patterns(work: Work, part: Part) -> tuple[str, ...]:
    """Return the patterns of names of a part."""
    return tuple(one.lower() for one in work.profile.files.get(part.value, ()))


def fits(work: Work, path: Path, part: Part) -> int:
    """Return how many of a part's headings a file has, 0 when it lacks one that the part needs."""
    form = work.form(part)
    if part == Part.READERS:
        form = readers.form_of(work)
    elif part == Part.SUMS:
        form = sums.form_of(form)
    table = tables.opened(path, form, encoding=work.profile.encoding)
    if table is None or (part == Part.SUMS and not sums.is_sums(table)):
        return 0
    table.lines.close()  # type: ignore[attr-defined]
    says = all(any(one in table.columns for one in group) for group in NEEDS[part])
    return len(table.columns) if says else 0
