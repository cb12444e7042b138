"""The desk's menu: what it holds, who is offered what, and where one is."""

from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse
from django.utils import translation

from wenlan.catalogue.description.chinese import word_readings
from wenlan.circulation.testing import make_rule
from wenlan.network.testing import make_network
from wenlan.registers import operations as registers
from wenlan.staff.roles import SHIPPED
from wenlan.staff.testing import signed_in
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.web import menu

TODAY = date(2019, 3, 4)
EVERYTHING = frozenset(Right.values)


def urls(groups):
    """Return the addresses offered, in order."""
    return [page["url"] for group in groups for part in group["parts"] for page in part["pages"]]


def test_there_are_at_most_seven_groups_and_every_page_has_a_key_of_its_own():
    groups = menu.offered("/desk/", EVERYTHING)
    keys = [[page["key"] for part in group["parts"] for page in part["pages"]] for group in groups]

    assert [group["key"] for group in groups] == list("1234567")
    assert all(len(set(each)) == len(each) for each in keys)
    assert len(set(urls(groups))) == len(urls(groups)) == sum(map(len, keys))


def test_fewer_rights_offer_fewer_pages_under_the_same_keys_and_an_empty_group_is_left_out():
    everything = {page["url"]: page["key"] for page in pages(menu.offered("/desk/", EVERYTHING))}
    for role in SHIPPED:
        allowed = frozenset(right.value for right in role.rights)
        groups = menu.offered("/desk/", allowed)

        assert all(group["parts"] and all(part["pages"] for part in group["parts"]) for group in groups)
        assert {page["url"]: page["key"] for page in pages(groups)}.items() <= everything.items()
    nothing = menu.offered("/desk/", frozenset())
    assert {page["url"] for page in pages(nothing)} == {reverse("desk:agent")}


def pages(groups):
    """Return the pages offered."""
    return [page for group in groups for part in group["parts"] for page in part["pages"]]


@pytest.mark.parametrize(
    ("path", "page", "beside"),
    [
        ("/desk/circulation/", "/desk/circulation/", 7),
        ("/desk/circulation/compensation/7/", "/desk/circulation/compensation/", 7),
        ("/desk/readers/12/amend/", "/desk/readers/", 6),
        ("/desk/catalogue/31/history/", "/desk/catalogue/", 7),
        ("/desk/till/days/3/", "/desk/till/days/", 6),
        ("/desk/password/", "", 0),
    ],
)
def test_a_page_stands_where_its_address_belongs(path, page, beside):
    groups = menu.offered(path, EVERYTHING)

    assert [one["url"] for one in pages(groups) if one["current"]] == ([page] if page else [])
    assert sum(group["current"] for group in groups) == bool(page)
    assert len(menu.siblings(groups).get("pages", ())) == beside
    assert bool(menu.here(groups)) == bool(page)


@pytest.mark.django_db
def test_whoever_is_offered_a_page_may_open_it_and_the_menu_costs_no_statement(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(2), UTC))
    root = make_network("E")[0]
    make_rule(root.id)
    registers.declare_shipped()
    roles = {role.code: {right.value for right in role.rights} for role in SHIPPED}
    known = menu.known_pages().values()
    opened = {}
    for page in known:
        code = min(
            (one for one in roles if page.opens(roles[one])),
            key=lambda one: len(roles[one]),
        )
        opened.setdefault(code, []).append(page.url)
    answers = {}
    for code, addresses in opened.items():
        client = signed_in(root.id, code)
        answers |= {url: client.get(url).status_code for url in addresses}

    assert {url: status for url, status in answers.items() if status not in (200, 302)} == {}
    assert len(answers) == len(known)
    with django_assert_num_queries(0):
        menu.offered("/desk/", EVERYTHING)


def test_each_chinese_name_is_read_as_its_characters_can_be():
    with translation.override("zh-hans"):
        labels = {str(page.label) for page in menu.known_pages().values()}
    known = menu.readings()
    unread = {label for label in labels if any("\u4e00" <= one <= "\u9fff" for one in label)} - known.keys()
    wrong = {label for label, reads in known.items() if not can_be_read(label, reads)}

    assert (unread, wrong, known.keys() - labels) == (set(), set(), set())


def can_be_read(label, reads):
    """Whether each syllable is a reading of its character; letters stand for themselves."""
    syllables = [one for one in reads.split() if one.isascii()]
    han = [one for one in label if "\u4e00" <= one <= "\u9fff"]
    said = syllables[len(syllables) - len(han) :]
    return all(one in word_readings(sign)[0] for one, sign in zip(said, han, strict=True))
