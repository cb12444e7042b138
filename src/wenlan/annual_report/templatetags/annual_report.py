"""How the pages of the report print runs of words and figures."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wenlan.annual_report.types import EditionView, FigureRun, Paragraph, Run, StoredFigure
from wenlan.kernel.words import say
from wenlan.ui.typography import spaced

register = template.Library()


@register.simple_tag
def runs(parts: Iterable[Run], edition: EditionView, desk: bool) -> SafeString:
    """Print runs; a figure is a hairline link: at the desk to its panel, in a file to its line at the end."""
    return mark_safe("".join(_run(part, edition, desk) for part in parts))


@register.simple_tag
def run(part: Run, edition: EditionView, desk: bool) -> SafeString:
    """Print one run, as a cell of a table has it."""
    return _run(part, edition, desk)


@register.filter
def drawing(svg: str) -> SafeString:
    """Put a drawing of our own making into the page."""
    return mark_safe(svg)


@register.filter
def words_of(words: dict[str, str]) -> str:
    """Say words in the language being spoken."""
    return say(words)


@register.filter
def scope_in(figure: StoredFigure, scopes: dict[str, str]) -> str:
    """Say a figure's scope in the words of its shape."""
    return scopes.get(figure.scope, figure.scope)


@register.simple_tag
def margin_notes(block: Paragraph, edition: EditionView, desk: bool) -> SafeString:
    """Print in the margin what proof-reading noticed about a paragraph; never in a file."""
    if not desk:
        return mark_safe("")
    refs = {part.ref for part in block.runs if isinstance(part, FigureRun)}
    noticed = [
        kept.finding
        for kept in edition.open_findings
        if (kept.finding.slot and kept.finding.slot == block.slot) or refs & set(kept.finding.refs)
    ]
    if not noticed:
        return mark_safe("")
    notes = format_html_join("", '<span class="margin-note">{}</span>', ((found.sentence,) for found in noticed))
    return format_html('<span class="margin-notes">{}</span>', notes)


@register.simple_tag
def side(sides: str, column: int) -> str:
    """Return the side a column is aligned to: `l`, `c` or `r`."""
    return sides[column]


def _run(part: Run, edition: EditionView, desk: bool) -> SafeString:
    if not isinstance(part, FigureRun):
        return spaced(part.text)
    if not desk:
        return format_html('<a class="figure-link" href="#{}">{}</a>', part.ref, spaced(part.text))
    address = reverse("annual_report:figure", args=[edition.id, part.ref])
    return format_html(
        '<a class="figure-link" href="{}" hx-get="{}" hx-target="#behind" hx-swap="innerHTML" title="{}">{}</a>',
        address,
        address,
        _("What stands behind this figure"),
        spaced(part.text),
    )
