"""Drawn spines: the same work always the same, and the title always on it."""

from hypothesis import given
from hypothesis import strategies as st

from wenlan.ui import spines


def test_a_long_title_is_cut_at_its_subtitle():
    drawn = spines.spine(title="深入理解计算机系统：从程序员的角度看", main_class="TP3", person="Bryant；O'Hallaron")

    assert (drawn.title, drawn.person, drawn.cloth) == ("深入理解计算机系统", "Bryant", "stone")


@given(st.text(), st.text(max_size=5), st.text())
def test_every_work_has_a_spine_that_holds_its_words(title, main_class, person):
    drawn = spines.spine(title=title, main_class=main_class, person=person)

    assert drawn == spines.spine(title=title, main_class=main_class, person=person)
    assert len(drawn.title) <= spines.LONGEST_ON_A_SPINE
    assert 1 <= drawn.width <= 4
    assert 1 <= drawn.height <= len(spines.HEIGHTS)
