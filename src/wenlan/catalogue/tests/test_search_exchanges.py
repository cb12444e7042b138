"""The adapter to a search cluster against exchanges that are kept: documented ones, and how others are recorded."""

import pytest

from wenlan.catalogue.search.engine import IndexUnavailable, IndexUnreachable
from wenlan.catalogue.search.opensearch import OpenSearchIndex
from wenlan.catalogue.tests.exchanges import kept, recorded, recording, replayed, served
from wenlan.catalogue.types import FacetCount, SearchQuery, Subtree

pytestmark = pytest.mark.embedded


def test_hits_and_every_kind_of_facet_are_read_as_documented():
    _source, exchanges = kept("documented_search")

    with replayed(exchanges) as url:
        found = OpenSearchIndex(url).search(SearchQuery(main_class="I", below=(Subtree(2, (2, 4)), Subtree(3, (3,)))))

    assert (found.ids, found.total) == ((2, 1, 4), 3)
    assert found.facets["node"] == (FacetCount("2", 2),)
    assert found.facets["year"] == (FacetCount("2011", 1), FacetCount("2008", 1), FacetCount("1986", 1))
    assert found.facets["audience"] == ()


def test_deleting_what_is_not_there_is_no_failure():
    _source, exchanges = kept("documented_bulk")

    with replayed(exchanges) as url:
        OpenSearchIndex(url).put([], gone=[2, 3])


@pytest.mark.parametrize(
    ("name", "error"),
    [("documented_missing_index", IndexUnavailable), ("documented_busy", IndexUnreachable)],
)
def test_a_missing_index_is_rebuilt_and_a_busy_cluster_waited_for(name, error):
    _source, exchanges = kept(name)

    with replayed(exchanges) as url, pytest.raises(IndexUnavailable) as caught:
        OpenSearchIndex(url).count()

    assert type(caught.value) is error


def test_a_line_that_was_refused_is_told():
    _source, exchanges = kept("documented_refused_line")

    with replayed(exchanges) as url, pytest.raises(IndexUnavailable):
        OpenSearchIndex(url).put([], gone=[2])


def test_what_is_recorded_is_replayed_and_holds_no_password(tmp_path):
    answers = {
        "/wenlan-shape3/_count": b'{"count": 7}',
        "/": b'{"version": {"number": "2.19.1", "distribution": "opensearch"}}',
    }

    with served(lambda _method, path, _lines: (200, answers.get(path, b"{}"))) as cluster:
        signed = cluster.replace("http://", "http://reader:secret@")
        with recording("count", of=signed, into=tmp_path) as url:
            assert OpenSearchIndex(url).count() == 7
    source, exchanges = kept("count", tmp_path)

    assert source == "recorded from opensearch 2.19.1"
    assert "secret" not in (tmp_path / "count.json").read_text(encoding="utf-8")
    with replayed(exchanges) as url:
        assert OpenSearchIndex(url).count() == 7


def test_every_file_says_where_its_exchanges_come_from():
    names = ["documented_bulk", "documented_busy", "documented_missing_index", "documented_refused_line"]

    assert {kept(one)[0].startswith("written down from the documentation: ") for one in names} == {True}
    assert {kept(one)[0].startswith("recorded from ") for one in recorded()} <= {True}
