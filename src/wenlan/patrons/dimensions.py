"""What the ledger keeps of a reader: the attributes as they are on the day of the act, never who it was."""

from dataclasses import replace
from datetime import date

from wenlan.ledger import operations as ledger
from wenlan.ledger.types import ReaderDimensions
from wenlan.patrons.policies import completed_years
from wenlan.patrons.types import PatronView


def nameless(reader: PatronView, on: date) -> ReaderDimensions:
    """Return a reader as rows carry them that nobody counts persons by."""
    return ReaderDimensions(
        category=reader.category.code,
        sex=reader.sex,
        age=completed_years(reader.birth_date, on),
        home_node=reader.home_node,
    )


def countable(reader: PatronView, on: date) -> ReaderDimensions:
    """Return a reader with the year's token, by which different persons are counted without naming one."""
    return replace(nameless(reader, on), person_token=ledger.person_token(reader.id, on.year))
