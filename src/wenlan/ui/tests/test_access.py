"""The style page and every shell, in light and dark, at a phone's and a desk's width: axe finds nothing."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from wenlan.ui import testing, views

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def answer(shell):
    template, context, status = views.page(shell)
    with override("zh-hans"):
        html = render_to_string(template, {**context, "request": RequestFactory().get("/")})
    return status, "text/html; charset=utf-8", html


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("shell", ["desk", *views.SHELLS])
def test_a_shell_is_open_to_everybody_and_fits_a_phone(browser, shell, scheme):
    page = browser.new_context(locale="zh-CN", color_scheme=scheme, viewport={"width": 1366, "height": 900}).new_page()
    testing.serve(page, {"/": lambda _: answer(shell)})
    page.goto(f"{testing.ORIGIN}/")
    page.wait_for_load_state("networkidle")

    faults = testing.violations(page)
    page.set_viewport_size({"width": 360, "height": 780})
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.context.close()

    assert (faults, overflow if shell != "screen" else 0) == ([], 0)
