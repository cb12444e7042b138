"""Reads of days and seasons."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Q

from wenlan.kernel.errors import NotFound
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.network.almanac import shipped
from wenlan.network.almanac.models import AdmissionCap, Season, SpecialDay
from wenlan.network.almanac.types import Almanac, CapView, SeasonView, SpecialDayView


def almanac(node: int, period: Period) -> Almanac:
    """Return the special days and seasons of a place over a span (two statements)."""
    if period.start == period.end:
        return Almanac()
    last = period.end - timedelta(days=1)
    years = range(period.start.year, last.year + 1)
    own = {row.day: day_view(row) for row in SpecialDay.objects.filter(day__gte=period.start, day__lt=period.end)}
    known = [shipped.days_of(year) for year in range(years.start, years.stop + 1)]  # the next notice begins in December
    days: dict[date, SpecialDayView] = {}
    for told in known:
        days |= {day: view for day, view in told.items() if day in period}
    entered = {day.year for day in own}
    return Almanac(
        days=days | own,
        seasons=seasons(node, years),
        unknown=tuple(year for year in years if not shipped.days_of(year) and year not in entered),
    )


def seasons(node: int, years: range) -> tuple[SeasonView, ...]:
    """Return the seasons of a place that begin in the years: its own, else of the nearest above, else as shipped
    (one statement).
    """
    way_up = network.ancestors(node)
    rows = Season.objects.filter(node__in=way_up, start__year__gte=years.start, start__year__lt=years.stop)
    found: dict[tuple[str, int], list[SeasonView]] = {
        (one.code, year): [one] for year in years for one in shipped.seasons_of(year)
    }
    nearest: Mapping[int, int] = {place: height for height, place in enumerate(way_up)}
    by_height: dict[tuple[str, int], int] = {}
    for row in sorted(rows, key=lambda row: (nearest[row.node_id], row.start)):
        key = (row.code, row.start.year)
        height = by_height.setdefault(key, nearest[row.node_id])
        if height == nearest[row.node_id]:
            own = [one for one in found.get(key, []) if one.id]
            found[key] = [*own, season_view(row)]
    return tuple(sorted((one for several in found.values() for one in several), key=lambda one: (one.start, one.code)))


def season_by_id(season: int) -> SeasonView:
    """Return a season that was entered here. Raises NotFound."""
    row = Season.objects.filter(pk=season).first()
    if row is None:
        raise NotFound(what=str(season))
    return season_view(row)


def day_view(row: SpecialDay) -> SpecialDayView:
    """Return the public side of a day entered here."""
    return SpecialDayView(day=row.day, is_off=row.is_off, names=row.names, source=row.source, is_own=True)


def season_view(row: Season) -> SeasonView:
    """Return the public side of a season entered here."""
    return SeasonView(id=row.pk, node=row.node_id, code=row.code, names=row.names, start=row.start, end=row.end)


def caps(node: int, period: Period) -> tuple[CapView, ...]:
    """Return the caps that touch a span at a node, above it or under it, the earliest first (one statement)."""
    places = {*network.ancestors(node), *network.subtree(node)}
    rows = AdmissionCap.objects.filter(node__in=places, from_day__lt=period.end)
    rows = rows.filter(Q(until_day=None) | Q(until_day__gt=period.start)).order_by("from_day", "id")
    return tuple(cap_view(row) for row in rows)


def cap_on(node: int, day: date) -> CapView | None:
    """Return the cap in force at a place on a day: its own, else the nearest above (one statement)."""
    way_up = network.ancestors(node, day)
    found = [cap for cap in caps(node, Period.day(day)) if cap.node in way_up]
    return min(found, key=lambda cap: (way_up.index(cap.node), -cap.from_day.toordinal()), default=None)


def caps_on(day: date) -> frozenset[int]:
    """Return the places at which admission is capped on a day, those under a capped one with it (one statement)."""
    rows = AdmissionCap.objects.filter(Q(until_day=None) | Q(until_day__gt=day), from_day__lte=day)
    return frozenset().union(*(network.subtree(node, day) for node in rows.values_list("node_id", flat=True)))


def cap_view(row: AdmissionCap) -> CapView:
    """Return the public side of a cap."""
    return CapView(
        id=row.pk,
        node=row.node_id,
        from_day=row.from_day,
        until_day=row.until_day,
        most=row.most,
        slot_minutes=row.slot_minutes,
        reason=row.reason,
    )
