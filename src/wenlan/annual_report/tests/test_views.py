"""The report's pages, tried by a stranger, by staff of another branch, and by those who work with them."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from wenlan.annual_report import queries
from wenlan.annual_report.tests.test_operations import composed, confirmed_texts, visits
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db


def pages(edition):
    return [
        reverse("annual_report:edition", args=[edition.id]),
        reverse("annual_report:figure", args=[edition.id, "f1"]),
        reverse("annual_report:download", args=[edition.id, "html"]),
    ]


def test_a_stranger_is_sent_to_the_sign_in():
    (root,) = make_network()
    edition = composed(root.id)

    answers = [Client().get(page) for page in [reverse("annual_report:editions"), *pages(edition)]]

    assert {answer.status_code for answer in answers} == {302}
    assert all("/desk/sign-in/" in answer.url for answer in answers)


def test_staff_of_another_branch_find_nothing():
    root, _east, west = make_network("E", "W")
    edition = composed(root.id)
    browser = signed_in(west.id, "branch_manager")

    assert [browser.get(page).status_code for page in pages(edition)] == [404, 404, 404]
    listed = browser.get(reverse("annual_report:editions")).content.decode()
    assert edition.title not in listed
    assert reverse("annual_report:compose") not in listed


def test_staff_without_the_right_to_figures_are_told_so():
    (root,) = make_network()

    answer = signed_in(root.id).get(reverse("annual_report:editions"))

    assert answer.status_code == 403


def test_the_office_composes_and_reads():
    (root,) = make_network()
    visits(root.id, 500123)
    browser = signed_in(root.id, "office")
    key = re.search(r'name="key" value="([^"]+)"', browser.get(reverse("annual_report:editions")).content.decode())

    asked = {"node": root.id, "year": 2019, "shape": "changzhi", "key": key[1]}
    first = browser.post(reverse("annual_report:compose"), asked)
    second = browser.post(reverse("annual_report:compose"), asked)

    assert first.url == second.url
    page = browser.get(first.url).content.decode()
    figure = re.search(r'<a class="figure-link" href="([^"]+)" hx-get[^>]*>50<i class="gap"></i>万余人次</a>', page)
    panel = browser.get(figure[1], headers={"HX-Request": "true"}).content.decode()
    assert "500,123" in panel
    assert "gate:1" in panel
    assert "<html" not in panel
    assert "<html" in browser.get(figure[1]).content.decode()


@pytest.mark.capability("V30")
def test_a_figure_opens_by_month_down_to_the_act_and_names_its_scope():
    (root,) = make_network()
    visits(root.id, 5, day=date(2019, 3, 4), source="gate:march")
    visits(root.id, 7, day=date(2019, 4, 1), source="gate:april")
    edition = composed(root.id)
    ref = next(one.ref for one in edition.figures.values() if one.measure == "visits" and not one.where)
    browser = signed_in(root.id, "office")
    address = reverse("annual_report:figure", args=[edition.id, ref])

    whole, march = (browser.get(address + query).content.decode() for query in ("", "?month=2019-03-01"))

    assert "?month=2019-03-01" in whole
    assert "总分馆体系" in whole
    assert ("gate:march" in march, "gate:april" in march) == (True, False)


def test_the_acts_behind_a_figure_are_told_in_its_unit():
    (root,) = make_network()
    ledger.record(make_act(date(2019, 3, 4), node=root.id), Kind.VOLUNTEER_SERVED, quantity=150, source="served:1")
    edition = composed(root.id)
    ref = next(one.ref for one in edition.figures.values() if one.measure == "volunteer_hours")

    panel = signed_in(root.id, "office").get(reverse("annual_report:figure", args=[edition.id, ref]))

    assert [quantity for _act, _place, quantity in panel.context["acts"]] == [Decimal("2.5")]


def test_the_panel_says_when_the_sums_have_moved_on():
    (root,) = make_network()
    visits(root.id, 5)
    edition = composed(root.id)
    visits(root.id, 2, source="gate:2")
    composed(root.id, key="again")
    ref = next(one.ref for one in edition.figures.values() if one.measure == "visits" and not one.where)

    panel = signed_in(root.id, "office").get(reverse("annual_report:figure", args=[edition.id, ref]))

    assert "The sums say 7 today." in panel.content.decode()


def test_a_bad_year_composes_nothing_and_shows_the_form_again():
    (root,) = make_network()
    browser = signed_in(root.id, "office")

    answer = browser.post(
        reverse("annual_report:compose"), {"node": root.id, "year": 19, "shape": "changzhi", "key": "k"}
    )

    assert answer.status_code == 422
    assert queries.editions({root.id}) == ()


def test_a_figure_or_format_that_is_not_there_is_a_refusal():
    (root,) = make_network()
    edition = composed(root.id)
    browser = signed_in(root.id, "office")

    assert browser.get(reverse("annual_report:figure", args=[edition.id, "f999"])).status_code == 404
    assert browser.get(reverse("annual_report:download", args=[edition.id, "doc"])).status_code == 409
    assert browser.get(reverse("annual_report:edition", args=[999])).status_code == 404


@pytest.mark.slow
def test_a_download_carries_the_report_and_no_finding():
    (root,) = make_network()
    edition = composed(root.id)
    browser = signed_in(root.id, "office")

    answer = browser.get(reverse("annual_report:download", args=[edition.id, "html"]))

    body = answer.content.decode()
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert edition.document.title in body
    assert "finding" not in body
    assert len(edition.findings) > 0


def test_steps_by_button():
    (root,) = make_network()
    confirmed_texts(root.id, "opening", "party", "plan")
    edition = composed(root.id)
    office, director = signed_in(root.id, "office"), signed_in(root.id, "director")
    address = reverse("annual_report:step", args=[edition.id])

    refused = director.post(address, {"step": "check"}, follow=True).content.decode()
    taken = office.post(address, {"step": "check", "note": "核对无误"}, follow=True).content.decode()

    assert "You do not hold the right for this step here." in refused
    assert "核对无误" in taken
    assert queries.edition(edition.id).state == "checked"


def test_the_director_releases_a_finding_with_a_reason():
    (root,) = make_network()
    confirmed_texts(root.id, "opening", "party", "plan")
    edition = composed(root.id)
    finding = edition.findings[0]
    address = reverse("annual_report:release", args=[edition.id, finding.id])

    assert signed_in(root.id, "office").post(address, {"reason": "可以"}).status_code == 403
    signed_in(root.id, "director").post(address, {"reason": "数据未报"})

    (released,) = [kept for kept in queries.edition(edition.id).findings if not kept.is_open]
    assert (released.id, released.reason) == (finding.id, "数据未报")


def test_the_office_states_a_text_and_confirms_an_old_one():
    (root,) = make_network()
    browser = signed_in(root.id, "office")
    stated = reverse("annual_report:state_text", args=[root.id, 2019, "opening"])
    page = reverse("annual_report:texts", args=[root.id, 2020])

    empty = browser.post(stated, {"text": ""})
    browser.post(stated, {"text": "现将工作报告如下：", "source_document": "纪要3号", "approver": "馆长"})
    (text,) = queries.stated_texts(root.id)
    browser.post(reverse("annual_report:confirm_text", args=[root.id, 2020, text.id]))

    assert empty.status_code == 422
    assert text.confirmed_for == 2019
    assert queries.stated_texts(root.id)[0].confirmed_for == 2020
    assert "现将工作报告如下：" in browser.get(page).content.decode()


def test_texts_of_another_branch_are_out_of_reach():
    root, east = make_network("E")
    browser = signed_in(east.id, "office")

    assert browser.get(reverse("annual_report:texts", args=[root.id, 2019])).status_code == 403
    assert browser.get(reverse("annual_report:texts", args=[east.id, 2019])).status_code == 200


def test_the_list_costs_the_same_with_one_and_three_editions(django_assert_max_num_queries):
    (root,) = make_network()
    composed(root.id, key="1")

    def statements():
        with django_assert_max_num_queries(3) as counted:
            queries.editions({root.id})
        return len(counted)

    one = statements()
    composed(root.id, key="2")
    composed(root.id, key="3")
    assert statements() == one
