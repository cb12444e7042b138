"""Factories for tests that need readers."""

from datetime import UTC, date, datetime, time
from itertools import count

from wenlan.jobs.operations import bump
from wenlan.kernel.acts import Act, Channel
from wenlan.patrons import operations, queries
from wenlan.patrons.models import Category
from wenlan.patrons.types import NewGuardian, NewReader, PatronView

_numbers = count(1)


def make_category(code: str = "adult", *, loan_limit: int = 10, overdue_limit: int | None = None) -> str:
    """Return the code of a category with these limits, made or changed."""
    Category.objects.update_or_create(
        code=code,
        defaults={"words": {"zh": code, "en": code}, "loan_limit": loan_limit, "overdue_limit": overdue_limit},
    )
    bump(operations.POLICIES)
    return code


def make_institution(*, node: int, name: str, card: str = "") -> PatronView:
    """Return a unit that is a reader with a large-capacity card: its loans are group loans."""
    code = make_category("large_capacity", loan_limit=500)
    Category.objects.filter(code=code).update(is_institution=True, loan_kind="group")
    bump(operations.POLICIES)
    return make_patron(node=node, name=name, category=code, card=card, birth_date=None, sex="")


def make_patron(
    *,
    node: int,
    name: str = "李明",
    category: str = "adult",
    card: str = "",
    birth_date: date | None = date(1990, 5, 1),
    sex: str = "m",
    on: date = date(2019, 1, 2),
    guardian: NewGuardian | None = None,
) -> PatronView:
    """Return a reader registered at the node; a category that is missing is made with ten loans."""
    if queries.category(category) is None:
        make_category(category)
    number = next(_numbers)
    act = Act(at=datetime.combine(on, time(2), UTC), node=node, channel=Channel.DESK, key=f"make-patron-{number}")
    reader = NewReader(
        name=name,
        category=category,
        card_number=card or f"R{number:08d}",
        birth_date=birth_date,
        sex=sex,
        guardian=guardian,
    )
    return operations.register(act, reader=reader)
