"""What every engine must do, asked of each: the embedded one, a cluster of one process, and a real cluster.

The real one answers where WENLAN_TEST_CLUSTER names one, and what it answers is recorded; without, the recordings are
replayed, where there are any (see `exchanges`).
"""

import re
from contextlib import contextmanager
from dataclasses import replace

import pytest

from wenlan.catalogue.description.folding import key, pinyin_of
from wenlan.catalogue.search.embedded import EmbeddedIndex
from wenlan.catalogue.search.engine import IndexedRecord, IndexUnavailable, IndexUnreachable
from wenlan.catalogue.search.opensearch import OpenSearchIndex, mapping
from wenlan.catalogue.search.schema import SHAPE, document
from wenlan.catalogue.tests.cluster import cluster
from wenlan.catalogue.tests.exchanges import LIVE, kept, recorded, recording, replayed
from wenlan.catalogue.types import Counts, FacetCount, SearchField, SearchQuery, SearchSort, Subtree


def work(number: int, title: str, **stated: object) -> IndexedRecord:
    """Return a record of the index; what is not stated is empty."""
    read, initials = pinyin_of(title)
    empty = dict.fromkeys(("series", "publisher", "class_number", "main_class", "language", "audience"), "")
    many = dict.fromkeys(("other_titles", "authors", "subjects", "numbers"), ())
    made = IndexedRecord(
        id=number, title=title, title_key=key(title), year=None, pinyin=read, initials=initials, material="book",
        **empty, **many,
    )  # fmt: skip
    return replace(made, **stated)


SHELF = (
    work(1, "三体", authors=("刘慈欣",), class_number="I247.55", year=2008, numbers=("9787536692930", "7536692935")),
    work(2, "三体全集", authors=("刘慈欣",), class_number="I247.55", year=2011, nodes=(2,), copies=3, loans=90),
    work(3, "解读《三体》", authors=("李广益",), class_number="I207.42", year=2017, nodes=(4,), copies=1),
    work(4, "平凡的世界", authors=("路遥",), class_number="I247.57", year=1986, subjects=("长篇小说",), language="chi"),
    work(5, "世界通史", authors=("吴于廑",), class_number="K109", year=1994, call_numbers=("K109/12",)),
    work(6, "Python编程", class_number="TP311.561", year=2016, series="图灵程序设计丛书"),
    work(7, "世界通史续编", class_number="K109", nodes=(2, 4)),
)


@pytest.fixture(params=["embedded", "cluster", *(["recorded"] if LIVE or recorded() else [])])
def empty(request, tmp_path):
    """An engine that holds no index yet."""
    if request.param == "embedded":
        yield EmbeddedIndex(tmp_path)
        return
    name = re.sub(r"\W+", "_", request.node.name).strip("_")
    kinds = {"cluster": cluster_at, "recorded": lambda: recording(name) if LIVE else replay_of(name)}
    with kinds[request.param]() as url:
        yield OpenSearchIndex(url)


@contextmanager
def cluster_at():
    """Yield the address of a cluster of one process."""
    with cluster() as served:
        yield served.url


def replay_of(name):
    """Replay what a real cluster answered to this test; a test that came later has not been recorded."""
    if name not in recorded():
        pytest.skip("not recorded from a real cluster yet (WENLAN_TEST_CLUSTER)")
    return replayed(kept(name)[1])


@pytest.fixture
def index(empty):
    """An engine with the shelf in it."""
    assert empty.rebuild([SHELF[:4], SHELF[4:]]) == len(SHELF)
    return empty


def found(index, text="", **asked) -> list[int]:
    return list(index.search(SearchQuery(text=text, **asked)).ids)


def test_without_an_index_every_question_says_so(empty):
    for ask in (
        lambda: empty.search(SearchQuery(text="三体")),
        lambda: empty.first(SearchQuery(text="三体"), 10),
        lambda: empty.suggestions("三", 5),
        lambda: empty.nearest("三体", 5),
        lambda: empty.put(SHELF),
        empty.count,
    ):
        with pytest.raises(IndexUnavailable):
            ask()


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("三体", [1, 2, 3]),  # exact, start, phrase
        ("三體", [1, 2, 3]),
        ("凡的", [4]),
        ("于廑", [5]),
        ("篇小", [4]),
        ("程序设", [6]),
        ("ｐｙｔｈｏｎ", [6]),
        ("世界 路遥", [4]),
        ("通史世界", [5, 7]),  # words in another order
        ("pfdsj", [4]),
        ("dsj", [4]),
        ("pingfandeshijie", [4]),
        ("shi jie", [5, 7, 4]),
        ("978-7-5366-9293-0", [1]),
        ("7536692935", [1]),
        ("I247.57", [4]),
        ("K109/12", [5]),
        ("世界 NOT 通史", [4]),
        ("三体 OR 平凡", [1, 2, 3, 4]),
        ("year:1980-1990", [4]),
        ("没有这本书", []),
    ],
)
def test_a_text_finds(index, text, hits):
    assert sorted(found(index, text)) == sorted(hits)


def test_the_exact_title_comes_first_then_its_beginning_then_the_rest(index):
    assert found(index, "三体") == [1, 2, 3]


def test_what_is_lent_more_comes_before_its_like(empty):
    empty.rebuild([[work(1, "边城"), work(2, "边城", loans=40, copies=3), work(3, "边城", copies=2)]])

    assert found(empty, "边城") == [2, 3, 1]


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ({"at": Subtree(2, (2,))}, [2, 7]),
        ({"at": Subtree(3, (3, 4))}, [3, 7]),
        ({"at": Subtree(5, (5,))}, []),
        ({"class_number": "I247"}, [1, 2, 4]),
        ({"main_class": "K"}, [5, 7]),
        ({"year_from": 2010, "year_to": 2016}, [2, 6]),
        ({"language": "chi"}, [4]),
        ({"text": "路遥", "field": SearchField.TITLE}, []),
        ({"text": "K109", "field": SearchField.CALL}, [5]),
    ],
)
def test_filters_and_fields_narrow(index, asked, hits):
    assert sorted(found(index, **asked)) == hits


def test_years_order_the_hits_and_the_unknown_year_is_last(index):
    assert found(index, sort=SearchSort.NEWEST)[:2] == [3, 6]
    assert found(index, "世界", sort=SearchSort.OLDEST) == [4, 5, 7]


def test_facets_count_classes_places_and_years(index):
    page = index.search(SearchQuery(main_class="I"))

    assert page.facets["main_class"] == (FacetCount("I", 4),)
    assert page.facets["class"] == (FacetCount("I2", 4),)
    assert page.facets["year"][0] == FacetCount("2017", 1)
    assert not index.search(SearchQuery(counts=Counts.NEVER)).is_counted
    assert index.search(SearchQuery(main_class="I", counts=Counts.FEW)).facets == page.facets


def test_a_record_held_twice_under_a_place_is_counted_there_once(index):
    # Two branches under the county's library 1, a book bus 6 beside it: what stands in both branches counts once.
    county, bus = Subtree(1, (1, 2, 4)), Subtree(6, (6,))

    assert index.search(SearchQuery(below=(county, bus))).facets["node"] == (FacetCount("1", 3),)


def test_a_branch_that_moved_is_found_at_its_new_place_without_a_new_index(index):
    before = (Subtree(2, (2, 4)), Subtree(3, (3,)))
    moved = (Subtree(2, (2,)), Subtree(3, (3, 4)))

    assert index.search(SearchQuery(below=before)).facets["node"] == (FacetCount("2", 3),)
    assert index.search(SearchQuery(below=moved)).facets["node"] == (FacetCount("2", 2), FacetCount("3", 2))
    assert found(index, at=moved[1]) == [3, 7]


def test_pages_follow_one_another_without_a_gap(index):
    turned = [one for page in (1, 2, 3, 4) for one in found(index, sort=SearchSort.OLDEST, page=page, size=3)]

    assert sorted(turned) == [1, 2, 3, 4, 5, 6, 7]
    assert list(index.first(SearchQuery(sort=SearchSort.OLDEST), 100)) == turned
    assert index.search(SearchQuery(page=3, size=3)).total == 7


def test_titles_are_suggested_while_typing_and_for_what_is_not_there(index):
    assert set(index.suggestions("三", 5)) == {"三体", "三体全集"}
    assert set(index.suggestions("sj", 5)) == {"世界通史", "世界通史续编"}
    assert "平凡的世界" in index.nearest("平凡的事界", 5)
    assert "Python编程" in index.nearest("Pythom", 5)
    assert "平凡的世界" in index.nearest("世界 路遥 人民文学", 5)


def test_a_record_is_replaced_and_taken_out(index):
    index.put([work(4, "边城", authors=("沈从文",))], gone=[1, 99])

    assert (found(index, "平凡"), found(index, "边城"), found(index, "三体")) == ([], [4], [2, 3])
    assert index.count() == 6


def test_a_rebuilt_index_takes_the_place_of_the_old_one(index):
    index.rebuild([[SHELF[0]]])

    assert (index.count(), found(index, "世界")) == (1, [])


def test_every_value_of_a_document_has_a_field_in_the_cluster():
    assert set(document(SHELF[0])) <= set(mapping()["mappings"]["properties"])


def test_a_cluster_that_does_not_answer_is_waited_for():
    with cluster() as served:
        index = OpenSearchIndex(served.url)
        index.rebuild([SHELF])

    with pytest.raises(IndexUnreachable):
        index.count()


def test_what_travels_is_one_request_a_search_and_two_when_few_are_counted():
    with cluster() as served:
        index = OpenSearchIndex(served.url)
        index.rebuild([SHELF])
        served.asked.clear()
        index.search(SearchQuery(text="三体"))
        index.search(SearchQuery(text="三体", counts=Counts.FEW))

    assert [path for _method, path, _lines in served.asked] == [f"/wenlan-shape{SHAPE}/_search"] * 3
