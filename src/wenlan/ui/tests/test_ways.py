"""The way back names every page, and links those that the reader of the page may open."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "linked"), [("acquisitions", True), ("circulation", False)])
def test_a_crumb_is_a_link_where_its_page_opens(role, linked):
    batches = reverse("acquisitions:batches")
    page = signed_in(make_network()[0].id, role).get(batches)
    crumbs = [("采访", f"{batches}?after=1"), ("首页", "/"), ("外馆", "https://example.org/"), ("批次", "")]

    shown = render_to_string("ui/components/breadcrumbs.html", {"crumbs": crumbs}, request=page.wsgi_request)

    assert (page.status_code == 200) is linked
    assert (f'<a href="{batches}?after=1">采访</a>' in shown, "<span>采访</span>" in shown) == (linked, not linked)
    assert shown.count("<a ") == 2 + linked
    assert '<span aria-current="page">批次</span>' in shown


def test_without_a_desk_every_crumb_is_a_link():
    shown = render_to_string("ui/components/breadcrumbs.html", {"crumbs": [("采访", reverse("acquisitions:batches"))]})

    assert "<a " in shown
