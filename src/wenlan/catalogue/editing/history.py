"""The versions of a record: kept at each change, read back, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import SequenceMatcher

from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.utils import timezone

from wenlan.catalogue.cnmarc import AnyField, ControlField, MarcRecord
from wenlan.catalogue.editing.types import Change, VersionView
from wenlan.catalogue.models import BibRecord, RecordVersion
from wenlan.catalogue.types import VersionKind
from wenlan.kernel.errors import NotFound
from wenlan.staff import queries as staff
from wenlan.ui.typography import clock_time, table_day


def keep_first(row: BibRecord, change: Change) -> None:
    """Keep the form a record begins with (one statement)."""
    RecordVersion.objects.create(**_columns(row.pk, 1, change, row.content_hash, row.marc))


def keep_changes(changed: Sequence[tuple[BibRecord, str, str]], change: Change) -> dict[int, int]:
    """Keep the forms that records have from now on, as (locked row as it stood, content hash, native form).

    Returns the number of each. At a record's first change its old form is kept too, so that nothing is lost.
    """
    ids = [before.pk for before, _hash, _marc in changed]
    kept = RecordVersion.objects.filter(record__in=ids).values_list("record").annotate(last=Max("number")).order_by()
    last = dict(kept)
    first = [before.pk for before, _hash, _marc in changed if before.pk not in last]
    imported = set(BibRecord.objects.filter(pk__in=first, sources__isnull=False).values_list("pk", flat=True))
    rows = []
    for before, content_hash, marc in changed:
        if before.pk not in last:
            kind = VersionKind.IMPORTED if before.pk in imported else VersionKind.CREATED
            origin = Change(kind, before.updated_at, before.node_id)
            rows.append(RecordVersion(**_columns(before.pk, 1, origin, before.content_hash, before.marc)))
            last[before.pk] = 1
        last[before.pk] += 1
        rows.append(RecordVersion(**_columns(before.pk, last[before.pk], change, content_hash, marc)))
    RecordVersion.objects.bulk_create(rows)
    return last


def _columns(record: int, number: int, change: Change, content_hash: str, marc: str) -> dict[str, object]:
    return {
        "record_id": record,
        "number": number,
        "kind": change.kind,
        "at": change.at,
        "node_id": change.node,
        "staff": change.staff,
        "note": change.note[:300],
        "content_hash": content_hash,
        "marc": marc,
    }


def versions(record: int) -> tuple[VersionView, ...]:
    """Return the versions of a record, newest first (one statement); a record never changed has none."""
    return tuple(_view(row) for row in RecordVersion.objects.filter(record_id=record).order_by("-number"))


def version(record: int, number: int) -> VersionView:
    """Return one version (one statement). Raises NotFound."""
    row = RecordVersion.objects.filter(record_id=record, number=number).first()
    if row is None:
        raise NotFound(what=str(number))
    return _view(row)


def _view(row: RecordVersion) -> VersionView:
    return VersionView(
        number=row.number,
        kind=row.kind,
        at=row.at,
        node=row.node_id,
        staff=row.staff,
        note=row.note,
        marc=MarcRecord.from_json(row.marc),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A field in a comparison: `sign` is `=`, `+`, `-`; `parts` are (subfield code, value, is it different)."""

    sign: str
    tag: str
    indicators: str
    parts: tuple[tuple[str, str, bool], ...]


def compare(before: MarcRecord, after: MarcRecord) -> tuple[Line, ...]:
    """Return both records field by field: what stayed, what went, what came.

    The lines signed `=` and `-` in their order are the record before, those signed `=` and `+` the one after.
    """
    old, new = [_shown(before), *before.fields], [_shown(after), *after.fields]
    lines: list[Line] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [_line("=", one, ()) for one in old[start:end]]
        else:
            lines += _replaced(old[start:end], new[new_start:new_end])
    return tuple(lines)


def changed_tags(before: MarcRecord, after: MarcRecord) -> tuple[str, ...]:
    """Return the tags of the fields that differ, each once, in the order of the record; 005 is left out."""
    tags = (line.tag for line in compare(before, after) if line.sign != "=" and line.tag != "005")
    return tuple(dict.fromkeys(tags))


def _shown(record: MarcRecord) -> AnyField:
    return ControlField("LDR", record.leader)


def _replaced(old: Sequence[AnyField], new: Sequence[AnyField]) -> list[Line]:
    """Pair fields of one tag, so that an old line stands above its new one with what differs marked."""
    waiting = list(new)
    lines: list[Line] = []
    for one in old:
        place = next((at for at, other in enumerate(waiting) if other.tag == one.tag), None)
        if place is None:
            lines.append(_line("-", one, ()))
            continue
        lines += [_line("+", other, ()) for other in waiting[:place]]
        lines += [_line("-", one, _parts(waiting[place])), _line("+", waiting[place], _parts(one))]
        del waiting[: place + 1]
    return lines + [_line("+", one, ()) for one in waiting]


def _line(sign: str, one: AnyField, other: Sequence[tuple[str, str]]) -> Line:
    parts = _parts(one)
    same = set()
    for block in SequenceMatcher(None, other, parts, autojunk=False).get_matching_blocks() if other else ():
        same |= set(range(block.b, block.b + block.size))
    marked = tuple((code, value, sign != "=" and at not in same) for at, (code, value) in enumerate(parts))
    return Line(sign, one.tag, "" if isinstance(one, ControlField) else one.indicators, marked)


def _parts(one: AnyField) -> list[tuple[str, str]]:
    if isinstance(one, ControlField):
        return [("", one.data)]
    return [(code, value) for code, value in one.subfields]


def in_one_line(line: Line) -> str:
    """Return a field as catalogues print it: `$a三体$f刘慈欣著`."""
    return "".join(f"${code}{value}" if code else value for code, value, _ in line.parts)


def signed(one: VersionView) -> str:
    """Return who made a version and when, in words."""
    who = staff.names([one.staff]).get(one.staff, "") if one.staff is not None else ""
    return f"{who} {table_day(one.at)} {clock_time(one.at)}".strip()


def latest_of(staff_id: int, limit: int = 12) -> tuple[tuple[int, str, VersionView], ...]:
    """Return the last records somebody saved, each once, newest first: (id, title, version); one statement."""
    rows = RecordVersion.objects.filter(staff=staff_id).select_related("record").defer("record__marc")
    found: dict[int, tuple[int, str, VersionView]] = {}
    for row in rows.order_by("-pk")[: limit * 4]:
        found.setdefault(row.record_id, (row.record_id, row.record.title_proper, _view(row)))
    return tuple(found.values())[:limit]


def catalogued(nodes: Collection[int], *, start: date, end: date) -> Counter[tuple[str, date, str]]:
    """Return how many records staff catalogued and corrected at the places in `[start, end)` (one statement).

    By operator (`staff:12`), local day and kind of version; what came by import is nobody's.
    """
    zone = timezone.get_default_timezone()
    first, last = (datetime.combine(day, time(), zone) for day in (start, end))
    by_hand = [VersionKind.CREATED, VersionKind.EDITED, VersionKind.RESTORED]
    rows = RecordVersion.objects.filter(
        node__in=nodes, at__gte=first, at__lt=last, kind__in=by_hand, staff__isnull=False
    ).values_list("staff", TruncDate("at", tzinfo=zone), "kind")
    done: Counter[tuple[str, date, str]] = Counter()
    for member, day, kind, count in rows.annotate(records=Count("record", distinct=True)).order_by():
        done[f"staff:{member}", day, "created" if kind == VersionKind.CREATED else "edited"] += count
    return done
