"""Rankings of titles and readers by loans. Two statements each; both read the loans of the span."""

from collections.abc import Iterable, Iterator
from datetime import date

from wenlan.circulation.rankings import statements
from wenlan.circulation.rankings.types import Question, Ranked, Ranking
from wenlan.patrons import queries as patrons

LENGTH = 100


def titles(question: Question, *, limit: int = LENGTH) -> Ranking:
    """Return the titles lent most; the loans of all copies and volumes of a record are its own."""
    loans, _known = statements.counted(question)
    return Ranking(lines=tuple(_ranks(statements.ranked(question, "title", limit))), loans=loans)


def readers(question: Question, *, limit: int = LENGTH) -> Ranking:
    """Return the readers who borrowed most; schools and other institutions are not among them."""
    institutions = tuple(category.code for category in patrons.categories() if category.is_institution)
    loans, known = statements.counted(question, without=institutions)
    rows = statements.ranked(question, "reader", limit, without=institutions)
    return Ranking(lines=tuple(_ranks(rows)), loans=loans, unnamed=loans - known)


def last_day(question: Question) -> date | None:
    """Return the last day on which anything was lent there until the end of the span, however long ago."""
    return statements.last_day(question)


def _ranks(rows: Iterable[tuple[int, int]]) -> Iterator[Ranked]:
    rank, before = 0, -1
    for place, (key, loans) in enumerate(rows, start=1):
        rank = rank if loans == before else place
        before = loans
        yield Ranked(rank=rank, id=key, loans=loans)
