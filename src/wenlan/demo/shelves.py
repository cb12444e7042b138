"""Books that leave the shelves for good or for a while: weeding, repair, a count; and books that drift."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.drifting import operations as drifting
from wenlan.circulation.drifting.types import BookView, DriftOrigin, NewDriftBook
from wenlan.demo import collections
from wenlan.demo.stage import Deed, Stage
from wenlan.demo.works import works
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.batches import operations as batches
from wenlan.holdings.stocktaking import operations as stocktaking
from wenlan.holdings.stocktaking import queries as counts
from wenlan.holdings.stocktaking.operations import Scope
from wenlan.holdings.stocktaking.types import FindingKind, Resolution
from wenlan.holdings.types import NewTreatment, TreatmentKind, TreatmentOutcome, WithdrawalWay
from wenlan.holdings.weeding import operations as weeding
from wenlan.holdings.weeding.types import WeedingReason

AT, LATER = 10 * 3600, 11 * 3600
WORN = 6  # volumes on each of the two lists
PAPER = "示文旅〔2019〕第12号"
POINTS = (
    ("CZ-M", "市馆一楼大厅漂流架", "一楼大厅东侧"),
    ("CZ-M", "西门还书亭漂流角", "西门"),
    ("CZ-B01", "东街分馆漂流架", "前台旁"),
)
GIFTS, FROM_STOCK = 9, 3
ROUNDS = 8  # how often somebody takes a book along and another leaves one
RECORDINGS, ROOM = 12, "CZ-R-ELECTRONIC"


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield what is done with these books in the year."""
    for month, deed in ((9, propose), (10, review), (11, decide)):
        yield stage.on(month, 17), partial(deed, stage)
    yield stage.on(11, 22), partial(dispose, stage)
    yield stage.last(3), partial(propose_more, stage)
    yield stage.on(10, 23), partial(send_to_bindery, stage)
    yield stage.on(11, 27), partial(come_back, stage)
    yield stage.on(12, 4), partial(take_stock, stage)
    yield stage.last(), partial(begin_to_count, stage)
    yield stage.on(11, 26), partial(change_desk, stage)
    yield stage.on(4, 23), partial(release, stage)
    for at in range(ROUNDS):
        yield stage.on(5 + at * 8 // ROUNDS, 3 + 9 * (at % 3)), partial(drift, stage, at)
    yield stage.on(12, 6), partial(release_from_stock, stage)
    yield stage.last(2), partial(tally, stage)


def _list(stage: Stage, day: date) -> int:
    worn = dict.fromkeys(collections.ids(stage, "worn", 0, WORN), WeedingReason.WORN)
    act = stage.act(day, AT, "weeding", by="stacks")
    return weeding.propose(act, owner=stage.library, items=worn, subject="破损剔旧").id


def propose(stage: Stage, day: date) -> None:
    """Propose worn volumes for weeding."""
    _list(stage, day)


def review(stage: Stage, day: date) -> None:
    """Give the opinion of the departments."""
    act = stage.act(day, LATER, "weeding:reviewed", by="acquisitions")
    weeding.review(act, list_id=_list(stage, day), opinion="同意剔除，均有复本在架。")


def decide(stage: Stage, day: date) -> None:
    """Approve the list under the number of its paper."""
    act = stage.act(day, LATER, "weeding:approved", by="director")
    weeding.decide(act, list_id=_list(stage, day), approve=True, paper=PAPER)


def dispose(stage: Stage, day: date) -> None:
    """Deregister them; some of them will drift."""
    act = stage.act(day, LATER, "weeding:disposed", by="stacks")
    weeding.dispose(act, list_id=_list(stage, day), way=WithdrawalWay.DONATE, recipient="图书漂流")


def propose_more(stage: Stage, day: date) -> None:
    """Propose further volumes: the departments have not looked at them yet."""
    unused = dict.fromkeys(collections.ids(stage, "worn", WORN, 2 * WORN), WeedingReason.UNUSED)
    act = stage.act(day, AT, "weeding:more", by="stacks")
    weeding.propose(act, owner=stage.library, items=unused, subject="三年未借出")


def send_to_bindery(stage: Stage, day: date) -> None:
    """Send one volume to repair, another to the bindery."""
    volumes = [*collections.ids(stage, "wished", 23, 24), *collections.ids(stage, "new", 12, 13)]
    kinds = ((TreatmentKind.REPAIR, "书脊脱胶"), (TreatmentKind.BINDING, "改精装"))
    for item, (kind, work) in zip(volumes, kinds, strict=True):
        act = stage.act(day, AT, f"treatment:{kind}", by="stacks")
        holdings.send_for_treatment(act, item=item, treatment=NewTreatment(kind=kind, work=work, sent_to="示例装订厂"))


def come_back(stage: Stage, day: date) -> None:
    """Take the repaired one back."""
    (item,) = collections.ids(stage, "wished", 23, 24)
    act = stage.act(day, AT, "treatment:back", by="stacks")
    holdings.end_treatment(act, item=item, outcome=TreatmentOutcome.DONE, cost_fen=1200)


def _count(stage: Stage, day: date, name: str, room: str) -> int:
    scope = Scope(node=stage.library, department=stage.departments[room])
    return stocktaking.open_count(stage.act(day, AT, f"count:{name}", by="stacks"), name=name, scope=scope).id


def take_stock(stage: Stage, day: date) -> None:
    """Count the recordings: all but one are there, and it is searched for."""
    count = _count(stage, day, "视听资料盘点", ROOM)
    scans = [f"CZA{number + 1:07d}" for number in range(RECORDINGS - 1)]
    stocktaking.take_scans(stage.act(day, AT + 600, "count:scans", by="stacks"), count_id=count, barcodes=scans)
    stocktaking.compare(stage.act(day, LATER, "count:compared", by="stacks"), count_id=count)
    missing = [one.id for one in counts.findings(count) if one.kind == FindingKind.MISSING]
    act = stage.act(day, LATER + 60, "count:resolved", by="stacks")
    stocktaking.resolve(act, count_id=count, findings=missing, resolution=Resolution.SEARCH)
    stocktaking.close_count(stage.act(day, LATER + 120, "count:closed", by="stacks"), count_id=count)


def begin_to_count(stage: Stage, day: date) -> None:
    """Begin to count the bound volumes."""
    count = _count(stage, day, "期刊合订本盘点", "CZ-R-PERIODICALS")
    scans = [f"CZP{number + 1:07d}" for number in range(12)]
    stocktaking.take_scans(stage.act(day, LATER, "count:begun", by="stacks"), count_id=count, barcodes=scans)


def change_desk(stage: Stage, day: date) -> None:
    """Give some volumes to another loan desk, in one batch."""
    changes = {"department": stage.departments["CZ-GENERAL"]}
    made = batches.prepare(
        stage.act(day, AT, "batch", by="stacks"), items=collections.ids(stage, "wished", 4, 8), changes=changes
    )
    batches.run(stage.act(day, LATER, "batch:run", by="stacks"), batch_id=made.id)


def point(stage: Stage, day: date, at: int) -> int:
    """Return a drifting point, opened when it is first asked for."""
    node, name, where = POINTS[at % len(POINTS)]
    act = stage.act(day, AT, f"drift:point:{at % len(POINTS)}", by="activities", place=node)
    return drifting.open_point(act, words={"zh": name}, place=where).id


def gift(stage: Stage, day: date, at: int) -> BookView:
    """Return a book that a reader gave, released when it is first asked for."""
    work = works()[200 + 37 * at]
    book = NewDriftBook(title=work.title, author="，".join(name for name, _role in work.authors), note="读者捐赠")
    where = point(stage, day, at)
    return drifting.release(stage.act(day, LATER + at, f"drift:gift:{at}", by="activities"), point=where, book=book)


def release(stage: Stage, day: date) -> None:
    """Let readers' gifts drift on the reading day."""
    for at in range(GIFTS):
        gift(stage, day, at)


def release_from_stock(stage: Stage, day: date) -> None:
    """Let some of the deregistered volumes drift."""
    worn = collections.ids(stage, "worn", 0, FROM_STOCK)
    records = {item.id: item.record for item in items.items_by_id(worn).values()}
    titles = catalogue.titles(set(records.values()))
    for at, item in enumerate(worn):
        book = NewDriftBook(title=titles[records[item]], origin=DriftOrigin.STOCK, item=item)
        act = stage.act(day, LATER + at, f"drift:stock:{at}", by="activities")
        drifting.release(act, point=point(stage, day, 0), book=book)


def drift(stage: Stage, at: int, day: date) -> None:
    """Somebody takes a book along; the one that was taken the time before last is found at another point."""
    taken = gift(stage, day, at % GIFTS)
    if taken.point is not None:
        drifting.take(stage.act(day, AT, f"drift:taken:{at}", by="circulation"), number=taken.number)
    if at >= 2:
        back = gift(stage, day, (at - 2) % GIFTS)
        act = stage.act(day, LATER, f"drift:left:{at}", by="circulation")
        drifting.leave(act, number=back.number, point=point(stage, day, at))


def tally(stage: Stage, day: date) -> None:
    """Write down how many volumes went and came that nobody scanned."""
    for what, quantity in (("taken", 7), ("left", 5)):
        act = stage.act(day, LATER, f"drift:tally:{what}", by="circulation")
        drifting.tally(act, point=point(stage, day, 0), what=what, quantity=quantity, day=day)
