"""Books in Tibetan, Uyghur and Mongolian: stored as they are, shown in their direction, found, counted."""

import pytest
from django.test import Client

from wenlan.catalogue import indexing
from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.cnmarc import MarcRecord, encode, field
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.operations import add_record, import_marc
from wenlan.catalogue.testing import AT, make_act, make_marc
from wenlan.catalogue.types import SearchQuery
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import figures
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network

TIBETAN, UYGHUR, MONGOLIAN = "བོད་ཀྱི་ལོ་རྒྱུས།", "ئۇيغۇر خەلق چۆچەكلىرى", "ᠮᠣᠩᠭᠣᠯ ᠤᠨ ᠨᠢᠭᠤᠴᠠ ᠲᠣᠪᠴᠢᠶᠠᠨ"
BOOKS = {
    "tib": (TIBETAN, "bod kyi lo rgyus"),
    "uig": (UYGHUR, "Uyghur xelq chöchekliri"),
    "mon": (MONGOLIAN, "mongγol-un niγuca"),
}


def marc_of(language):
    title, latin = BOOKS[language]
    marc = make_marc(title, pinyin=latin)
    fields = (field("101", "0 ", ("a", language)) if one.tag == "101" else one for one in marc.fields)
    return MarcRecord(marc.leader, tuple(fields))


@pytest.fixture
def root(tmp_path, settings):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    return make_network()[0].id


@pytest.mark.django_db
@pytest.mark.capability("V27")
def test_books_of_minority_scripts_are_stored_shown_found_and_counted(root, tmp_path):
    path = tmp_path / "books.iso"
    path.write_bytes(b"".join(encode(marc_of(language), "utf-8") for language in BOOKS))
    import_marc(make_act(root), path=path)
    add_record(make_act(root), marc=make_marc("西藏历史"))
    indexing.rebuild_index(at=AT)

    def found(text):
        return [hit.title_proper for hit in catalogue.search(SearchQuery(text=text)).hits]

    assert (found(TIBETAN), found(UYGHUR), found(MONGOLIAN)) == ([TIBETAN], [UYGHUR], [MONGOLIAN])
    assert (found("ལོ་རྒྱུས"), found("چۆچەكلىرى"), found("ᠨᠢᠭᠤᠴᠠ")) == ([TIBETAN], [UYGHUR], [MONGOLIAN])
    assert (found("lo rgyus"), found("chöchekliri")) == ([TIBETAN], [UYGHUR])
    for title, _latin in BOOKS.values():
        make_item(node=root, record=catalogue.search(SearchQuery(text=title)).hits[0].id)
    page = Client().get("/search/", {"q": UYGHUR}).content.decode()
    assert f'<bdi lang="ug" dir="rtl">{UYGHUR}</bdi>' in page
    cubes.fold()
    assert figures(["minority_books_held"], node=root, period=Period.year(2019))["minority_books_held"].value == 3


def test_vowels_tell_two_titles_apart():
    assert key("བོད") != key("བུད")
    assert key("《བོད》་") == key("བོད")
