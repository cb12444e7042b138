"""Items: matched by barcode, hung on their records, registered as opening stock, brought up by later exports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wenlan.catalogue import operations as catalogue
from wenlan.catalogue import queries as titles
from wenlan.catalogue.cnmarc import EMPTY_LEADER, AnyField, ControlField, Field, MarcRecord, Subfield
from wenlan.catalogue.description.numbers import isbn13
from wenlan.catalogue.types import MarcFormat, Material
from wenlan.holdings import operations as holdings
from wenlan.holdings import takeover
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.takeover import KnownItem, OldItem
from wenlan.holdings.types import ItemStatus, Lending, NewItem, NewTreatment, TreatmentKind, TreatmentOutcome
from wenlan.kernel.acts import Act
from wenlan.moving import keys, policies, statements
from wenlan.moving.tables import Line, opened
from wenlan.moving.types import Outcome, Part, Problem
from wenlan.moving.work import Work, batches

LONGEST = 40
TREATED = {ItemStatus.IN_REPAIR.value: TreatmentKind.REPAIR, ItemStatus.AT_BINDERY.value: TreatmentKind.BINDING}
# What circulation says with a row of its own stands on the shelf until that row is there.
SHELVED = {"on_loan", "on_hold_shelf", "in_transit", *TREATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A line that may become an item: `state` is ours for what it says, `brief` the record it could be made of."""

    line: Line
    key: str
    barcode: str
    state: str
    old: OldItem
    isbn: str
    number: str
    brief: MarcRecord | None


def take(work: Work, path: Path) -> int:
    """Take in a file of items; returns how many lines it has."""
    table = opened(path, work.form(Part.ITEMS), encoding=work.profile.encoding)
    assert table is not None
    work.has_loan_counts |= "loans" in table.columns
    done = 0
    for batch in batches(table.lines):
        drafts = [draft for line in batch if (draft := drafted(work, line)) is not None]
        settled(work, done, drafts)
        done += len(batch)
        work.say(Part.ITEMS, done)
    return done


def drafted(work: Work, line: Line) -> Draft | None:
    """Return what a line says, None when it is kept out by itself."""
    barcode = line.text("barcode") or line.text("accession_number")
    key, state = barcode_key(barcode), state_of(work, line, barcode)
    price = price_of(work, line, barcode)
    if state == ItemStatus.WITHDRAWN:
        since = key in takeover.known_items([key], scope=work.order.scope)
        work.note(Part.ITEMS, line.number, barcode, Problem.WITHDRAWN_SINCE if since else Problem.WITHDRAWN_THERE)
        work.count(Part.ITEMS, Outcome.SKIPPED)
        work.seen_items.add(key)
        work.withdrawn.add(key)
        return None
    work.stated.update({"items": 1, "price_fen": price or 0})
    problem = None if key else Problem.BARCODE_MISSING
    problem = Problem.TOO_LONG if len(key) > LONGEST else problem
    problem = Problem.TWICE if key in work.seen_items else problem
    if problem:
        keep_out(work, line, barcode, problem, price)
        return None
    work.seen_items.add(key)
    old = old_item(work, line, barcode=barcode, state=state, price=price)
    isbn = isbn13(line.text("isbn"))
    return Draft(
        line=line, key=key, barcode=barcode, state=state, old=old, isbn=isbn,
        number=work.copies.get(key) or line.text("record"),
        brief=brief(work, line, isbn, old.new.material),
    )  # fmt: skip


def keep_out(work: Work, line: Line, barcode: str, problem: Problem, price: int | None) -> None:
    """Count a line that is kept out."""
    work.note(Part.ITEMS, line.number, barcode, problem)
    work.count(Part.ITEMS, Outcome.REJECTED)
    work.kept_out.update({"items": 1, "price_fen": price or 0})


def state_of(work: Work, line: Line, barcode: str) -> str:
    """Return our state for the source's word; what nobody knows is out of service until somebody says what it means."""
    word = line.text("state")
    states = work.form(Part.ITEMS).of("states")
    for told in (word, *word.replace("，", ",").split(",")):
        if state := work.told("state", told) or states.get(told, ""):
            return str(state)
    if word:
        work.word(Part.ITEMS, "state", word, line, barcode, Problem.STATE_UNKNOWN)
        return ItemStatus.LOCKED.value
    return ItemStatus.AVAILABLE.value


def price_of(work: Work, line: Line, barcode: str) -> int | None:
    """Return the price in fen, None when none can be read."""
    text = line.text("price")
    try:
        return policies.fen(text, unit=work.profile.money) if text else None
    except ValueError:
        work.note(Part.ITEMS, line.number, barcode, Problem.PRICE_UNREADABLE, text)
        return None


def old_item(work: Work, line: Line, *, barcode: str, state: str, price: int | None) -> OldItem:
    """Return the item that a line says, its record not yet known."""
    owner = node_of(work, line, "owner", barcode) or work.order.node
    place = work.place(line.text("place")) if line.text("place") else None
    if line.text("place") and place is None:
        work.word(Part.ITEMS, "place", line.text("place"), line, barcode, Problem.PLACE_UNKNOWN)
    shelved = place.node if place else owner
    lending, material = kind_of(work, line, barcode)
    new = NewItem(
        record=0,
        barcode=barcode,
        barcode_scope=work.order.scope,
        owner=owner,
        shelved_at=shelved,
        department=place.department if place else None,
        lending=lending,
        status=ItemStatus.AVAILABLE if state in SHELVED else state,
        material=material,
        volume=line.text("volume")[:60],
        call_number=line.text("call_number")[:60],
        list_price_fen=price,
        origin=str(work.form(Part.ITEMS).of("origins").get(line.text("origin"), "")),
        source=work.source,
        accession_number=line.text("accession_number")[:LONGEST],
        key=keys.item_key(work.source, barcode_key(barcode))[:100],
    )
    loans = number_of(work, line, barcode) if "loans" in line.told else None
    return OldItem(new=new, present_node=node_of(work, line, "present", barcode) or shelved, loans=loans)


def number_of(work: Work, line: Line, barcode: str) -> int:
    """Return how often the item was lent so far."""
    try:
        return policies.number(line.text("loans"))
    except ValueError:
        work.note(Part.ITEMS, line.number, barcode, Problem.NUMBER_UNREADABLE, line.text("loans"))
        return 0


def node_of(work: Work, line: Line, what: str, barcode: str) -> int | None:
    """Return the node that a cell names, None for an empty one or a word that nobody knows."""
    words = line.text(what)
    if not words:
        return None
    place = work.place(words)
    if place is None:
        work.word(Part.ITEMS, "place", words, line, barcode, Problem.PLACE_UNKNOWN)
    return place.node if place else None


def kind_of(work: Work, line: Line, barcode: str) -> tuple[str, str]:
    """Return whether it leaves the house, and its material where the kind says one."""
    word = line.text("kind")
    told = work.told("kind", word) or str(work.form(Part.ITEMS).of("kinds").get(word, ""))
    if word and not told:
        work.word(Part.ITEMS, "kind", word, line, barcode, Problem.KIND_UNKNOWN)
    if told in Lending.values:
        return told, ""
    return Lending.LENDABLE.value, told if told in Material.values else ""


def brief(work: Work, line: Line, isbn: str, material: str) -> MarcRecord | None:
    """Return a short CNMARC record of what the line says of its title; None without one."""
    title, author = line.text("title"), line.text("author")
    if not title:
        return None
    publisher, year = line.text("publisher"), line.text("year")[:4]
    number = keys.brief_number(work.source, title, author, isbn, publisher, year, line.text("class_number"), material)
    about = {
        "010": [("a", isbn)],
        "101": [("a", "chi")],
        "200": [("a", title), ("f", author)],
        "210": [("c", publisher), ("d", year)],
        "690": [("a", line.text("class_number"))],
        "701": [("a", author)],
    }
    indicators = {"101": "0 ", "200": "1 ", "701": " 0"}
    coded = Field(
        "100", "  ", (Subfield("a", f"        d{year if year.isdigit() else '    '}    em y0chiy50      ea"),)
    )
    told = [
        Field(tag, indicators.get(tag, "  "), tuple(Subfield(code, value) for code, value in values if value))
        for tag, values in about.items()
        if any(value for _, value in values)
    ]
    whole: list[AnyField] = [ControlField("001", number), coded, *told]
    return MarcRecord(EMPTY_LEADER, tuple(sorted(whole, key=lambda one: one.tag)))


@dataclass(frozen=True, slots=True)
class Batch:
    """What is written of a batch: new items, changed ones, and those that went to a treatment or came back from one."""

    new: list[tuple[Draft, OldItem]] = field(default_factory=list)
    changed: list[tuple[KnownItem, OldItem]] = field(default_factory=list)
    treated: list[tuple[int, str]] = field(default_factory=list)


def settled(work: Work, start: int, drafts: Sequence[Draft]) -> None:
    """Say what becomes of a batch of drafts, and do it in one transaction for the new and one for the changed."""
    known = takeover.known_items([draft.key for draft in drafts], scope=work.order.scope)
    fresh = [draft for draft in drafts if draft.key not in known]
    records = records_of(work, start, fresh)
    batch = Batch()
    for draft in drafts:
        ours = known.get(draft.key)
        if ours is not None:
            outcome = met(work, draft, ours, batch)
        elif draft.key in work.items:  # in a trial: the record's copies would have made it
            outcome = Outcome.SAME
        else:
            outcome = fitted(work, draft, records, batch)
        if outcome is not None:
            taken(work, draft, outcome)
    if not work.is_trial:
        write(work.step_of(start), work, batch)


def taken(work: Work, draft: Draft, outcome: Outcome) -> None:
    """Count a line that is in."""
    work.count(Part.ITEMS, outcome)
    if outcome is Outcome.NEW:
        work.new_price_fen += draft.old.new.list_price_fen or 0
    work.here.update({"items": 1, "price_fen": draft.old.new.list_price_fen or 0})
    if work.is_trial:
        work.items.add(draft.key)
    if draft.state == ItemStatus.ON_LOAN:
        work.lent_there[draft.key] = (work.file, draft.line.number)


def met(work: Work, draft: Draft, ours: KnownItem, batch: Batch) -> Outcome | None:
    """Return what becomes of an item that stands here; None when it is somebody else's."""
    if not ours.key.startswith((keys.prefix(work.source), f"marc:{work.order.scope}:")):
        keep_out(work, draft.line, draft.barcode, Problem.OTHER_TITLE, draft.old.new.list_price_fen)
        return None
    told = draft.old
    if draft.state in SHELVED and ours.status in takeover.SETTLED:
        told = replace(told, new=replace(told.new, status=ours.status))
    went = draft.state in TREATED and ours.status in takeover.SETTLED
    came = ours.status in TREATED and draft.state in takeover.SETTLED
    if went or came:
        batch.treated.append((ours.id, draft.state))
    if takeover.differs(ours, told):
        batch.changed.append((ours, told))
        return Outcome.CHANGED
    return Outcome.CHANGED if went or came else Outcome.SAME


def fitted(work: Work, draft: Draft, records: Mapping[str, int], batch: Batch) -> Outcome | None:
    """Return what becomes of an item that is new; None when no record can be found or made."""
    marks = (f"#{draft.number}" if draft.number else "", draft.isbn, f"#{control_of(draft)}")
    record = next((records[mark] for mark in marks if mark and mark in records), None)
    if record is None:
        keep_out(work, draft.line, draft.barcode, Problem.NO_RECORD, draft.old.new.list_price_fen)
        return None
    told = draft.old.new
    number = (told.owner or 0, told.accession_number)
    if number[1] and number in work.numbers:
        work.note(Part.ITEMS, draft.line.number, draft.barcode, Problem.NUMBER_TAKEN, number[1])
        told = replace(told, accession_number="")
    work.numbers.add(number)
    batch.new.append((draft, replace(draft.old, new=replace(told, record=record))))
    return Outcome.NEW


def control_of(draft: Draft) -> str:
    """Return the control number of the record that could be made of a line."""
    return draft.brief.control("001") if draft.brief else ""


def records_of(work: Work, start: int, drafts: Sequence[Draft]) -> dict[str, int]:
    """Return the records of new items by `#number` and by ISBN; what has none gets a brief one. No ids in a trial."""
    numbers = {draft.number for draft in drafts} | {control_of(draft) for draft in drafts}
    found = {f"#{number}": record for number, record in statements.records_by_number(numbers - {""}).items()}
    isbns = {draft.isbn for draft in drafts if draft.isbn and f"#{draft.number}" not in found}
    if isbns:
        for view in titles.records_by_number(sorted(isbns)):
            found.update({isbn: view.id for isbn in view.isbn if isbn in isbns and isbn not in found})
    if work.is_trial:
        marks = {f"#{number}" for number in numbers} | isbns
        found |= {mark: 0 for mark in marks & work.records if mark not in found}
    missing: dict[str, MarcRecord] = {}
    for draft in drafts:
        has = f"#{draft.number}" in found or draft.isbn in found or f"#{control_of(draft)}" in found
        if draft.brief and not has:
            missing.setdefault(control_of(draft), draft.brief)
    return found | made(work, start, missing)


def made(work: Work, start: int, missing: Mapping[str, MarcRecord]) -> dict[str, int]:
    """Make brief records; return their ids by number."""
    if not missing:
        return {}
    work.count(Part.RECORDS, Outcome.NEW, len(missing))
    if work.is_trial:
        work.records |= {f"#{number}" for number in missing}
        return dict.fromkeys((f"#{number}" for number in missing), 0)
    ids = catalogue.add_records(work.step_of(start), records=list(missing.values()), format=MarcFormat.CNMARC)
    return {f"#{number}": record for number, record in zip(missing, ids, strict=True)}


def write(act: Act, work: Work, batch: Batch) -> None:
    """Register the new items, bring up the changed ones, send to repair and bindery and take back from there."""
    items = free_numbers(work, batch.new)
    ids = takeover.take_in(act, items=items) if items else ()
    if batch.changed:
        takeover.bring_up(act, changes=batch.changed)
    new = [(item, draft.state) for (draft, _old), item in zip(batch.new, ids, strict=True)]
    for item, state in (*batch.treated, *new):
        one = replace(act, key=f"{act.key}/{item}")
        if state in TREATED:
            told = NewTreatment(kind=TREATED[state], work=work.source)
            holdings.send_for_treatment(one, item=item, treatment=told)
        elif (item, state) in batch.treated:
            holdings.end_treatment(one, item=item, outcome=TreatmentOutcome.DONE)


def free_numbers(work: Work, new: Sequence[tuple[Draft, OldItem]]) -> list[OldItem]:
    """Return the items, those without their accession number that another item of the owner has already."""
    by_owner: dict[int, set[str]] = {}
    for _draft, old in new:
        if old.new.accession_number:
            by_owner.setdefault(old.new.owner or 0, set()).add(old.new.accession_number)
    taken_ones = {owner: takeover.numbers_taken(owner, numbers) for owner, numbers in by_owner.items()}
    items = []
    for draft, old in new:
        if old.new.accession_number in taken_ones.get(old.new.owner or 0, ()):
            work.note(Part.ITEMS, draft.line.number, draft.barcode, Problem.NUMBER_TAKEN, old.new.accession_number)
            old = replace(old, new=replace(old.new, accession_number=""))
        items.append(old)
    return items


def gone(work: Work) -> None:
    """Name the items that were taken over before and are no longer in the export."""
    for key, barcode in takeover.under(keys.prefix(work.source)):
        if key not in work.seen_items:
            work.note(Part.ITEMS, 0, barcode, Problem.GONE_ITEM)


def without_loan(work: Work) -> None:
    """Let items be searched for that are lent by their state there, and by no loan."""
    waiting = sorted(work.lent_there)
    for start in range(0, len(waiting), 500):
        barcodes = waiting[start : start + 500]
        known = takeover.known_items(barcodes, scope=work.order.scope)
        lent_here = {key for key, one in known.items() if one.status not in takeover.SETTLED}
        for barcode in sorted(set(barcodes) - lent_here):
            work.file, where = work.lent_there[barcode]
            work.note(Part.ITEMS, where, barcode, Problem.LENT_WITHOUT_LOAN)
        if not work.is_trial:
            ids = [one.id for one in known.values()]
            takeover.settle(work.step_of(start), items=ids, status=ItemStatus.SEARCHED_FOR.value)
