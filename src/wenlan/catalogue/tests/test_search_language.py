"""What somebody means who writes AND, OR, NOT, quotes and names of fields; and that nobody else notices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.search.classes import class_path
from wenlan.catalogue.search.language import Both, Either, Quoted, Words, Years, read
from wenlan.catalogue.types import SearchField

pytestmark = pytest.mark.embedded

ANY, TITLE, AUTHOR = SearchField.ANY, SearchField.TITLE, SearchField.AUTHOR


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("平凡的世界", Words("平凡的世界", ANY)),
        ("三体：黑暗森林", Words("三体：黑暗森林", ANY)),
        ("Pride and Prejudice", Words("Pride and Prejudice", ANY)),
        ("论“三农”问题", Words("论“三农”问题", ANY)),
        ("e-mail", Words("e-mail", ANY)),
        ("平凡 AND 路遥", Both((Words("平凡", ANY), Words("路遥", ANY)))),
        ("平凡的 世界 OR 三体", Either((Words("平凡的 世界", ANY), Words("三体", ANY)))),
        ("世界 NOT 通史", Both((Words("世界", ANY),), (Words("通史", ANY),))),
        ("世界 -通史", Both((Words("世界", ANY),), (Words("通史", ANY),))),
        ("author:路遥 世界", Both((Words("路遥", AUTHOR), Words("世界", ANY)))),
        ("作者：路遥 year:1980-1989", Both((Words("路遥", AUTHOR), Years(1980, 1989)))),
        ("年:1986", Years(1986, 1986)),
        ("year:1986-", Years(1986, None)),
        ("year:-1986", Years(None, 1986)),
        ('"the old man"', Quoted("the old man", ANY)),
        ('title:"三体"', Quoted("三体", TITLE)),
        ("title:(三体 OR 边城)", Either((Words("三体", TITLE), Words("边城", TITLE)))),
        ("(三体 OR 边城) AND 小说", Both((Either((Words("三体", ANY), Words("边城", ANY))), Words("小说", ANY)))),
        ("三体 AND", Words("三体", ANY)),  # it makes no sense, and is words
        ("year:soon 三体", Words("soon 三体", ANY)),
    ],
)
def test_a_text_is_read_as(text, said):
    assert read(text, ANY) == said


@given(st.text(st.sampled_from('三体ab "“”()（）:：-年year:titleANDOR NOT 19'), max_size=60))
def test_every_text_is_read_as_something(text):
    assert read(text, ANY) is not None


@pytest.mark.parametrize(
    ("number", "path"),
    [
        ("I247.57", ("I", "I2", "I24", "I247", "I247.5", "I247.57")),
        ("TP311.561", ("T", "TP", "TP3", "TP31", "TP311", "TP311.5", "TP311.56", "TP311.561")),
        ("K109-53", ("K", "K1", "K10", "K109")),
        ("B", ("B",)),
        ("", ()),
        ("813.54", ()),
    ],
)
def test_a_class_number_is_a_path(number, path):
    assert class_path(number) == path
