"""The SQL of reading rooms."""

from django.db import connection


def lock_reader(patron: int) -> None:
    """Lock a reader's row until the transaction ends, so that nobody sits down in two rooms. One statement."""
    lock = "" if connection.vendor == "sqlite" else " FOR NO KEY UPDATE"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM patrons_facts WHERE id = %s{lock}", (patron,))
        cursor.fetchall()
