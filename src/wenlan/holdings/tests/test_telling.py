"""What the catalogue hears of the holdings."""

import pytest

from wenlan.catalogue import indexing
from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.testing import make_record
from wenlan.catalogue.types import FacetCount, SearchQuery
from wenlan.holdings import operations, telling
from wenlan.holdings.models import Item
from wenlan.holdings.testing import make_item
from wenlan.jobs.queries import posted_count
from wenlan.kernel.acts import Act, Channel
from wenlan.network.queries import node_by_code
from wenlan.network.testing import make_network
from wenlan.ui import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path, settings):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    return make_network("EAST", "WEST")[0].id


def told_and_found(**asked):
    telling.tell_posted()
    indexing.index_posted(at=clock.now())
    return catalogue.search(SearchQuery(**asked))


def test_a_record_is_found_where_its_items_stand_and_follows_when_they_move(root):
    east, west = node_by_code("EAST").id, node_by_code("WEST").id
    record = make_record(root, "边城").id
    item = make_item(node=east, record=record)

    assert told_and_found(node=east).total == 1
    assert told_and_found().facets["node"] == (FacetCount(str(east), 1),)

    act = Act(at=clock.now(), node=east, channel=Channel.DESK, key="moved")
    operations.relocate(act, item=item.id, shelved_at=west)

    assert (told_and_found(node=east).total, told_and_found(node=west).total) == (0, 1)
    assert told_and_found(node=root).facets["node"] == (FacetCount(str(west), 1),)
    assert posted_count(telling.TOPIC) == 0


def test_the_daily_recount_tells_of_loans_and_then_of_nothing(root):
    quiet, lent = make_record(root, "边城").id, make_record(root, "边城").id
    for record in (quiet, lent):
        make_item(node=root, record=record)
    told_and_found()
    Item.objects.filter(record=lent).update(loans=40)

    assert telling.recount() == 1
    assert [hit.id for hit in told_and_found(text="边城").hits] == [lent, quiet]
    assert telling.recount() == 0


def test_many_records_are_told_of_by_few_statements(root, django_assert_max_num_queries):
    for _ in range(3):
        make_item(node=root)

    with django_assert_max_num_queries(10):
        telling.tell_posted()
