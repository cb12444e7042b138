"""How fast a file of records with items is taken in: real MARC 21 records of the test data, each with one item.

    python -m tools.bench.catalogue_import FILE DATA [RECORDS]    into the installation in WENLAN_HOME

The records keep their bytes and encodings; one field 852 with a barcode and a call number is added to each.
The rate that counts is the wall's: other processes read and describe while this one writes, so it may be above that
of the CPU seconds of all, which is told beside it and says more on a machine that is not alone.
"""

import gzip
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

import django

from tools.bench.figures import Figure
from tools.bench.running import module, output, said, settings
from tools.console import ROOT

RECORDS = 17_000
LEAST = 2_000
FOLDERS = ("marc21_gpo", "marc21_other", "marc21_880_cjk")


def importing(folder: Path) -> Iterator[Figure]:
    """Import real records with items on SQLite, without the index; nothing when the test data is not there."""
    data = Path(os.environ.get("WENLAN_TEST_DATA") or ROOT.parent / "shared" / "data") / "marc"
    if not data.is_dir():
        return
    under = settings(folder / "import")
    output(module("wenlan", "init", under=under))
    file = folder / "records.mrc"
    found = said(module("tools.bench.catalogue_import", file, data, under=under))
    parser, taken_in = found["records"] / found["parser"], found["records"] / found["cpu"]
    yield Figure(what=f"parser only, {found['records']:,} MARC 21 records", value=parser, unit="/s of CPU")
    by_the_wall = found["records"] / found["wall"]
    yield Figure(what="import with items, SQLite (FULL), by the wall", value=by_the_wall, unit="/s", least=LEAST)
    yield Figure(what="import with items, SQLite (FULL), all processes", value=taken_in, unit="/s of CPU")
    yield Figure(what="of the parser's rate", value=taken_in / parser, unit="")
    yield Figure(what="of the parser's rate, by the wall", value=by_the_wall / parser, unit="")
    again = found["records"] / found["again"]
    yield Figure(what="the same file again, nothing changes", value=again, unit="/s of CPU")
    yield Figure(what="changed by the second time", value=found["changed"], unit="records or items", most=0)


def write_records(file: Path, data: Path, records: int = RECORDS) -> int:
    """Write that many real records with an item each; returns how many there were."""
    from wenlan.catalogue.cnmarc import iso2709
    from wenlan.catalogue.cnmarc.reading import pieces

    written = 0
    with file.open("wb") as target:
        for source in sorted(path for name in FOLDERS for path in (data / name).rglob("*.m*rc*")):
            with gzip.open(source) if source.suffix == ".gz" else source.open("rb") as opened:
                for piece in pieces(cast("IO[bytes]", opened)):
                    if written == records:
                        return written
                    written += 1
                    target.write(with_item(iso2709.part(piece.raw), written))
    return written


def with_item(raw: "iso2709.RawRecord", number: int) -> bytes:  # type: ignore[name-defined] # noqa: F821
    """Return the record with one more field: an item with a barcode and a call number of its class."""
    shelf = {tag: body for tag, body in raw.fields if tag in (b"050", b"082", b"086")}
    class_number = next(iter(shelf.values()), b"  \x1faZ").split(b"\x1f")[1][1:]
    item = b"  \x1fbMAIN\x1fh%b\x1fi%d\x1fpB%07d" % (class_number[:30], number, number)
    directory, body = bytearray(), bytearray()
    for tag, data in (*raw.fields, (b"852", item)):
        directory += b"%b%04d%05d" % (tag, len(data) + 1, len(body))
        body += data + b"\x1e"
    base = 24 + len(directory) + 1
    head = b"%05d%b%05d%b" % (base + len(body) + 1, raw.leader[5:12], base, raw.leader[17:24])
    return b"".join((head, bytes(directory), b"\x1e", bytes(body), b"\x1d"))


def measure(file: Path, data: Path, records: int = RECORDS) -> dict[str, float]:
    """Parse the file, import it, and import it again."""
    from wenlan.catalogue.cnmarc import read_file
    from wenlan.holdings.incoming import import_with_items
    from wenlan.holdings.profiles import profile
    from wenlan.kernel.acts import Act, Channel
    from wenlan.network import queries as network

    write_records(file, data, records)
    found: dict[str, float] = {}
    began = _spent()
    found["records"] = sum(1 for _ in read_file(file))
    found["parser"] = _spent() - began
    act = Act(at=datetime(2020, 1, 2, 2, tzinfo=UTC), node=network.root().id, channel=Channel.IMPORT, key="bench")
    began, wall = _spent(), time.perf_counter()
    first = import_with_items(act, path=file, profile=profile("852-marc21"))
    found["cpu"], found["wall"] = _spent() - began, time.perf_counter() - wall
    began = _spent()
    again = import_with_items(act, path=file, profile=profile("852-marc21"))
    found["again"] = _spent() - began
    found["changed"] = again.made + again.records.created + again.records.updated
    if first.made < first.records.created or first.records.accounted != first.records.read:
        raise SystemExit(f"not all was taken in: {first}")
    return found


def _spent() -> float:
    """Return the CPU seconds of this process and of those it started and waited for."""
    return sum(os.times()[:4])


def main() -> int:
    """Measure in the installation of WENLAN_HOME; print the seconds as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
