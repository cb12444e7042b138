"""What a small demonstration holds none of, made once in a copy of it, so that `./dev shots` finds those pages too.

The copy goes when the walk is over; the installation itself is only read. On PostgreSQL nothing is copied and nothing
is made: the walk then says which pages it did not find.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.console import ROOT, say
from wenlan.kernel.acts import Act, Channel

DATABASE = "wenlan.sqlite3"
READERS = """学号,姓名,性别,出生日期,读者类型,单位,班级,监护人,监护人电话,监护人同意
S1,示例学生甲,女,2010-05-01,少儿,示例小学,三（1）班,示例家长,13900000001,是
S2,示例学生乙,男,2011-09-12,没有这一类,示例小学,三（1）班,示例家长,13900000002,是
S3,,女,2011-01-02,少儿,示例小学,三（1）班,,,
"""


@contextmanager
def copied() -> Iterator[bool]:
    """Let WENLAN_HOME be a copy of the installation meanwhile; yield whether it is one. Before Django is set up."""
    home = Path(os.environ.get("WENLAN_HOME") or ROOT / "var")
    if os.environ.get("WENLAN_DATABASE_URL") or not (home / DATABASE).is_file():
        say("the installation is not copied; pages of which it holds none are not found")
        yield False
        return
    with TemporaryDirectory(prefix="wenlan-shots-") as folder:
        copy = Path(folder) / "home"
        shutil.copytree(home, copy, ignore=shutil.ignore_patterns(f"{DATABASE}*", "shots", "bench", "reports"))
        with closing(sqlite3.connect(home / DATABASE)) as source, closing(sqlite3.connect(copy / DATABASE)) as target:
            source.backup(target)
        os.environ["WENLAN_HOME"] = str(copy)
        try:
            yield True
        finally:
            os.environ["WENLAN_HOME"] = str(home)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where things are made, and by whom: `act()` is what one member of staff does, `second()` another."""

    node: int
    staff: int
    other: int
    numbers: Iterator[int]

    def act(self, days_ago: int = 0) -> Act:
        """Return an act at the library, now or some days ago."""
        from wenlan.ui import clock

        at = clock.now() - timedelta(days=days_ago)
        return Act(at=at, node=self.node, channel=Channel.DESK, staff=self.staff, key=f"shots:{next(self.numbers)}")

    def second(self) -> Act:
        """Return an act of the member of staff who decides."""
        return replace(self.act(), staff=self.other)


def prepare() -> tuple[str, ...]:
    """Make one of each in the installation of WENLAN_HOME, at the library most readers belong to.

    Returns the addresses of pages to which no link leads, but a button or a file brought in.
    """
    stage = set_up()
    return tuple(address for make in MAKERS for address in make(stage) or ())


def set_up() -> Stage:
    """Return the stage: the library of the most readers, and two of its staff."""
    from django.contrib.auth import get_user_model
    from django.db.models import Count

    from wenlan.patrons.models import Patron

    home = Patron.objects.values_list("home_node").annotate(readers=Count("pk")).order_by("-readers").first()
    one, other = get_user_model().objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)[:2]
    return Stage(home[0] if home else 1, one, other, count())


def batches(stage: Stage) -> Iterable[str]:
    """Two batches of a supplier: copies without a barcode; a title in doubt, a parcel, a sample that was drawn."""
    from wenlan.acquisitions import operations
    from wenlan.acquisitions.testing import list_file, marc_file, supplied
    from wenlan.acquisitions.types import Receipt, SupplierFacts
    from wenlan.catalogue import operations as catalogue
    from wenlan.catalogue.testing import make_marc

    facts = SupplierFacts(code="SHOTS", name="示例新华书店", sample_percent=100, scans_parcels=True)
    supplier = operations.save_supplier(stage.act(), facts=facts).id
    bare = list_file(["示例来书乙", "20.00", 2, ""], headings=["书名", "定价", "册数", "条码"])
    without = operations.receive(stage.act(), receipt=Receipt(supplier=supplier, packing_list=bare))
    catalogue.add_record(stage.act(), marc=make_marc("示例重名书", author="示例作者"))
    sent = marc_file(supplied("示例重名书", "SHOTS2", "SHOTS3", author="另一作者"), supplied("示例来书甲", "SHOTS1"))
    number = operations.receive(stage.act(), receipt=Receipt(supplier=supplier, marc=sent))
    operations.scan(stage.act(), batch=number, parcel="1", code="SHOTS1")
    operations.draw_sample(stage.act(), batch=number)
    return (f"/desk/acquisitions/{number}/", f"/desk/acquisitions/{without}/barcodes/")


def campaign(stage: Stage) -> None:
    """A call to bring late books back."""
    from wenlan.circulation.campaigns import operations
    from wenlan.circulation.campaigns.types import Draft, Scope

    act = stage.act()
    scope = Scope(node=stage.node, due_before=act.day)
    operations.begin(act, draft=Draft(name="图书馆喊你来还书", scope=scope, until=act.day + timedelta(days=30)))


def centres(stage: Stage) -> None:
    """A union centre, and a target of copy cataloguing."""
    from wenlan.protocols.copying import operations as copying
    from wenlan.protocols.copying.types import TargetFacts
    from wenlan.protocols.uploading import operations as uploading
    from wenlan.protocols.uploading.types import CentreFacts, Route

    uploading.save_centre(stage.act(), facts=CentreFacts(name="示例联编中心", route=Route.FILE, format="cnmarc"))
    target = TargetFacts(name="示例目标馆", protocol="sru", host="127.0.0.1", port=9, path="/sru")
    copying.save_target(stage.act(), facts=target)


def lists(stage: Stage) -> None:
    """A list of a school's readers that was taken in, but for the lines that were kept out."""
    from wenlan.patrons.intake import operations, reading
    from wenlan.patrons.intake.profiles import profile
    from wenlan.patrons.intake.types import Source

    file = reading.read("示例名单.csv", READERS.encode("utf-8-sig"), profile("plain"))
    source = Source(name="shots", profile="plain", categories={"少儿": "child"}, places={"": stage.node})
    made = operations.prepare(stage.act(), file=file, file_name="示例名单.csv", source=source)
    operations.run(stage.act(), intake=made)


def records(stage: Stage) -> Iterable[str]:
    """A file of records that was taken in but for a broken one, and another that waits."""
    from wenlan.acquisitions.testing import marc_file, supplied
    from wenlan.holdings.exchange.waiting import WaitingFile, keep
    from wenlan.holdings.incoming import import_with_items
    from wenlan.holdings.profiles import profile
    from wenlan.kernel.ids import new_uid

    act = stage.act()
    sent = marc_file(
        supplied("示例来书丙", "SHOTS4"), b"00026nam0 2200025   450 \x1e\x1d", name="示例.iso", codec="utf-8"
    )
    said = WaitingFile(uid=new_uid(), name=sent.name, node=stage.node, profile="905-per-copy")
    first = keep([sent.content], said, at=act.at)
    import_with_items(act, path=first.path, profile=profile("905-per-copy"))
    second = keep([sent.content], replace(said, name="示例二.iso"), at=act.at)
    return (f"/desk/items/incoming/{second.uid}/",)


def small_things(stage: Stage) -> Iterable[str]:
    """A series of barcodes, a plan of allocation, a cap on admission, a book of the library's own, a refund to pay."""
    from wenlan.credit.money import operations as money
    from wenlan.credit.money.queries import undecided
    from wenlan.credit.money.types import ApprovalKind
    from wenlan.holdings.handovers import operations as handovers
    from wenlan.holdings.models import Item
    from wenlan.holdings.series import operations as series
    from wenlan.network.almanac import operations as almanac
    from wenlan.registers import operations as registers
    from wenlan.registers.testing import make_book

    series.make_series(stage.act(), wanted=series.Wanted(prefix="SH", digits=7, count=20))
    handovers.make_plan(stage.act(), name="示例分配", shares=[(stage.node, None, 1)], in_turn=False)
    act = stage.act()
    almanac.set_cap(act, node=stage.node, most=200, slot_minutes=120, reason="示例：限流进馆", from_day=act.day)
    registers.declare(stage.act(), make_book())
    for approval in undecided([stage.node]):
        if approval.kind == ApprovalKind.REFUND_DEPOSIT:
            money.decide(stage.second(), approval_id=approval.id, is_granted=True)
    item = Item.objects.order_by("pk").values_list("pk", flat=True).first()
    return (
        "/desk/registers/visits_received/declare/",
        f"/desk/items/call-numbers/schemes/{stage.node}/",
        f"/desk/items/{item}/ancient/",
    )


def station(stage: Stage) -> None:
    """A self-service station at which people become readers by themselves."""
    from wenlan.patrons.joining import operations as joining
    from wenlan.patrons.joining.types import Way
    from wenlan.protocols.models import Terminal

    joining.set_rule(stage.act(), node=stage.node, way=Way.AT_ONCE)
    for terminal in Terminal.objects.filter(is_active=True, node=stage.node).order_by("pk")[:1]:
        terminal.rights = [*terminal.rights, "register"]
        terminal.save(update_fields=["rights"])


MAKERS: tuple[Callable[[Stage], Iterable[str] | None], ...] = (
    batches,
    campaign,
    centres,
    lists,
    records,
    station,
    small_things,
)
