"""Proof that the sums agree with the ledger, act for act."""

from typing import Any

from django.db import connection

from wenlan.indicators import statements
from wenlan.indicators.cubes import CUBES, DAILY, MONTHLY, PERSONS, Cube
from wenlan.kernel.differences import Difference


def differences() -> list[Difference]:
    """Compare the days of every cube with the acts that are folded, and its months with its days.

    Each difference names the sources of its acts.
    """
    found: list[Difference] = []
    with connection.cursor() as cursor:
        for cube in (*CUBES, PERSONS):
            found += [_difference(cursor, cube, DAILY, row) for row in statements.cube_differences(cursor, cube)]
        for cube in CUBES:
            found += [_difference(cursor, cube, MONTHLY, row) for row in statements.month_differences(cursor, cube)]
    return found


def _difference(cursor: Any, cube: Cube, grain: str, row: tuple[Any, ...]) -> Difference:
    *key, booked, kept = row
    names = ("kind", "month" if grain == MONTHLY else "day", "node", *cube.dimensions)
    return Difference(
        check=f"indicators.cube_{cube.name}",
        place=", ".join(f"{name}={value}" for name, value in zip(names, key, strict=True)),
        expected=int(booked),
        found=int(kept),
        rows=tuple(statements.acts_under(cursor, cube, grain, tuple(key))),
        remedy="wenlan rebuild cubes",
    )
