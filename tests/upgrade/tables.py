"""What stands in a database, read from its own catalogue: the same of two databases when nothing but rows differs."""

import re
from collections.abc import Iterator

from tools.schema import FOLDER, told_once

INSERT = re.compile(r'^INSERT INTO "?(\w+)"?', re.MULTILINE)
Described = dict[str, str]  # what and where, to how the database itself says it

SQLITE = """
SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
"""
OURS = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
POSTGRESQL = (
    f"""
    SELECT 'column ' || c.relname || '.' || a.attname,
        concat_ws(' ', row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN 'not null' END, a.attidentity, a.attgenerated, a.attcollation,
            pg_get_expr(d.adbin, d.adrelid))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = {OURS} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
    """,
    f"""
    SELECT 'constraint ' || conrelid::regclass || '.' || conname,
        concat_ws(' ', pg_get_constraintdef(oid), convalidated)
    FROM pg_constraint WHERE connamespace = {OURS}
    """,
    """
    SELECT 'index ' || indexname, i.indexdef || x.indisvalid
    FROM pg_indexes i JOIN pg_index x ON x.indexrelid = i.indexname::regclass WHERE schemaname = current_schema()
    """,
    f"""
    SELECT 'view ' || relname, pg_get_viewdef(oid) FROM pg_class
    WHERE relnamespace = {OURS} AND relkind IN ('v', 'm')
    """,
    f"""
    SELECT 'trigger ' || tgrelid::regclass || '.' || tgname, pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE c.relnamespace = {OURS} AND NOT tgisinternal
    """,
    f"SELECT 'function ' || oid::regprocedure, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = {OURS}",
    f"""
    SELECT 'sequence ' || c.relname,
        concat_ws(' ', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcycle,
            d.deptype, d.refobjid::regclass, d.refobjsubid > 0)
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
    LEFT JOIN pg_depend d ON d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    WHERE c.relnamespace = {OURS}
    """,
    f"""
    SELECT 'relation ' || c.relname, concat_ws(' ', c.relkind, c.relpersistence, c.reloptions,
        i.inhparent::regclass, pg_get_expr(c.relpartbound, c.oid), pg_get_partkeydef(c.oid))
    FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid WHERE c.relnamespace = {OURS}
    """,
    f"""
    SELECT 'type ' || typname, typtype::text FROM pg_type
    WHERE typnamespace = {OURS} AND typtype NOT IN ('c') AND typelem = 0
    """,
    "SELECT 'extension ' || extname, extversion FROM pg_extension",
)


def described(cursor, vendor: str) -> Described:
    """Return everything in a database but its rows."""
    found = dict(rows_of(cursor, (SQLITE,) if vendor == "sqlite" else POSTGRESQL))
    assert len(found) > 500
    return {what: told_once(how) for what, how in found.items()}


def rows_of(cursor, queries: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for query in queries:
        cursor.execute(query)
        yield from cursor.fetchall()


def filled(cursor, names: list[str]) -> list[str]:
    """Return the tables that have any row."""
    found = []
    for name in names:
        cursor.execute(f"SELECT 1 FROM {name} LIMIT 1")
        found += [name for _ in cursor.fetchall()]
    return found


def shipped_rows(cursor, vendor: str) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of each table that a new database has rows in from the beginning."""
    script = (FOLDER / f"{vendor}.sql").read_text(encoding="utf-8")
    rows = {}
    for table in sorted(set(INSERT.findall(script))):
        cursor.execute(f"SELECT * FROM {table}")
        rows[table] = sorted(cursor.fetchall())
    assert rows
    return rows
