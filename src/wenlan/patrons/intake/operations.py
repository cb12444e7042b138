"""Taking in a file of readers: a trial that writes nothing, a file kept to be looked at, and the run."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import NotFound
from wenlan.patrons import identity, queries, registering
from wenlan.patrons import operations as patrons
from wenlan.patrons.belongings import Opening, packages
from wenlan.patrons.intake import lines as reading_lines
from wenlan.patrons.intake.models import Intake, IntakeLine
from wenlan.patrons.intake.planning import TAKEN, key_of, planned
from wenlan.patrons.intake.profiles import Profile, profile
from wenlan.patrons.intake.reading import ReaderFile
from wenlan.patrons.intake.types import Counts, Line, Problem, Report, Source
from wenlan.patrons.models import Card, Category, Guardian, Patron
from wenlan.patrons.policies import tidy
from wenlan.patrons.types import CardKind, CardStatus, NewGuardian, NewReader, PatronStatus, Term
from wenlan.patrons.units import operations as units
from wenlan.staff.operations import audit, audit_many

FORGOTTEN_AFTER = timedelta(days=60)
STEP = 200  # readers a transaction: on SQLite the desk waits for it


def trial(act: Act, *, file: ReaderFile, source: Source) -> tuple[Report, tuple[Line, ...]]:
    """Return what a file would become now; nothing is written."""
    found = _plan(act, file, source)
    now = counts()
    return _report(found, before=now, after=now, money_moved=False), found


@transaction.atomic
def prepare(act: Act, *, file: ReaderFile, file_name: str, source: Source) -> int:
    """Keep a file with what would become of each line, to be looked at; return the intake's id.

    What the lines say is kept encrypted. Repeating `act.key` returns the one kept first.
    """
    if known := Intake.objects.filter(key=act.key).first():
        return known.pk
    found = _plan(act, file, source)
    now = counts()
    report = _report(found, before=now, after=now, money_moved=False)
    facts = {"report": asdict(report), "source": asdict(source), "headings": list(file.headings)}
    made = kept(act, file_name=file_name, source=source, facts=facts, key=act.key)
    _keep_lines(made, found)
    return made.pk


def kept(
    act: Act, *, file_name: str, source: Source, facts: Mapping[str, Any], key: str, run_at: datetime | None = None
) -> Intake:
    """Keep a file without its lines; `run_at` is given where they are taken in as they come."""
    return Intake.objects.create(
        made_at=act.at,
        node_id=act.node,
        operator=act.operator,
        source=source.name,
        profile=source.profile,
        file_name=file_name[:120],
        facts=facts,
        run_at=run_at,
        run_by=act.operator if run_at else "",
        key=key,
    )


def run(act: Act, *, intake: int) -> Report:
    """Make readers of the lines of a kept file as they stand now, in small steps; running twice is as once.

    A step that fails leaves the steps before it; run again, and it goes on. Raises NotFound.
    """
    made = Intake.objects.filter(pk=intake).first()
    if made is None:
        raise NotFound(what=str(intake))
    source, before = Source(**made.facts["source"]), counts()
    found = planned(_lines_of(made), source=source.name, profile=profile(source.profile), on=act.day)
    write(act, found, source, made)
    report = _report(found, before=before, after=counts(), money_moved=source.with_money)
    with transaction.atomic():
        made.facts = made.facts | {"report": asdict(report)}
        made.run_at, made.run_by = act.at, act.operator
        made.save(update_fields=["facts", "run_at", "run_by"])
        audit(act, "patrons.intake", f"intake:{made.pk}", after={"outcomes": dict(report.outcomes)})
    return report


def _plan(act: Act, file: ReaderFile, source: Source) -> tuple[Line, ...]:
    form = profile(source.profile)
    lines = reading_lines.lines_of(file, form, source, act.node)
    return planned(lines, source=source.name, profile=form, on=act.day)


Mark = Callable[[Intake, Sequence[Line], Mapping[int, int]], None]


def write(act: Act, lines: Sequence[Line], source: Source, made: Intake, *, mark: Mark | None = None) -> None:
    """Make readers of planned lines in small transactions, and mark what became of each.

    `mark` writes down what became of lines, with the readers' ids by line, in the transaction that made them.
    """
    acting = _act_of(act, profile(source.profile)) if mark is None else act
    marked = mark or _mark
    wanted = [line for line in lines if line.outcome in TAKEN]
    for start in range(0, len(wanted), STEP):
        step = wanted[start : start + STEP]
        with transaction.atomic():
            ids = _register(acting, [line for line in step if line.outcome == "new"], source)
            ids |= _change(acting, [line for line in step if line.outcome == "changed"], source)
            ids |= _known([line for line in step if line.outcome == "same"], source)
            if source.with_money:
                _take_money_over(acting, step, ids)
            marked(made, step, ids)
    marked(made, [line for line in lines if line.outcome not in TAKEN], {})


def _act_of(act: Act, form: Profile) -> Act:
    """Return the act as the ledger counts it: readers of another system are no registrations of this year."""
    channel = Channel.IMPORT if form.takes_over else act.channel
    return Act(
        at=act.at, node=act.node, channel=channel, key=act.key, department=act.department, staff=act.staff,
        device=act.device,
    )  # fmt: skip


def _register(act: Act, lines: Sequence[Line], source: Source) -> dict[int, int]:
    """Register the readers of new lines; return their ids by line."""
    keyed = [(key_of(source.name, line.source_id), line.reader) for line in lines if line.reader]
    registering.refuse(act.day, [reader for _, reader in keyed], is_taken_over=act.channel == Channel.IMPORT)
    rows = registering.rows_of(act, keyed)
    for line, row in zip(lines, rows, strict=True):
        if line.state != "valid":  # a new reader and card are
            _set_state(act, row, line.state)
    return {line.number: row.pk for line, row in zip(lines, rows, strict=True)}


def _known(lines: Sequence[Line], source: Source) -> dict[int, int]:
    ids = registering.registered_before([key_of(source.name, line.source_id) for line in lines])
    return {line.number: ids[key_of(source.name, line.source_id)] for line in lines}


def _change(act: Act, lines: Sequence[Line], source: Source) -> dict[int, int]:
    """Bring readers up to what the source says of them now; return their ids by line."""
    ids = _known(lines, source)
    by_code = {row.code: row for row in Category.objects.all()}
    for line in lines:
        if line.reader is not None:
            row = patrons.locked(ids[line.number])
            _bring_up(act, row, line.reader, by_code[line.reader.category])
            _set_state(act, row, line.state)
    audit_many(act, "patrons.taken_over", [(f"patron:{patron}", {"source": source.name}) for patron in ids.values()])
    return ids


def _bring_up(act: Act, row: Patron, reader: NewReader, category: Category) -> None:
    row.name, row.category, row.home_node_id = reader.name, category, reader.home_node or row.home_node_id
    row.phone, row.phone_tail = tidy(reader.phone), queries.phone_tail(reader.phone)
    row.email, row.address = reader.email, reader.address
    row.sex, row.birth_date = reader.sex or row.sex, reader.birth_date or row.birth_date
    if reader.term is not None:
        row.valid_until = reader.term.last
        row.valid_from = min(row.valid_from, reader.term.last) if reader.term.last else row.valid_from
    if reader.id_number and registering.document_of(row) != reader.id_number:
        registering.set_document(row, kind=reader.document_kind, number=reader.id_number)
    row.save()
    if reader.unit:
        units.belong(act, patron=row.pk, unit=reader.unit, group=reader.group)
    key = identity.card_key(reader.card_number)
    if not Card.objects.filter(patron=row, number_key=key, until_day=None).exists():
        Card.objects.filter(patron=row, kind=CardKind.BARCODE, until_day=None).update(
            status=CardStatus.REPLACED, status_since=act.day, until_day=act.day
        )
        registering.new_card(act, row, kind=CardKind.BARCODE, number=reader.card_number).save()
    if reader.guardian is not None:
        facts = {"name": reader.guardian.name, "relation": reader.guardian.relation, "phone": reader.guardian.phone}
        new = facts | registering.consent_of(act, reader.guardian)
        Guardian.objects.update_or_create(patron=row, defaults=facts, create_defaults=new)


def _set_state(act: Act, row: Patron, state: str) -> None:
    """Set the state of the account and of its cards to the source's: valid, lost or suspended."""
    status = PatronStatus.SUSPENDED if state == "suspended" else PatronStatus.VALID
    card = CardStatus.LOST if state == "lost" else CardStatus.VALID
    if row.status != status:
        Patron.objects.filter(pk=row.pk).update(status=status, status_since=act.day, suspended_until=None)
    Card.objects.filter(patron=row, until_day=None).exclude(status=card).update(status=card, status_since=act.day)


def _take_money_over(act: Act, lines: Sequence[Line], ids: Mapping[int, int]) -> None:
    """Tell the packages that keep money and points what the source states of each reader."""
    openings = {
        ids[line.number]: Opening(deposit_fen=line.deposit_fen, owed_fen=line.owed_fen, points=line.points)
        for line in lines
        if line.deposit_fen or line.owed_fen or line.points is not None
    }
    for package in packages().values():
        if package.take_over is not None and openings:
            package.take_over(act, openings)


def _keep_lines(made: Intake, lines: Sequence[Line]) -> None:
    cipher = identity.cipher()
    IntakeLine.objects.bulk_create(
        [
            IntakeLine(
                intake=made,
                number=line.number,
                source_id=line.source_id,
                digest=line.digest,
                said=cipher.encrypt(_as_text(line), bound_to=bound_to(made, line.number)),
                outcome=line.outcome,
                problems=[list(problem) for problem in line.problems],
            )
            for line in lines
        ],
        batch_size=STEP,
    )


def _mark(made: Intake, lines: Sequence[Line], ids: Mapping[int, int]) -> None:
    """Write what became of lines; what a reader's line said is not kept any longer."""
    kept = {row.number: row for row in IntakeLine.objects.filter(intake=made, number__in=[one.number for one in lines])}
    rows = []
    for line in lines:
        row = kept[line.number]
        row.outcome, row.digest, row.patron_id = line.outcome, line.digest, ids.get(line.number)
        row.problems = [list(problem) for problem in line.problems]
        rows.append(row)
    IntakeLine.objects.bulk_update(rows, ["outcome", "digest", "patron", "problems"], batch_size=STEP)


def bound_to(made: Intake, number: int) -> bytes:
    """Return what ties the secret of a line to its place."""
    return made.uid.bytes + number.to_bytes(4, "big")


def _as_text(line: Line) -> str:
    return json.dumps(asdict(line), default=str, ensure_ascii=False)


def _lines_of(made: Intake) -> list[Line]:
    return [line for row in made.lines.order_by("number") if (line := line_of(made, row)) is not None]


def line_of(made: Intake, row: IntakeLine) -> Line | None:
    """Return what a kept line said; None when it was erased."""
    if row.said is None:
        return None
    told: dict[str, Any] = json.loads(identity.cipher().decrypt(bytes(row.said), bound_to=bound_to(made, row.number)))
    reader = told.pop("reader")
    told["problems"] = tuple((code, words) for code, words in told["problems"] if code != Problem.REFUSED)
    told["problems"] = tuple(one for one in told["problems"] if one[0] != Problem.CLOSED_HERE)
    outcome = told.pop("outcome")
    line = Line(**told | {"cells": tuple(told["cells"])}, reader=_reader_of(reader) if reader else None)
    return line if line.reader else Line(**_plain(line) | {"outcome": outcome})


def _plain(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in Line.__dataclass_fields__}


def _reader_of(told: dict[str, Any]) -> NewReader:
    guardian, term, birth = told.pop("guardian"), told.pop("term"), told.pop("birth_date")
    return NewReader(
        **told,
        birth_date=date.fromisoformat(birth) if birth else None,
        guardian=NewGuardian(**guardian) if guardian else None,
        term=Term(
            start=date.fromisoformat(term["start"]), last=date.fromisoformat(term["last"]) if term["last"] else None
        )
        if term
        else None,
    )


@transaction.atomic
def tidy_up(*, at: datetime, limit: int = 1000) -> int:
    """Forget what the lines of old files said: `FORGOTTEN_AFTER` the run, or the reading when nobody ran it.

    Returns how many lines were forgotten. What became of each, and the digest by which the next trial knows it, stay.
    """
    old = Q(intake__run_at__lt=at - FORGOTTEN_AFTER) | Q(intake__run_at=None, intake__made_at__lt=at - FORGOTTEN_AFTER)
    chosen = list(
        IntakeLine.objects.filter(old, said__isnull=False).order_by("id").values_list("id", flat=True)[:limit]
    )
    return IntakeLine.objects.filter(pk__in=chosen).update(said=None, problems=[])


def counts(nodes: Collection[int] | None = None) -> Counts:
    """Return the open accounts of the network (or of nodes), their serving cards, and the sums on them."""
    rows = Patron.objects.exclude(status=PatronStatus.DEREGISTERED)
    if nodes is not None:
        rows = rows.filter(home_node__in=nodes)
    sums = rows.aggregate(deposit=Sum("deposit_fen"), owed=Sum("owed_fen"))
    return Counts(
        readers=rows.count(),
        cards=Card.objects.filter(patron__in=rows.values("pk"), until_day=None).count(),
        deposit_fen=sums["deposit"] or 0,
        owed_fen=sums["owed"] or 0,
    )


def _report(lines: Sequence[Line], *, before: Counts, after: Counts, money_moved: bool) -> Report:
    taken = [line for line in lines if line.outcome in TAKEN]
    return Report(
        lines=len(lines),
        outcomes=dict(Counter(line.outcome for line in lines)),
        problems=dict(Counter(str(Problem(code).value) for line in lines for code, _words in line.problems)),
        unknown_categories=reading_lines.unknown(lines, Problem.CATEGORY_UNKNOWN),
        unknown_places=reading_lines.unknown(lines, Problem.PLACE_UNKNOWN),
        stated=Counts(
            readers=len(taken),
            cards=len(taken),
            deposit_fen=sum(line.deposit_fen for line in taken),
            owed_fen=sum(line.owed_fen for line in taken),
        ),
        before=before,
        after=after,
        money_moved=money_moved,
    )
