"""What is found, in which order, and what is said when nothing is."""

import threading

import pytest

from wenlan.catalogue import indexing, operations, queries
from wenlan.catalogue.search.embedded import EmbeddedIndex
from wenlan.catalogue.search.engine import IndexUnavailable
from wenlan.catalogue.search.tokens import grams, words
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.catalogue.testing import AT, make_act, make_marc, make_record
from wenlan.catalogue.types import FacetCount, Held, SearchField, SearchQuery, SearchSort
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import posted_count
from wenlan.network.testing import make_network, make_node

pytestmark = pytest.mark.django_db


@pytest.fixture
def node(tmp_path, settings):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    return make_network()[0].id


@pytest.fixture
def shelf(node):
    """Eight works, in the index."""
    make_record(node, "三体", subject="长篇小说", isbn="978-7-5366-9293-0", series="中国科幻基石丛书")
    make_record(node, "三体全集")
    make_record(node, "解读《三体》", author="李广益", class_number="I207.42")
    make_record(node, "平凡的世界", author="路遥", class_number="I247.5", year="1986")
    make_record(node, "世界通史", author="吴于廑", class_number="K109", year="1994", subject="世界史")
    make_record(node, "中国近代建筑研究与保护", author="张复合", class_number="TU-092.5", year="2014")
    make_record(node, "Python编程", author="埃里克·马瑟斯", class_number="TP311.561", year="2016")
    make_record(node, "长河", author="沈从文", pinyin="chang he", year="1945")
    indexing.index_posted(at=AT)
    return node


def titles(text="", **asked):
    return [one.title_proper for one in queries.search(SearchQuery(text=text, **asked)).hits]


def test_the_exact_title_comes_first_then_its_beginning_then_the_phrase(shelf):
    assert titles("三体") == ["三体", "三体全集", "解读《三体》"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("凡的", "平凡的世界"),  # the middle of a title
        ("代建", "中国近代建筑研究与保护"),  # across words
        ("科幻基石", "三体"),  # series
        ("于廑", "世界通史"),  # the middle of an author
        ("篇小", "三体"),  # the middle of a subject
        ("三体 刘慈欣", "三体"),
        ("中国建筑保护", "中国近代建筑研究与保护"),  # words that do not stand together
        ("ｐｙｔｈｏｎ", "Python编程"),  # full width
        ("PYTHON", "Python编程"),
        ("978-7-5366-9293-0", "三体"),
        ("9787536692930", "三体"),
        ("7536692935", "三体"),  # the old form of the same number
        ("TP311", "Python编程"),
        ("tp311.561", "Python编程"),
        ("pingfandeshijie", "平凡的世界"),
        ("ping fan", "平凡的世界"),
        ("pfdsj", "平凡的世界"),
        ("jdjz", "中国近代建筑研究与保护"),  # initials from the middle
        ("changhe", "长河"),  # as the cataloguer read it
        ("中國近代建築研究與保護", "中国近代建筑研究与保护"),  # traditional
        ("于廑 NOT 三体", "世界通史"),
        ('"科幻基石"', "三体"),
        ("作者:路遥", "平凡的世界"),
    ],
)
def test_a_title_is_found_by(shelf, text, title):
    assert titles(text)[:1] == [title]


def test_any_two_neighbouring_characters_of_a_title_find_it(shelf):
    title = "中国近代建筑研究与保护"

    assert all(title in titles(title[at : at + 2]) for at in range(len(title) - 1))


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        (SearchField.AUTHOR, "路遥", ["平凡的世界"]),
        (SearchField.TITLE, "路遥", []),
        (SearchField.SUBJECT, "世界", ["世界通史"]),
        (SearchField.SERIES, "基石", ["三体"]),
        (SearchField.CLASS, "K1", ["世界通史"]),
        (SearchField.NUMBER, "7-5366-9293-5", ["三体"]),
    ],
)
def test_a_field_narrows_the_search(shelf, field, text, found):
    assert titles(text, field=field) == found


def test_filters_narrow_and_facets_count(shelf):
    page = queries.search(SearchQuery(text="世界"))

    assert page.total == 2
    assert page.facets["main_class"] == (FacetCount("I", 1), FacetCount("K", 1))
    assert page.facets["year"] == (FacetCount("1994", 1), FacetCount("1986", 1))
    assert titles("世界", main_class="K") == ["世界通史"]
    assert titles("世界", year_to=1990) == ["平凡的世界"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("世界 NOT 通史", ["平凡的世界"]),
        ("year:1990-1999 世界", ["世界通史"]),
        ("title:世界 AND author:路遥", ["平凡的世界"]),
        ("三体 AND 全集 OR 长河", ["三体全集", "长河"]),
        ('"世界 通"', ["世界通史"]),
        ("作者:路遥 -平凡", []),
    ],
)
def test_an_exact_search_finds_what_it_says(shelf, text, found):
    assert sorted(titles(text)) == sorted(found)


def test_facets_show_the_classes_under_the_one_asked_for(shelf):
    page = queries.search(SearchQuery(main_class="I"))

    assert page.facets["class"] == (FacetCount("I2", 5),)
    assert queries.search(SearchQuery(class_number="I24")).facets["class"] == (FacetCount("I247", 4),)


def test_without_words_the_filters_list_the_newest_first(shelf):
    assert titles(main_class="T") == ["Python编程", "中国近代建筑研究与保护"]
    assert titles(class_number="TU") == ["中国近代建筑研究与保护"]
    assert titles("世界", sort=SearchSort.OLDEST) == ["平凡的世界", "世界通史"]


@pytest.mark.parametrize(
    ("text", "suggested"),
    [("平凡的事界", "平凡的世界"), ("中国近代建筑研究与开发", "中国近代建筑研究与保护"), ("Pythom", "Python编程")],
)
def test_a_query_that_finds_nothing_gets_suggestions(shelf, text, suggested):
    page = queries.search(SearchQuery(text=text))

    assert page.total == 0
    assert suggested in page.suggestions


@pytest.mark.parametrize(
    ("typed", "suggested"), [("三", ("三体", "三体全集")), ("sj", ("世界通史",)), ("shiji", ("世界通史",))]
)
def test_titles_are_suggested_while_typing(shelf, typed, suggested):
    assert sorted(queries.suggestions(typed)) == sorted(suggested)


@pytest.mark.parametrize("text", ["", " ", "《》", "\x00", "(((", "a:b AND", "*", "\\", "三" * 3000, "'", "😀"])
def test_no_text_breaks_the_search(shelf, text):
    page = queries.search(SearchQuery(text=text))

    assert page.is_complete


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_hits_is_one_statement(node, count, django_assert_num_queries):
    for number in range(count):
        make_record(node, f"示例{number}")
    indexing.index_posted(at=AT)

    with django_assert_num_queries(1):
        assert len(queries.search(SearchQuery(text="示例")).hits) == count


def test_a_changed_record_is_found_by_its_new_title_only(shelf):
    record = queries.search(SearchQuery(text="长河")).hits[0]
    operations.change_record(make_act(shelf), record=record.uid, marc=make_marc("边城", author="沈从文"))
    indexing.index_posted(at=AT)

    assert titles("长河") == []
    assert titles("边城") == ["边城"]
    assert indexing.index().count() == 8


def test_indexing_twice_makes_no_double(shelf):
    ids = [one.id for one in queries.search(SearchQuery(text="三体")).hits]
    jobs.post(INDEX_TOPIC, {"ids": ids})
    indexing.index_posted(at=AT)

    assert titles("三体") == ["三体", "三体全集", "解读《三体》"]
    assert posted_count(INDEX_TOPIC) == 0


def test_without_an_index_numbers_and_title_starts_are_found_and_the_page_says_so(node):
    make_record(node, "三体全集", isbn="978-7-5366-9293-0")
    make_record(node, "解读《三体》")

    by_title = queries.search(SearchQuery(text="三体"))
    by_number = queries.search(SearchQuery(text="7-5366-9293-5"))

    assert [one.title_proper for one in by_title.hits] == ["三体全集"]
    assert [one.title_proper for one in by_number.hits] == ["三体全集"]
    assert not by_title.is_complete


def test_a_damaged_index_is_noticed_and_built_anew(shelf, settings):
    for one in settings.WENLAN_SEARCH_DIR.rglob("*"):
        if one.is_file() and one.name not in ("current",):
            one.write_bytes(b"damaged")
    indexing._index.cache_clear()

    assert not queries.search(SearchQuery(text="三体")).is_complete

    indexing.index_posted(at=AT)

    assert titles("三体") == ["三体", "三体全集", "解读《三体》"]


@pytest.mark.parametrize("kind", ["*.pos", "*.term", "*.fast", "*.idx"])
def test_one_lost_file_is_noticed_by_whoever_needs_it_and_the_index_built_anew(shelf, settings, kind):
    for one in settings.WENLAN_SEARCH_DIR.rglob(kind):
        one.unlink()
    indexing._index.cache_clear()

    assert not queries.search(SearchQuery(text="三体")).is_complete
    indexing.index_posted(at=AT)

    assert queries.search(SearchQuery(text="三体")).is_complete
    assert titles("三体") == ["三体", "三体全集", "解读《三体》"]


def test_a_question_the_engine_does_not_like_costs_no_index(shelf):
    with pytest.raises(IndexUnavailable), indexing.index()._engine():
        raise ValueError("Invalid regex")

    assert titles("三体") == ["三体", "三体全集", "解读《三体》"]


def test_a_rebuilt_index_takes_the_place_of_the_old_one(shelf, settings):
    assert indexing.rebuild_index(at=AT) == 8

    assert titles("三体") == ["三体", "三体全集", "解读《三体》"]
    assert len([one for one in settings.WENLAN_SEARCH_DIR.glob("shape*") if one.is_dir()]) == 1


def test_threads_and_a_second_process_see_each_commit(shelf, settings):
    reader = EmbeddedIndex(settings.WENLAN_SEARCH_DIR)
    assert reader.count() == 8
    make_record(shelf, "边城")
    indexing.index_posted(at=AT)
    found = []

    threads = [
        threading.Thread(target=lambda: found.append(reader.search(SearchQuery(text="边城")).total)) for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert found == [1, 1, 1, 1]


def test_an_index_that_was_never_built_is_unavailable(tmp_path):
    with pytest.raises(IndexUnavailable):
        EmbeddedIndex(tmp_path).search(SearchQuery(text="三体"))


def test_text_becomes_pairs_and_words():
    assert grams("三体全集 2") == ["三体", "体全", "全集", "2"]
    assert grams("周 宝珠") == ["周宝", "宝珠"]
    assert {"中国", "建筑"} <= set(words("中国建筑史"))


def test_while_another_worker_holds_the_lease_nothing_is_indexed_and_nothing_lost(shelf):
    make_record(shelf, "边城")
    jobs.lease(indexing.LEASE, holder="another", seconds=60, at=AT)

    assert indexing.index_posted(at=AT) == 0
    assert posted_count(INDEX_TOPIC) == 1

    jobs.release(indexing.LEASE, holder="another")
    assert indexing.index_posted(at=AT) == 1
    assert titles("边城") == ["边城"]


def test_what_holdings_tell_is_found_and_lifts_a_hit(shelf):
    east = make_node("EAST", parent=shelf)
    first, second = make_record(shelf, "边城"), make_record(shelf, "边城")
    told = Held(record=second.id, nodes=(east.id,), call_numbers=("I246.5/12",), copies=2, loans=40)

    assert operations.note_held([told]) == 1
    assert operations.note_held([told]) == 0
    indexing.index_posted(at=AT)

    found = queries.search(SearchQuery(text="边城"))
    assert [one.id for one in found.hits] == [second.id, first.id]
    assert found.facets["node"] == (FacetCount(str(east.id), 1),)
    assert [one.id for one in queries.search(SearchQuery(node=shelf)).hits] == [second.id]
    assert titles("I246.5/12") == ["边城"]
