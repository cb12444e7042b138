"""Tags and filters of every page: built assets, Chinese typography, and the small components."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe

from wenlan.ui import assets, seals, spines, strings, typography
from wenlan.ui.capitals import in_capitals

register = template.Library()

LOOKS = {"theme": ("light", "dark"), "type": ("large",), "contrast": ("high",)}


@register.simple_tag
def asset(name: str) -> SafeString:
    """Return the link and script elements of a built entry: `{% asset "desk" %}`."""
    built = assets.asset(name)
    links = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in built.styles))
    if not built.script:
        return links
    return format_html('{}\n<script type="module" src="{}"></script>', links, static(built.script))


@register.simple_tag(takes_context=True)
def fonts(context: Context) -> SafeString:
    """Return the links of the house's fonts; none for a reader who asked to save data."""
    request = context.get("request")
    if request and request.headers.get("Save-Data") == "on":
        return mark_safe("")
    return format_html("{}\n{}", asset("fonts-serif"), asset("fonts-sans"))


@register.simple_tag
def asset_url(name: str) -> str:
    """Return the address of an entry's first file, for scripts that load it later."""
    built = assets.asset(name)
    return static(built.script or built.styles[0])


@register.simple_tag
def asset_file(name: str) -> str:
    """Return the address of a file that is served as it is: `{% asset_file "seal.svg" %}`."""
    return static(f"wenlan/{name}")


@register.simple_tag(takes_context=True)
def look(context: Context) -> SafeString:
    """Return the attributes by which a reader's choices (dark, large type) reach the first paint."""
    request = context.get("request")
    cookies: Mapping[str, str] = request.COOKIES if request else {}
    chosen = ((name, cookies.get(f"wenlan_{name}", "")) for name in LOOKS)
    return format_html_join("", ' data-{}="{}"', ((name, value) for name, value in chosen if value in LOOKS[name]))


@register.filter
def spaced(text: object) -> SafeString:
    """Set quarter spaces between Chinese and Latin: `{{ title|spaced }}`."""
    return typography.spaced("" if text is None else text)


@register.filter
def count(value: Any) -> str:
    """Group thousands as the installation's setting says: `{{ 410000|count }}`."""
    return typography.count(value, getattr(settings, "WENLAN_DIGIT_GROUPING", ","))


@register.filter
def wan(value: int | Decimal | None) -> str:
    """Say a large count in 万: `{{ 410000|wan }}`."""
    return typography.wan(value)


@register.filter
def fen(value: int | None) -> str:
    """Say a sum held in fen as yuan: `{{ 150|fen }}`."""
    return typography.fen(value)


@register.filter
def capitals(value: int | None) -> str:
    """Say a sum held in fen in the capitals of receipts, where Chinese is spoken: `{{ 150|capitals }}`."""
    return in_capitals(value) if value is not None and typography.speaks_chinese() else ""


@register.filter
def localday(value: date | datetime | None) -> str:
    """Write the local day for a table: 2026-03-04."""
    return typography.table_day(value)


@register.filter
def proseday(value: date | datetime | None) -> str:
    """Write the local day for text: 2026年3月4日."""
    return typography.prose_day(value)


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Write the weekday: 周三."""
    return typography.weekday(value)


@register.filter
def fullday(value: date | datetime | None) -> str:
    """Write the local day with its weekday for text: 2026年3月4日 周三."""
    return typography.full_day(value)


@register.filter
def clocktime(value: datetime | None) -> str:
    """Write the local time: 14:05."""
    return typography.clock_time(value)


@register.filter
def localmoment(value: datetime | None) -> str:
    """Write the local day and time for a table: 2026-03-04 14:05."""
    return typography.NOTHING if value is None else f"{typography.table_day(value)} {typography.clock_time(value)}"


@register.filter
def worktitle(title: object) -> str:
    """Write the title of a work in 《》."""
    return typography.work_title(title)


@register.inclusion_tag("ui/components/seal.html")
def seal(state: str, text: str = "", *, filled: bool | None = None) -> dict[str, object]:
    """Draw the seal of a state: `{% seal "overdue" %}`; `text` replaces the state's own word."""
    mark = seals.seal(state)
    return {"tone": mark.tone, "text": text or mark.words, "filled": mark.filled if filled is None else filled}


@register.inclusion_tag("ui/components/spine.html")
def spine(title: str, main_class: str = "", person: str = "", url: str = "") -> dict[str, object]:
    """Draw a book's spine: `{% spine record.title_proper record.main_class record.responsibility url %}`."""
    return {"spine": spines.spine(title=title, main_class=main_class, person=person), "full": title, "url": url}


@register.inclusion_tag("ui/components/cover.html")
def cover(title: str, main_class: str = "", person: str = "") -> dict[str, object]:
    """Draw a thread-bound cover with its title slip, for a record without a cover image."""
    return {"spine": spines.spine(title=title, main_class=main_class, person=person), "full": title}


@register.inclusion_tag("ui/components/figure.html")
def figure(
    value: Any, label: str, unit: str = "", url: str = "", definition: str = "", note: str = "", size: str = ""
) -> dict[str, object]:
    """Show a figure, linked to the acts behind it; `size` is "", "large" or "screen".

    The unit is left out where the label ends with it.
    """
    return {**locals(), "unit": typography.unit_beside(label, unit)}


@register.simple_tag(takes_context=True)
def page_url(context: Context, name: str, value: object) -> str:
    """Return this page's address with one query value set; an empty value takes it out."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    if value not in ("", None):
        query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag
def chart_option(chart: str, option: object) -> SafeString:
    """Hand a chart its option as JSON, for `ui/components/chart.html`."""
    return json_script(option, f"{chart}-option")


@register.simple_tag
def script_strings(*groups: str) -> SafeString:
    """Hand the scripts their words in the reader's language: `{% script_strings "circulation" %}`."""
    return strings.as_json_script(groups)


@register.filter
def cell(row: Any, key: str) -> Any:
    """Return `row[key]` or `row.key`: what a column of `ui/components/table.html` shows."""
    return row.get(key, "") if isinstance(row, Mapping) else getattr(row, key, "")


@register.simple_tag
def wenwu() -> SafeString:
    """Draw the double rule that stands under a page's title."""
    return mark_safe('<div class="wenwu" role="presentation"></div>')


@register.filter
def words(text: str) -> list[str]:
    """Split a line of words: `{% for name in "a b c"|words %}`."""
    return text.split()
