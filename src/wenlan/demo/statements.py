"""The one thing that a demonstration does to a whole database: throw it away."""

from django.db import connection


def drop_everything() -> None:
    """Drop every table of this installation's schema, on PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
