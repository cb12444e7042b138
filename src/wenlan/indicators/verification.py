"""Proof that the sums agree with the ledger, act for act."""

from django.db import connection

from wenlan.indicators import statements
from wenlan.indicators.cubes import CUBES, DAILY, MONTHLY, PERSONS
from wenlan.kernel.differences import Difference


def differences() -> list[Difference]:
    """Compare every cube with the acts that are folded; each difference names the sources of its acts."""
    found: list[Difference] = []
    with connection.cursor() as cursor:
        for cube, grain in [(cube, grain) for cube in CUBES for grain in (DAILY, MONTHLY)] + [(PERSONS, DAILY)]:
            for *key, booked, kept in statements.cube_differences(cursor, cube, grain):
                names = ("kind", "day", "node", *cube.dimensions)
                found.append(
                    Difference(
                        check=f"indicators.cube_{cube.name}",
                        place=", ".join(f"{name}={value}" for name, value in zip(names, key, strict=True)),
                        expected=booked,
                        found=kept,
                        rows=tuple(statements.acts_under(cursor, cube, grain, tuple(key))),
                    )
                )
    return found
