"""Many rows like one row, made inside the database: how an installation of the bench gets its size in a minute."""

from collections.abc import Mapping

from django.apps import apps
from django.db import connection

CHUNK = 200_000


def clone(model: str, template: int, count: int, **different: str) -> None:
    """Make `count` rows like the row `template` of a model; `different` gives columns as SQL in n, from 1 to count."""
    table, columns = columns_of(model)
    chosen = ", ".join(different.get(column, f"t.{column}") for column in columns)
    for start in range(0, count, CHUNK):
        until = min(start + CHUNK, count)
        sql = (
            f"{NUMBERS[connection.vendor].format(start=start + 1, until=until)}"
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} t, s WHERE t.id = {template}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql)


def columns_of(model: str) -> tuple[str, list[str]]:
    """Return a model's table and its columns, without the id that the database gives."""
    meta = apps.get_model(model)._meta
    return meta.db_table, [field.column for field in meta.local_concrete_fields if field.column not in {None, "id"}]


NUMBERS: Mapping[str, str] = {
    "postgresql": "WITH s AS (SELECT n FROM generate_series({start}::bigint, {until}) n) ",
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT {start} UNION ALL SELECT n + 1 FROM s WHERE n < {until}) ",
}


def uid() -> str:
    """Return the SQL of a new identifier."""
    return "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"


def text(expression: str, before: str = "") -> str:
    """Return the SQL of a number as text, behind some letters."""
    return f"'{before}' || CAST({expression} AS TEXT)"


def day(since: str, days: str) -> str:
    """Return the SQL of a day so many days (SQL) after another."""
    if connection.vendor == "postgresql":
        return f"(date '{since}' + ({days})::int)"
    return f"date('{since}', '+' || ({days}) || ' days')"


def morning(since: str, days: str) -> str:
    """Return the SQL of two o'clock (UTC) on a day, which is ten in China."""
    if connection.vendor == "postgresql":
        return f"(timestamptz '{since} 02:00+00' + ({days}) * interval '1 day')"
    return f"datetime('{since} 02:00:00', '+' || ({days}) || ' days')"


def measure_tables() -> None:
    """Let the database look at what it holds, as it does by itself in an installation at work."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
