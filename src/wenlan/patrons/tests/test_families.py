"""Families and institutions."""

import pytest

from wenlan.circulation.testing import make_act
from wenlan.kernel.acts import Channel
from wenlan.kernel.errors import NotFound
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.errors import NoBond
from wenlan.patrons.families import operations, queries
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db


@pytest.fixture
def east() -> int:
    patrons.load_categories()
    return make_network("EAST")[1].id


def test_nothing_is_seen_before_the_yes_and_nothing_after_the_end(east):
    mother, son, stranger = (make_patron(node=east, name=name) for name in ("李梅", "李小明", "王芳"))
    home = make_act(east, channel=Channel.WEB)

    bond = operations.bind(home, holder=mother.id, member=son.id, relation="母子", agreed=False)
    before = queries.may_see(mother.id, son.id)
    with pytest.raises(NotFound):
        operations.agree(home, bond=bond, member=stranger.id)
    operations.agree(home, bond=bond, member=son.id)
    agreed = (queries.may_see(mother.id, son.id), queries.may_see(son.id, mother.id))
    with pytest.raises(NotFound):
        operations.unbind(home, bond=bond, patron=stranger.id)
    operations.unbind(home, bond=bond, patron=son.id)

    assert (before, agreed, queries.may_see(mother.id, son.id)) == (False, (True, False), False)
    assert queries.family(mother.id) == ()


def test_at_the_desk_both_agree_at_once(east):
    mother, son = make_patron(node=east, name="李梅"), make_patron(node=east, name="李小明")

    bond = operations.bind(make_act(east), holder=mother.id, member=son.id, agreed=True)
    again = operations.bind(make_act(east), holder=mother.id, member=son.id, agreed=True)

    assert bond == again
    assert queries.may_see(mother.id, son.id)
    assert [(one.name, one.holds) for one in queries.family(son.id, masked=True)] == [("李*", False)]


def test_an_institution_is_no_family_and_a_reader_not_ones_own(east):
    reader, school = make_patron(node=east), make_patron(node=east, category="institution", birth_date=None)

    for holder, member in ((reader.id, reader.id), (reader.id, school.id)):
        with pytest.raises(NoBond):
            operations.bind(make_act(east), holder=holder, member=member, agreed=True)


def test_an_institution_has_contact_persons_and_several_cards_with_their_bearers(east):
    school = make_patron(node=east, name="第一小学", category="large_capacity", birth_date=None)
    contact = operations.add_contact(
        make_act(east), patron=school.id, name="王老师", phone="139 0355 1234", duty="图书室"
    )
    patrons.issue_card(make_act(east), patron=school.id, number="S-3-1", bearer="三年级一班")

    assert [(one.name, one.phone) for one in queries.contacts(school.id)] == [("王老师", "13903551234")]
    assert [card.bearer for card in readers.patron(school.id).cards] == ["", "三年级一班"]
    operations.end_contact(make_act(east), patron=school.id, contact=contact)
    assert queries.contacts(school.id) == ()
