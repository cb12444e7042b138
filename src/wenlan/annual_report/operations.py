"""Writes of the report: stating its texts, composing an edition, leading it to the signature."""

from datetime import date

from django.db import transaction
from django.utils import translation

from wenlan.annual_report import queries
from wenlan.annual_report.composition import Composed, Told, compose_document
from wenlan.annual_report.documents import charts
from wenlan.annual_report.errors import FindingBlocks, ReasonMissing, SamplesOnlyInDemo, StepRefused
from wenlan.annual_report.gathering import Setting
from wenlan.annual_report.models import Edition, EditionFigure, EditionFinding, EditionStep, StatedText
from wenlan.annual_report.policies import numbers, proofreading
from wenlan.annual_report.policies.steps import StepFacts, state_after, step_refusals
from wenlan.annual_report.shapes import Shape, sample_texts
from wenlan.annual_report.shapes import shape as shape_named
from wenlan.annual_report.trees import to_json
from wenlan.annual_report.types import ChronicleEntry, EditionView, StatedTextView, Step, StoredFigure
from wenlan.indicators import operations as sums
from wenlan.indicators import queries as indicators
from wenlan.indicators.types import NETWORK
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as answers
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.network.types import NodeKind, NodeStatus
from wenlan.registers import queries as registers
from wenlan.staff import operations as staff
from wenlan.staff import queries as people
from wenlan.staff.types import Right

OUTLETS = (
    NodeKind.LIBRARY,
    NodeKind.BUILDING,
    NodeKind.BRANCH,
    NodeKind.STUDY_ROOM,
    NodeKind.VILLAGE_ROOM,
    NodeKind.POINT,
    NodeKind.BUS,
)
STEP_RIGHTS = {
    Step.CHECK: Right.REPORT_CHECK,
    Step.REVIEW: Right.REPORT_REVIEW,
    Step.SIGN: Right.REPORT_SIGN,
}


def compose(act: Act, *, node: int, year: int, shape: str = "changzhi") -> EditionView:
    """Compose an edition of a node's year from the sums and keep it with everything it states.

    Figures that wait to be summed are summed first. Raises NotFound, ShapeUnknown, TypesettingFailed (no drawing could
    be made); then nothing is kept. Repeating `act.key` returns the first edition.
    """
    known = answers.answer(act.key, "annual_report.compose")
    if known is not None:
        return queries.edition(known["edition"])
    declared = shape_named(shape)
    sums.fold_all()
    with translation.override("zh-hans"):
        setting = setting_of(node=node, year=year, on=act.day, scope=declared.scope)
        told = told_of(setting)
        composed = compose_document(shape=declared, setting=setting, told=told, source=indicators)
    drawings = charts.drawings(composed.document)
    return queries.edition(_keep(act, setting=setting, shape=declared, composed=composed, drawings=drawings))


@transaction.atomic
def state_text(
    act: Act,
    *,
    node: int,
    slot: str,
    text: str,
    source_document: str,
    approver: str,
    until_day: date | None = None,
) -> StatedTextView:
    """Enter a text for a slot, as the office writes it. It is used once it has been confirmed for a year."""
    row = StatedText.objects.create(
        node_id=node,
        slot=slot,
        text=text.strip(),
        source_document=source_document,
        approver=approver,
        from_day=act.day,
        until_day=until_day,
        entered_at=act.at,
        entered_by_id=act.staff,
    )
    staff.audit(act, "report.text_stated", f"report_text:{row.pk}", after={"slot": slot})
    return next(view for view in queries.stated_texts(node) if view.id == row.pk)


@transaction.atomic
def confirm_text(act: Act, *, text: int, year: int) -> None:
    """Confirm a stated text for the report of a year; last year's must be confirmed anew. Raises NotFound."""
    if not StatedText.objects.filter(pk=text).update(confirmed_for=year):
        raise NotFound(what=str(text))
    staff.audit(act, "report.text_confirmed", f"report_text:{text}", after={"year": year})


@transaction.atomic
def enter_sample_texts(act: Act, *, node: int, year: int, shape: str = "changzhi") -> int:
    """Fill the empty slots of a demonstration's report with neutral, marked texts; returns how many.

    Raises SamplesOnlyInDemo elsewhere.
    """
    if not network.is_demo():
        raise SamplesOnlyInDemo
    held = set(queries.texts_for(node=node, year=year, on=act.day))
    missing = {slot: text for slot, text in sample_texts(shape).items() if slot not in held}
    StatedText.objects.bulk_create(
        StatedText(
            node_id=node,
            slot=slot,
            text=text.replace("{year}", str(year)).strip(),
            from_day=act.day,
            confirmed_for=year,
            sample=True,
            entered_at=act.at,
            entered_by_id=act.staff,
        )
        for slot, text in missing.items()
    )
    return len(missing)


@transaction.atomic
def release_finding(act: Act, *, finding: int, reason: str) -> None:
    """Let a finding stand for a reason.

    Raises NotFound, ReasonMissing, FindingBlocks, and StepRefused without the right to sign.
    """
    row = EditionFinding.objects.select_for_update().select_related("edition").filter(pk=finding).first()
    if row is None:
        raise NotFound(what=str(finding))
    if not reason.strip():
        raise ReasonMissing
    if row.blocks:
        raise FindingBlocks
    _insist(act, row.edition, step=Step.SIGN, only_right=True)
    row.released_by_id, row.released_at, row.reason = act.staff, act.at, reason.strip()[:200]
    row.save(update_fields=["released_by", "released_at", "reason"])
    staff.audit(act, "report.finding_released", f"report:{row.edition_id}", reason=reason)


@transaction.atomic
def take_step(act: Act, *, edition: int, step: str, note: str = "") -> EditionView:
    """Lead an edition one step on, or back to its drafter. Locks the edition. Raises NotFound, StepRefused."""
    row = Edition.objects.select_for_update().filter(pk=edition).first()
    if row is None:
        raise NotFound(what=str(edition))
    _insist(act, row, step=step)
    row.state = state_after(step)
    row.save(update_fields=["state"])
    EditionStep.objects.create(edition=row, step=step, by_id=act.staff, at=act.at, note=note.strip()[:200])
    staff.audit(act, f"report.{step}", f"report:{edition}", reason=note)
    return queries.edition(edition)


def setting_of(*, node: int, year: int, on: date, scope: str) -> Setting:
    """Return where and when a report is composed, the tree as of the last day of its year.

    A network has no acts of its own, so its report is always that of all under it.
    """
    last = Period.year(year).last_day
    under = network.subtree(node, last)
    outlets = tuple(
        view
        for view in network.nodes(last)
        if view.id in under and view.kind in OUTLETS and view.status == NodeStatus.OPEN
    )
    view = network.node(node, last)
    return Setting(
        node=view,
        year=year,
        on=on,
        departments=tuple(view for view in network.departments() if view.node in under),
        outlets=outlets,
        scope=NETWORK if view.kind == NodeKind.NETWORK else scope,
        demo=network.is_demo(),
    )


def told_of(setting: Setting) -> Told:
    """Return what people wrote down for a report: texts confirmed for its year, last year's, the chronicle."""
    node, year = setting.node.id, setting.year
    lines = [
        (*numbers.told_day(line.text, line.day, year=year), line.level)
        for line in registers.chronicle(node, setting.period)
    ]
    return Told(
        texts=queries.texts_for(node=node, year=year, on=setting.on),
        previous=queries.texts_printed(node=node, year=year - 1),
        chronicle=tuple(ChronicleEntry(day=day, text=text, level=level) for day, text, level in lines),
    )


@transaction.atomic
def _keep(act: Act, *, setting: Setting, shape: Shape, composed: Composed, drawings: dict[str, str]) -> int:
    node, year = setting.node.id, setting.year
    complete = [figure.complete_until for figure in composed.figures.values() if figure.complete_until is not None]
    row = Edition.objects.create(
        node_id=node,
        year=year,
        number=jobs.next_number("annual_report", f"{node}:{year}"),
        shape=shape.code,
        scope=setting.scope,
        title=composed.document.title,
        composed_at=act.at,
        composed_by_id=act.staff,
        complete_until=min(complete, default=None),
        document=to_json(composed.document),
        drawings=drawings,
    )
    EditionFigure.objects.bulk_create(
        _figure_row(row, position, figure) for position, figure in enumerate(composed.figures.values(), start=1)
    )
    EditionFinding.objects.bulk_create(
        EditionFinding(
            edition=row,
            position=position,
            code=finding.code,
            params=dict(finding.params),
            refs=list(finding.refs),
            slot=finding.slot,
            blocks=finding.blocks,
        )
        for position, finding in enumerate(proofreading.findings(composed.facts), start=1)
    )
    EditionStep.objects.create(edition=row, step=Step.DRAFT, by_id=act.staff, at=act.at)
    jobs.remember(act.key, "annual_report.compose", {"edition": row.pk}, at=act.at)
    staff.audit(act, "report.composed", f"report:{row.pk}", after={"year": year, "shape": shape.code})
    return row.pk


def _figure_row(edition: Edition, position: int, figure: StoredFigure) -> EditionFigure:
    return EditionFigure(
        edition=edition,
        position=position,
        ref=figure.ref,
        name=figure.name,
        measure=figure.measure,
        version=figure.version,
        declaration={
            "words": dict(figure.words),
            "definition": dict(figure.definition),
            "unit": dict(figure.unit),
            "source": figure.source,
            "sums": figure.sums,
        },
        where=dict(figure.where),
        value=figure.value,
        period_start=figure.period.start,
        period_end=figure.period.end,
        scope=figure.scope,
        complete_until=figure.complete_until,
    )


def _insist(act: Act, edition: Edition, *, step: str, only_right: bool = False) -> None:
    """Raise StepRefused unless the step may be taken; `only_right` asks for the person and their right alone."""
    still_open = edition.findings.filter(released_at__isnull=True)
    rights = [STEP_RIGHTS[Step(step)]] if step in STEP_RIGHTS else list(STEP_RIGHTS.values())
    facts = StepFacts(
        state=edition.state,
        step=step,
        staff=act.staff,
        may=act.staff is not None and any(people.may(act.staff, right, edition.node_id, act.day) for right in rights),
        composed_by=edition.composed_by_id,
        blocking=still_open.filter(blocks=True).count(),
        findings_open=still_open.count(),
    )
    refusals = step_refusals(facts)
    if only_right:
        refusals = tuple(refusal for refusal in refusals if refusal.value in {"no_person", "not_allowed"})
    if refusals:
        raise StepRefused(refusals)
