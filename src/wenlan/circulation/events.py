"""The ledger rows of loans: every dimension as it is at the moment of the act."""

from wenlan.circulation.statements import HotRead, LoanRow, stored
from wenlan.kernel.acts import Act
from wenlan.ledger.operations import person_token
from wenlan.ledger.types import EventRow
from wenlan.patrons.policies import completed_years


def of_loan(act: Act, kind: str, read: HotRead, *, loan: "LoanDimensions", source: str, subject: str = "") -> EventRow:
    """Return the row of an act on a loan, from the reader and the item as they were read and locked."""
    reader, item = read.reader, read.items[0]
    assert reader is not None
    return EventRow(
        day=read.on,
        kind=kind,
        occurred_at=stored(act.at),
        recorded_at=stored(act.recorded_at),
        node=act.node,
        department=act.department,
        owner_node=item.owner_node,
        home_node=reader.home_node,
        channel=act.channel.value,
        operator=act.operator,
        quantity=1,
        subject=subject,
        reader_category=loan[0],
        reader_sex=reader.sex,
        reader_age=completed_years(reader.birth_date, read.on),
        person_token=person_token(reader.id, read.on.year),
        item_material=item.material,
        item_class=item.main_class,
        item_audience=item.audience,
        item_language=item.language,
        loan_kind=loan[1],
        rule_version=loan[2],
        special_group=reader.special_group,
        estimated=False,
        source=source,
        reverses=None,
    )


LoanDimensions = tuple[str, str, int]
"""The reader's category as frozen in the loan, the kind of loan, and the version of the rule."""


def dimensions_of(loan: LoanRow) -> LoanDimensions:
    """Return what a loan froze when it was made."""
    return loan.reader_category, loan.loan_kind, loan.rule_version


def loan_source(uid: object) -> str:
    """Return the key that the check-out has in the ledger."""
    return f"loan:{uid}"


def return_source(uid: object, undone: int) -> str:
    """Return the key that a return has in the ledger; after an undone return the next one has another."""
    return f"return:{uid}:{undone + 1}" if undone else f"return:{uid}"


def renewal_source(uid: object) -> str:
    """Return the key that a renewal has in the ledger."""
    return f"renewal:{uid}"
