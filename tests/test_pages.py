"""Every address that a person can open is looked at, in pictures and by axe, or it is said why not."""

from tools import pages


def test_each_page_is_walked_or_excused_and_no_name_is_left_of_a_page_that_went():
    opened, walked, excused = set(pages.opened()), pages.walked(), pages.excused()

    assert sorted(opened - walked - excused.keys()) == [], "name it in tools/walked.toml, and look at it: ./dev shots"
    assert sorted((walked | excused.keys()) - opened) == []
    assert sorted(walked & excused.keys()) == []
    assert [name for name, reason in excused.items() if len(reason) < len("a picture")] == []


def test_what_only_takes_what_is_sent_is_no_page():
    opened = pages.opened()

    assert {"circulation:desk", "patrons:reader", "kiosk:return"} <= opened.keys()
    assert not {"circulation:undo", "staff:sign_out", "devices:switch"} & opened.keys()
