"""What the database would do with a statement: for tests of plans."""

from django.db import connection

PREFIX = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


def plan_of(sql: str) -> str:
    """Return the plan for a statement with its parameters written in, a line a step.

    The tables of a test are so small that PostgreSQL would read them whole: it is told not to, for the rest of the
    transaction. SQLite never looks at how much there is unless it was analyzed.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(PREFIX[connection.vendor] + sql)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
