"""Building a demonstration: places, people, rules, records, stock, readers, as they stood on the eve of the year."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from functools import cache
from random import Random
from typing import Any

from wenlan.activities import operations as activities
from wenlan.activities.types import Mode, ProgrammeDetails
from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.circulation import operations as circulation
from wenlan.demo import collections, people
from wenlan.demo.credit import build_credit
from wenlan.demo.gatherings import take_over_blind_aid
from wenlan.demo.guests import build_categories, build_guests
from wenlan.demo.headings import build_headings
from wenlan.demo.models import Demo
from wenlan.demo.office import take_over_books
from wenlan.demo.plan import read_table
from wenlan.demo.stage import Stage, terminal_code
from wenlan.demo.stock import OWN_SHELF, SHELVES, Block, barcode, records_of
from wenlan.demo.village import build_village
from wenlan.demo.wheels import list_machines, plan_lines
from wenlan.demo.works import record_of, sample_record, works
from wenlan.facilities import operations as facilities
from wenlan.holdings import operations as holdings
from wenlan.holdings.types import NewItem
from wenlan.ledger import operations as ledger
from wenlan.network import operations as network
from wenlan.network.types import DepartmentKind, NodeFacts, NodeKind
from wenlan.patrons import operations as patrons
from wenlan.patrons import passwords
from wenlan.patrons import queries as readers
from wenlan.patrons.types import NewReader
from wenlan.protocols.sip2 import terminals
from wenlan.staff import operations as staff

SAMPLE_PRICES_FEN = (1800, 2500, 2800, 3200, 3600, 3980, 4500, 4980, 5800, 6800)
SHOWN_READERS = 2  # a grown-up and a child
LOAN_DESKS = tuple(OWN_SHELF)
PASSWORD_WORDS = ("wenlan", "shangdang", "taihang", "zhanghe", "luzhou", "shuxiang")


def build_places(stage: Stage, demo: Demo) -> None:
    """Open the network, the main library with its departments, the bus, the branches; set hours and closed days."""
    stated = stage.places
    opened: date = stated["opened"]
    root = _open(stated["network"], NodeKind.NETWORK, None, opened, is_demo=True)
    library = _open(stated["library"], NodeKind.LIBRARY, root, opened, statistical_unit=True)
    _open(stated["bus"], NodeKind.BUS, library, stated["bus"]["since"])
    for row in stated["outlets"]:
        _open(row, NodeKind(row["kind"]), root, opened)
    for row in stated["departments"]:
        network.add_department(
            None,
            node=library,
            code=row["code"],
            names=_names(row),
            kind=DepartmentKind(row["kind"]),
            since=opened,
            seats=row.get("seats"),
        )
    network.set_hours(None, node=root, week=_week(stated["hours"]), since=opened)
    for row in stated["closed"]:
        network.close_days(None, node=root, start=row["start"], end=row["end"], reason=_names(row))
    ledger.ensure_token_keys(stage.plan.year - 1, stage.plan.year)


def _open(row: dict[str, Any], kind: NodeKind, parent: int | None, since: date, **more: Any) -> int:
    facts = NodeFacts(
        code=row["code"],
        names=_names(row),
        kind=kind,
        parent=parent,
        since=since,
        division_code=row.get("division", ""),
        address=row.get("address", ""),
        area_m2=row.get("area_m2"),
        host_kind=row.get("host", ""),
        **more,
    )
    return network.open_node(None, facts).id


def _names(row: dict[str, Any]) -> dict[str, str]:
    return {tag: row[tag] for tag in ("zh", "en") if tag in row}


def _week(rows: list[dict[str, Any]]) -> dict[int, list[tuple[time, time]]]:
    return {weekday: [(row["opens"], row["closes"])] for row in rows for weekday in row["weekdays"]}


def build_staff(stage: Stage, demo: Demo) -> None:
    """Open one account for each shipped role."""
    for row in read_table("names.toml")["staff"]:
        node = stage.nodes[row.get("node", stage.plan.node)]
        member = staff.create_member(
            None,
            username=row["username"],
            name=row["name"],
            password=password(stage.seed, row["username"]),
            home_node=node,
            department=stage.departments.get(row.get("department", "")),
        )
        granted = stage.nodes[row["granted"]] if "granted" in row else node
        staff.grant(None, staff=member.id, role=row["role"], node=granted, from_day=stage.places["opened"])
        demo.staff[row["username"]] = member.id
    demo.save(update_fields=["staff"])
    stage.staff = demo.staff


def password(seed: int, username: str) -> str:
    """Return the password of a shown account; it protects nothing but a demonstration."""
    dice = Random(f"{seed}:password:{username}")
    return f"{dice.choice(PASSWORD_WORDS)}-{dice.randrange(10_000):04d}"


def build_rules(stage: Stage, demo: Demo) -> None:
    """Ship the categories of readers and the lending rules."""
    patrons.load_categories()
    circulation.load_rules()


def build_gates(stage: Stage, demo: Demo) -> None:
    """Set up the gates of the main library and one at each branch."""
    for code in stage.plan.figures["visits"]:
        act = stage.taken_over(f"gate:{code}")
        facilities.add_gate(act, code=code, words={"zh": f"{code[-1]}号门", "en": f"Gate {code[-1]}"})
    for code in stage.stock.branches:
        act = replace(stage.taken_over(f"gate:{code}"), node=stage.nodes[code])
        facilities.add_gate(act, code=f"{code}-GATE", words={"zh": "入口", "en": "Entrance"})


def build_stock(stage: Stage, demo: Demo) -> None:
    """Catalogue the real works and the samples, and register the opening stock, as taken over from an old system."""
    ids = opening_records(stage)
    demo.periodicals = list(ids["periodical"])
    demo.save(update_fields=["periodicals"])
    for block in stage.stock.opening:
        act = stage.taken_over(f"stock:{block.first}", by="acquisitions")
        holdings.accession_many(act, items=list(new_items(stage, block, ids[block.shelf], 0)))
    collections.shelve(stage, ids)


def opening_records(stage: Stage) -> dict[str, tuple[int, ...]]:
    """Write the records that stand there on the eve; return their ids by kind of shelf, in the order of `Stock`."""
    act = stage.taken_over("records", by="cataloguer")
    found = {}
    for shelf in (*SHELVES, "periodical"):
        real = [record_of(work, number) for number, work in enumerate(works()) if work.shelf == shelf]
        last = stage.stock.opening_records.get(shelf, len(real))
        marc = [*real, *samples(stage, shelf, range(len(real), last))]
        found[shelf] = catalogue.add_records(act, records=marc, index=False)  # the index is built after the year
    return found


def samples(stage: Stage, shelf: str, records: range) -> list[MarcRecord]:
    """Return the sample records that stand behind the real works of a shelf."""
    real = real_works(shelf)
    return [sample_record(stage.seed, shelf, record - real) for record in records]


@cache
def real_works(shelf: str) -> int:
    """Return how many records of a shelf are real works: they come first."""
    return sum(work.shelf == shelf for work in works())


def new_items(stage: Stage, block: Block, ids: tuple[int, ...], first_record: int) -> Iterator[NewItem]:
    """Yield the items of a block; `ids` are its records from `first_record` on. Only samples have made-up prices."""
    real = real_works(block.shelf)
    dice = Random(f"{stage.seed}:prices:{block.first}")
    shelved_at, department = stage.node_of(block.pool), stage.departments.get(block.pool)
    for item, record in records_of(block):
        yield NewItem(
            record=ids[record - first_record],
            barcode=barcode(item),
            owner=stage.library,
            shelved_at=shelved_at,
            department=department,
            list_price_fen=dice.choice(SAMPLE_PRICES_FEN) if record >= real else None,
            origin="purchase",
            key=f"demo:item:{item}",
        )


def build_readers(stage: Stage, demo: Demo) -> None:
    """Register the readers who were there before the year."""
    act = stage.taken_over("readers", by="circulation")
    opening = stage.lending.opening_readers
    for start in range(0, opening, 2000):
        numbers = range(start, min(start + 2000, opening))
        patrons.register_many(act, readers=[new_reader(stage, number, stage.eve) for number in numbers])


def new_reader(stage: Stage, number: int, on: date) -> NewReader:
    """Return what a reader says on registering; every eighth does it at a branch."""
    branches = tuple(stage.stock.branches)
    home = stage.nodes[branches[number // 8 % len(branches)]] if number % 8 == 0 else stage.library
    said = people.reader(stage.seed, number, home_node=home, on=on)
    return replace(said, key=f"demo:reader:{number}")


def build_sign_ins(stage: Stage, demo: Demo) -> None:
    """Give the first readers a password for the portal, and enter the self-service machines beside the loan desks."""
    for number in range(SHOWN_READERS):
        card = people.card_number(number)
        passwords.set_password(
            stage.taken_over(f"password:{card}", by="circulation"),
            patron=readers.patron_id_by_card(card),
            password=password(stage.seed, card),
        )
    for desk in LOAN_DESKS:
        terminals.enrol(
            code=terminal_code(desk),
            password=password(stage.seed, terminal_code(desk)),
            node=stage.library,
            department=stage.departments[desk],
        )


def build_programmes(stage: Stage, demo: Demo) -> None:
    """Found the year's programmes."""
    for row in stage.plan.stated["programmes"]:
        activities.plan_programme(
            stage.taken_over(f"programme:{row['code']}", by="activities"),
            code=row["code"],
            kind=row["code"].partition(".")[0],
            words=_names(row),
            details=ProgrammeDetails(
                mode=Mode(row.get("mode", Mode.ONSITE)),
                is_brand=row.get("brand", False),
                edition=row.get("edition"),
                special_group=row.get("special_group", ""),
            ),
        )


def build_books(stage: Stage, demo: Demo) -> None:
    """Take over what earlier years left: the books' standing entries, and the project for blind readers.

    Vehicles and stops of the books are listed one by one; the bus gets its lines.
    """
    take_over_books(stage)
    list_machines(stage)
    plan_lines(stage)
    take_over_blind_aid(stage)


PARTS: dict[str, Callable[[Stage, Demo], None]] = {
    "places": build_places,
    "staff": build_staff,
    "rules": build_rules,
    "categories": build_categories,
    "credit": build_credit,
    "gates": build_gates,
    "stock": build_stock,
    "headings": build_headings,
    "readers": build_readers,
    "guests": build_guests,
    "village": build_village,
    "sign-ins": build_sign_ins,
    "programmes": build_programmes,
    "books": build_books,
}
