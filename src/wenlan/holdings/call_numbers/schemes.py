"""Making and changing the schemes by which call numbers are given, and bringing tables of author numbers."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenlan.holdings.call_numbers import author_tables
from wenlan.holdings.call_numbers.queries import scheme_view
from wenlan.holdings.errors import SchemeWrong
from wenlan.holdings.models import CallNumberScheme
from wenlan.holdings.types import BookNumbers, Scheme
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit


@transaction.atomic
def keep_scheme(act: Act, *, node: int, said: Scheme) -> Scheme:
    """Make the scheme of a node, or change it; its code, which its counters are named after, stays for ever.

    What was given keeps its number. A new scheme begins its running numbers at 1 in every class, above those that its
    items carry already. Raises SchemeWrong for a range of classes that is none, or a table that is not there.
    """
    _refuse(said)
    row = CallNumberScheme.objects.select_for_update().filter(node=node).first()
    if row is None:
        row = CallNumberScheme(code=f"s{jobs.next_number('scheme', 'code')}", node_id=node)
    row.names = {"zh": said.name, "en": said.name}
    row.book_numbers, row.author_table = said.book_numbers, said.author_table
    row.rules = [[rule.first, rule.last, rule.book_numbers, rule.author_table] for rule in said.rules]
    row.lines = {str(department): line for department, line in said.lines.items()}
    row.with_volume, row.with_year, row.with_copy = said.with_volume, said.with_year, said.with_copy
    row.save()
    after = {"rules": row.rules, "book_numbers": row.book_numbers, "table": row.author_table}
    audit(act, "holdings.scheme", f"scheme:{row.code}", after=after)
    return scheme_view(row)


def _refuse(said: Scheme) -> None:
    known = author_tables.table_names()
    kinds = [("", said.book_numbers, said.author_table)]
    kinds += [(f"{rule.first}—{rule.last}", rule.book_numbers, rule.author_table) for rule in said.rules]
    for where, kind, table in kinds:
        if kind not in BookNumbers.values or (table and table not in known):
            raise SchemeWrong(reason=f"{where} {kind} {table}".strip())
    for rule in said.rules:
        first, last = rule.first[:1].upper(), rule.last[:1].upper()
        if not (first.isascii() and first.isalpha() and last.isascii() and last.isalpha() and first <= last):
            reason = _("%(first)s to %(last)s is no range of classes") % {"first": rule.first, "last": rule.last}
            raise SchemeWrong(reason=reason)


def bring_table(act: Act, *, name: str, content: bytes) -> int:
    """Keep a table of author numbers; return its number of lines. Raises AuthorTableBroken, and keeps nothing then."""
    brought = author_tables.bring(name, content)
    audit(act, "holdings.author_table", f"author_table:{name}", after={"lines": len(brought.starts)})
    return len(brought.starts)
