"""The days off of each year and the usual seasons, as shipped."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from wenlan.network.almanac.types import SeasonView, SpecialDayView

FOLDER = files("wenlan.network.almanac")


@cache
def days_of(year: int) -> Mapping[date, SpecialDayView]:
    """Return the special days that the notice for a year names (some lie in the December before); empty: none known."""
    file = FOLDER / "years" / f"{year}.toml"
    if not file.is_file():
        return {}
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    found: dict[date, SpecialDayView] = {}
    for holiday in told["holiday"]:
        off = [holiday["from"] + timedelta(days=more) for more in range((holiday["to"] - holiday["from"]).days + 1)]
        for day, is_off in [*((day, True) for day in off), *((day, False) for day in holiday.get("working", ()))]:
            found[day] = SpecialDayView(day=day, is_off=is_off, names=holiday["name"], source=told["source"])
    return found


@cache
def seasons_of(year: int) -> tuple[SeasonView, ...]:
    """Return the seasons of a year as shipped."""
    told = tomllib.loads((FOLDER / "seasons.toml").read_text(encoding="utf-8"))
    return tuple(
        SeasonView(
            code=code,
            names=season["name"],
            start=date(year, *season["from"]),
            end=date(year, *season["to"]) + timedelta(days=1),
        )
        for code, season in told.items()
    )
