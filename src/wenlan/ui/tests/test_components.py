"""The components as pages write them."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from wenlan.ui import views
from wenlan.ui.seals import SEALS


def draw(source: str, **context) -> str:
    with override("zh-hans"):
        return Template("{% load i18n ui %}" + source).render(Context(context)).strip()


def test_a_seal_says_its_state_in_words_and_an_unknown_state_itself():
    assert draw('{% seal "overdue" %}') == '<span class="seal vermilion filled">逾期</span>'
    assert draw('{% seal "odd" %}') == '<span class="seal ink">odd</span>'
    assert draw('{% seal "open" "报名中" %}') == '<span class="seal moss">报名中</span>'


@pytest.mark.parametrize("state", SEALS)
def test_every_seal_has_a_chinese_word(state):
    words = draw("{% seal state %}", state=state)

    assert words.isascii() is False


def test_a_table_writes_each_kind_as_tables_do():
    columns = [
        {"key": "title", "label": "题名", "kind": "title", "url_key": "url"},
        {"key": "price", "label": "定价", "kind": "money"},
        {"key": "loans", "label": "册次", "kind": "number"},
        {"key": "state", "label": "状态", "kind": "seal"},
    ]
    rows = [{"title": "史记", "url": "/r/1", "price": 3600, "loans": 1214, "state": "in"}]

    table = draw('{% include "ui/components/table.html" with caption="图书" %}', columns=columns, rows=rows)

    assert [
        part in table for part in ('<a href="/r/1">史记</a>', "36.00 元", "1,214", "在馆", 'data-label="定价"')
    ] == [True] * 5


def test_hostile_text_is_escaped_in_every_component():
    evil = "<script>alert(1)</script>"
    drawn = draw(
        '{% seal "x" e %}{% spine e e e e %}{% cover e %}{% figure e e unit=e definition=e %}{{ e|spaced }}'
        '{% include "ui/components/empty.html" with what=e %}{% include "ui/components/definitions.html" %}'
        '{% include "ui/components/chart.html" with id="c" option=option caption=e %}',
        e=evil, pairs=[(evil, evil)], option={"title": evil},
    )  # fmt: skip

    assert "<script>alert" not in drawn


def test_a_page_address_keeps_the_other_values():
    request = RequestFactory().get("/list/?q=%E5%8F%B2&after=3")

    assert draw('{% page_url "after" 9 %}', request=request) == "?q=%E5%8F%B2&amp;after=9"
    assert draw('{% page_url "after" "" %}', request=request) == "?q=%E5%8F%B2"


def test_the_readers_choices_reach_the_first_paint_and_nothing_else_does():
    request = RequestFactory().get("/")
    request.COOKIES.update(wenlan_theme="dark", wenlan_type='"><script>')

    assert draw("{% look %}", request=request) == 'data-theme="dark"'


def test_a_reader_who_saves_data_gets_no_fonts():
    assert draw("{% fonts %}", request=RequestFactory().get("/", headers={"Save-Data": "on"})) == ""


@pytest.mark.parametrize(
    "shell", ["desk", "portal", "home", "plain", "kiosk", "screen", "print", "refusal", "not-found"]
)
def test_every_shell_of_a_demo_is_marked_and_no_other_is(shell):
    template, context, _ = views.page(shell)
    request = RequestFactory().get("/")

    with override("zh-hans"):
        demo = render_to_string(template, {**context, "request": request})
        real = render_to_string(template, {**context, "request": request, "demo_mark": False})

    assert [demo.count("<strong>演示数据</strong>"), real.count("演示数据")] == [1, 0]
