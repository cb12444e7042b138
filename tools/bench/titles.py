"""A catalogue of invented titles: `python -m tools.bench.titles fill|index|ask COUNT`, each printing JSON.

Words come from the pinyin dictionary's phrases, a few of them often and most of them seldom, as in a catalogue.
Record `n` is the same on every machine.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from random import Random
from statistics import median
from typing import Any

import django

AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
CLASSES = (
    "I247.57",
    "I267",
    "K825.6",
    "TP311.561",
    "B821-49",
    "F832.5",
    "G624.233",
    "H319.4",
    "R161",
    "J292",
    "D923.04",
)
ENDINGS = ("", "", "", "研究", "概论", "史话", "导读", "选集", "手册", "的世界", "与人生")
PUBLISHERS = ("文澜出版社", "示例教育出版社", "江河文艺出版社", "北山科技出版社", "少年出版社")
LANGUAGES, MATERIALS, AUDIENCES = (
    ("chi", "chi", "chi", "chi", "eng"),
    ("book", "book", "book", "serial"),
    ("adult", "child", ""),
)
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "明文华志建国平海云春秋雪峰林涛静宁远安然"
BATCH = 2_000
QUERIES = 200


@cache
def phrases() -> list[str]:
    """Return the words that titles are made of."""
    from pypinyin.phrases_dict import phrases_dict

    return sorted((one for one in phrases_dict if 2 <= len(one) <= 4), key=lambda one: Random(one).random())


def title(number: int) -> str:
    """Return the title of record `number`."""
    draw, known = Random(number), phrases()
    words = [known[int(len(known) * draw.random() ** 3)] for _ in range(draw.choice((2, 2, 3)))]
    return "".join(words) + draw.choice(ENDINGS)


def rows(first: int, count: int, node: int) -> Iterator[Any]:
    """Yield rows of the table of records."""
    from wenlan.catalogue.description.folding import key, pinyin_of
    from wenlan.catalogue.models import BibRecord

    for number in range(first, first + count):
        draw, named = Random(-number), title(number)
        author = draw.choice(FAMILY) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2))))
        pinyin, initials = pinyin_of(named)
        class_number = draw.choice(CLASSES)
        yield BibRecord(
            node_id=node, format="cnmarc", title_proper=named, title_key=key(named)[:200], responsibility=f"{author}著",
            authors=[author], publisher=draw.choice(PUBLISHERS), year=draw.randrange(1950, 2026), subjects=[named[:2]],
            class_number=class_number, main_class=class_number[0], language=draw.choice(LANGUAGES),
            material=draw.choice(MATERIALS), audience=draw.choice(AUDIENCES), pinyin=pinyin, initials=initials,
            content_hash=f"{number:032x}", created_at=AT, updated_at=AT, marc="{}",
        )  # fmt: skip


def fill(count: int) -> dict[str, float]:
    """Write `count` records into the tables, without telling the index, and where in a network of 90 places each is."""
    from wenlan.catalogue.models import BibRecord, HeldRecord
    from wenlan.network.queries import root

    began, places = time.perf_counter(), branches(root().id)
    for first in range(0, count, BATCH):
        made = BibRecord.objects.bulk_create(rows(first, min(BATCH, count - first), places[0]))
        HeldRecord.objects.bulk_create(
            HeldRecord(record_id=one.pk, nodes=sorted({*Random(one.pk).choices(places, k=3)}), copies=3) for one in made
        )
    return {"seconds": time.perf_counter() - began}


def branches(root: int) -> list[int]:
    """Open ten libraries with eight branches each under the root; return all of them."""
    from wenlan.network.testing import make_node

    libraries = [make_node(f"BENCH{one}", parent=root).id for one in range(10)]
    return [*libraries, *(make_node(parent=library).id for library in libraries for _branch in range(8))]


def index(_count: int) -> dict[str, float]:
    """Build the index from the tables; return its records, the seconds, and the peak of this process's memory."""
    from wenlan.catalogue.operations import rebuild_index
    from wenlan.ui.clock import now

    began = time.perf_counter()
    records = rebuild_index(at=now())
    seconds = time.perf_counter() - began
    return {
        "records": records,
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def asked(count: int) -> dict[str, list[str]]:
    """Return what is asked, by kind: two words of a title, two characters from its middle, its initials."""
    from wenlan.catalogue.description.chinese import cut
    from wenlan.catalogue.description.folding import pinyin_of

    titles = [title(Random(f"query {number}").randrange(count)) for number in range(QUERIES)]
    words = [[one for one in cut(text) if len(one) > 1] for text in titles]
    return {
        "title words": [" ".join(found[:2]) for found in words if len(found) > 1],
        "two middle characters": [text[len(text) // 2 - 1 : len(text) // 2 + 1] for text in titles],
        "pinyin initials": [initials for text in titles if len(initials := pinyin_of(text)[1]) >= 4],
    }


def ask(count: int) -> dict[str, dict[str, float]]:
    """Ask the engine; return for each kind of question the median and the 95th percentile in milliseconds."""
    from wenlan.catalogue.indexing import index as engine
    from wenlan.catalogue.queries import placed
    from wenlan.catalogue.types import Counts, SearchQuery

    found, few = {}, []
    for kind, texts in asked(count).items():
        found[kind] = timed(lambda text: engine().search(SearchQuery(text=text, counts=Counts.NEVER)), texts)
        few += [one for one in texts if 0 < engine().search(SearchQuery(text=one)).total <= SearchQuery.FEW_HITS]
    found["facets, at most 5,000 hits"] = timed(
        lambda text: engine().search(placed(SearchQuery(text=text))), few[:QUERIES]
    )
    found["facets of all records"] = timed(lambda _: engine().search(placed(SearchQuery())), [""] * 20)
    found["suggestions"] = timed(
        lambda text: engine().suggestions(text, 8), [one[:3] for one in asked(count)["pinyin initials"]]
    )
    return found


def timed(question: Callable[[str], object], texts: list[str]) -> dict[str, float]:
    """Ask each question once after a few to warm up; return what it took in milliseconds."""
    for text in texts[:5]:
        question(text)
    took = []
    for text in texts:
        began = time.perf_counter()
        question(text)
        took.append(1000 * (time.perf_counter() - began))
    return {"median": median(took), "p95": sorted(took)[int(0.95 * len(took))]}


def main() -> int:
    """Do one part; print what it found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    part, count = sys.argv[1], int(sys.argv[2])
    print(json.dumps({"fill": fill, "index": index, "ask": ask, "asked": asked}[part](count), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
