"""A supplier's file, told as a cataloguer would tell it; the same story stands in `docs/explanation/search.md`."""

import shutil

import pytest

from wenlan.catalogue import indexing, operations, queries
from wenlan.catalogue.cnmarc import encode
from wenlan.catalogue.testing import AT, make_act, make_marc
from wenlan.catalogue.types import ImportReport, SearchQuery
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db


def found(text):
    return [one.title for one in queries.search(SearchQuery(text=text)).hits]


def test_story_of_a_suppliers_file(tmp_path, settings):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    cataloguer = make_act(make_network()[0].id)

    # The bookshop sends four records in GBK. One is cut in half by its program, the others are sound.
    sound = [
        encode(make_marc(title, author=author, number=number, agency="人天书店"), "gb18030")
        for title, author, number in (("平凡的世界", "路遥", "1"), ("三体", "刘慈欣", "2"), ("边城", "沈从文", "3"))
    ]
    broken = b"00100nam0 2200049   450 001000200000\x1e1\x1e2\x1e\x1d"
    batch = tmp_path / "batch.iso"
    batch.write_bytes(b"\r\n".join((sound[0], broken, *sound[1:])))

    # The file says nothing of its encoding. Three records are kept, one is rejected, none is lost.
    report = operations.import_marc(cataloguer, path=batch)
    assert (report.read, report.created, report.rejected) == (4, 3, 1)
    assert (tmp_path / "batch.iso.rejects.mrc").read_bytes() == broken

    # A moment later a reader who remembers two characters, or types initials, has found the book.
    indexing.index_posted(at=AT)
    assert found("凡的") == found("pfdsj") == found("路遥") == ["平凡的世界"]

    # The bookshop sends the same file again, and then a better record for one of the books.
    assert operations.import_marc(cataloguer, path=batch).unchanged == 3
    better = tmp_path / "better.iso"
    better.write_bytes(
        encode(make_marc("三体", author="刘慈欣", number="2", agency="人天书店", subject="幻想小说"), "utf-8")
    )
    assert operations.import_marc(cataloguer, path=better) == ImportReport(read=1, updated=1)
    indexing.index_posted(at=AT)
    assert found("想小") == ["三体"]

    # At night the disk eats the index. The desk finds by the start of a title, and the index comes back by itself.
    shutil.rmtree(settings.WENLAN_SEARCH_DIR)
    page = queries.search(SearchQuery(text="边"))
    assert ([one.title for one in page.hits], page.is_complete) == (["边城"], False)
    indexing.index_posted(at=AT)
    assert found("想小") == ["三体"]
