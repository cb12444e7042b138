"""What the pages of accounts and of the till share: names, and a rule said in words."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wenlan.credit.types import Contact, Event, RuleView
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import PatronView
from wenlan.staff import queries as staff
from wenlan.staff.types import Right
from wenlan.ui.typography import fen, speaks_chinese


def people(operators: Iterable[str]) -> dict[str, str]:
    """Return the names of staff by the code that the books carry (`staff:12`); readers and devices as they are."""
    codes = set(operators)
    ids = {int(code.removeprefix("staff:")) for code in codes if code.startswith("staff:")}
    names = {f"staff:{member}": name for member, name in staff.names(ids).items()}
    return {code: code for code in codes} | {"reader": _("the reader"), "": _("by itself")} | names


def seen_by(request: HttpRequest, patron: PatronView) -> PatronView:
    """Return a reader as this desk may see them."""
    desk = request.desk  # type: ignore[attr-defined]
    return patron if desk.may(Right.PATRONS_NAMES, patron.home_node) else patron.masked()


def names_of_readers(request: HttpRequest, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of readers as this desk may see them."""
    return {patron: seen_by(request, view).name for patron, view in patrons.patrons_by_id(set(ids)).items()}


def place_choices(request: HttpRequest, right: Right) -> list[tuple[int, str]]:
    """Return the places where this desk holds a right, as choices."""
    desk = request.desk  # type: ignore[attr-defined]
    return [(view.id, view.name) for view in network.nodes() if view.id in desk.visible and desk.may(right, view.id)]


def described(rule: RuleView) -> list[tuple[str, str]]:
    """Return a rule in words, as terms and descriptions; what it does not say is left out."""
    points, money = about_points(rule), about_money(rule)
    steps = [f"{when(step.days)}: {Contact(step.how).label}" for step in rule.reminders]
    return [*points, *money, (_("Reminders"), listed(steps))]


def listed(parts: Iterable[str]) -> str:
    """Return parts as a list in the language being spoken."""
    return ("，" if speaks_chinese() else ", ").join(parts)


def when(days: int) -> str:
    """Return the day of a step of dunning in words."""
    if days < 0:
        return _("%(days)d days before the due date") % {"days": -days}
    return _("%(days)d days after the due date") % {"days": days}


def about_points(rule: RuleView) -> list[tuple[str, str]]:
    """Return what a rule says of points."""
    if rule.start_points is None:
        return [(_("Points"), _("none are kept"))]
    start = _("%(points)d to start with") % {"points": rule.start_points}
    if rule.most_points:
        start = _("%(start)s, at most %(most)d") % {"start": start, "most": rule.most_points}
    found = [(_("Points"), start)]
    for event, one in rule.points.items():
        limits = [
            (one.most_each, _("at most %(n)d each time")),
            (one.most_a_day, _("at most %(n)d a day")),
            (one.most_a_month, _("at most %(n)d a month")),
        ]
        said = [f"{one.points:+d}", *(words % {"n": limit} for limit, words in limits if limit)]
        found.append((str(Event(event).label), listed(said)))
    if rule.restore_days:
        back = {"points": rule.restore_points, "days": rule.restore_days}
        found.append((_("Restored"), _("%(points)d points every %(days)d days without a deduction") % back))
    return found


def about_money(rule: RuleView) -> list[tuple[str, str]]:
    """Return what a rule says of charges, stops, deposit and compensation."""
    charge = stop = ""
    if rule.charge_fen:
        charge = _("%(sum)s for a volume and day, never above its price") % {"sum": fen(rule.charge_fen)}
        if rule.charge_cap_fen is not None:
            charge = _("%(charge)s, at most %(cap)s") % {"charge": charge, "cap": fen(rule.charge_cap_fen)}
    if rule.suspend_days:
        stop = _("%(days)d days for a day late") % {"days": rule.suspend_days}
        if rule.suspend_cap_days is not None:
            stop = _("%(stop)s, at most %(cap)d days") % {"stop": stop, "cap": rule.suspend_cap_days}
    terms = rule.compensation
    factors = listed(
        _("%(percent)d%% from %(since)d on") % {"percent": percent, "since": since} if since else f"{percent}%"
        for since, percent in terms.factors
    )
    return [
        (_("Days of grace"), str(rule.grace_days or "")),
        (_("Overdue charge"), charge),
        (_("Lending stopped"), stop),
        (_("Deposit"), fen(rule.deposit_fen) if rule.deposit_fen else ""),
        (_("Compensation"), _("price by year of publication: %(factors)s") % {"factors": factors}),
    ]
