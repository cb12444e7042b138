"""Readers who register themselves: the library's rule, the guardian's yes, the librarian's decision."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps

from wenlan.circulation.testing import make_act
from wenlan.jobs.queries import posted
from wenlan.kernel.acts import Channel
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons import passwords
from wenlan.patrons.errors import (
    ApplicationDecided,
    CodeJustSent,
    ConfirmationWrong,
    NotOffered,
    RegistrationRefused,
    TooManyApplications,
)
from wenlan.patrons.joining import operations, queries
from wenlan.patrons.joining.types import ApplicationStatus, NewApplication, Way
from wenlan.patrons.models import Application, Patron
from wenlan.patrons.policies import masked_id_number
from wenlan.patrons.testing import make_patron
from wenlan.patrons.tests.test_policies import id_number
from wenlan.patrons.types import CardKind, NewGuardian, Refusal

pytestmark = pytest.mark.django_db
ServiceEvent = apps.get_model("ledger", "ServiceEvent")
NUMBER = id_number(date(1990, 5, 1), 13)
CHILD = id_number(date(2010, 5, 1), 13)
DAY = date(2019, 3, 4)


@pytest.fixture
def places() -> tuple[int, int, int]:
    patrons.load_categories()
    return tuple(node.id for node in make_network("EAST", "WEST"))


def at_home(node: int, key: str = "", **more):
    return make_act(node, DAY, key=key, channel=Channel.WEB, device="", **more)


def li(node: int, **more) -> NewApplication:
    facts = {"name": "李明", "category": "adult", "phone": "13903551234", "document": NUMBER, "password": "三里湾2019"}
    return NewApplication(node=node, **(facts | more))


def child(node: int, **more) -> NewApplication:
    guardian = NewGuardian(name="李明", relation="父亲", phone="13903551234")
    facts = {"name": "小明", "category": "child", "document": CHILD, "guardian": guardian}
    return li(node, **(facts | more))


def sent_code() -> str:
    return posted("notices", 10)[-1][1]["facts"]["code"]


def test_the_nearest_rule_on_the_way_up_holds(places):
    root, east, west = places
    operations.set_rule(make_act(root), node=root, way=Way.AT_ONCE, categories=("adult",))
    operations.set_rule(make_act(west), node=west, way=Way.NONE)

    assert queries.rule_at(east).way == Way.AT_ONCE
    assert [one.code for one in queries.categories_at(east)] == ["adult"]
    with pytest.raises(NotOffered):
        operations.apply(at_home(west), application=li(west))


def test_a_librarian_approves_with_a_card_and_the_reader_signs_in(places):
    _, east, _ = places
    asked = operations.apply(at_home(east, key="a"), application=li(east))
    again = operations.apply(at_home(east, key="a"), application=li(east))

    made = operations.approve(make_act(east), application=asked.id, card_number="R1")

    assert (asked.status, asked.document, again.id) == (ApplicationStatus.WAITING, masked_id_number(NUMBER), asked.id)
    assert operations.approve(make_act(east), application=asked.id).id == made.id
    assert (made.home_node, made.birth_date, made.cards[0].number) == (east, date(1990, 5, 1), "R1")
    assert passwords.check_sign_in(card="R1", password="三里湾2019", at=datetime(2019, 3, 4, tzinfo=UTC)).id == made.id
    event = ServiceEvent.objects.get(kind="patron.registered")
    assert (event.node, event.channel) == (east, "web")


def test_by_rule_a_reader_is_registered_at_once_with_an_e_card(places):
    root, east, _ = places
    operations.set_rule(make_act(root), node=root, way=Way.AT_ONCE)

    found = operations.apply(at_home(east), application=li(east))

    assert found.status == ApplicationStatus.APPROVED
    card = Patron.objects.get(pk=found.patron).cards.get()
    assert (card.kind, card.number) == (CardKind.E_CARD, "E000000001")


def test_who_looks_like_a_reader_there_is_waits_for_a_librarian_and_is_not_told(places):
    root, east, _ = places
    operations.set_rule(make_act(root), node=root, way=Way.AT_ONCE)
    known = make_patron(node=east, name="李明", birth_date=date(1990, 5, 1))

    found = operations.apply(at_home(east), application=li(east))

    assert found.status == ApplicationStatus.WAITING
    assert [one.id for one in queries.lookalikes(found.id)] == [known.id]
    assert Patron.objects.count() == 1


def test_what_does_not_fit_is_said_with_every_reason(places):
    _, east, _ = places
    wrong = child(east, document="140400900101123")

    with pytest.raises(RegistrationRefused) as old_number:
        operations.apply(at_home(east), application=wrong)
    with pytest.raises(RegistrationRefused) as bare:
        operations.apply(at_home(east), application=li(east, category="institution", document=""))
    with pytest.raises(RegistrationRefused) as alone:
        operations.apply(at_home(east), application=li(east, document=CHILD))

    assert old_number.value.refusals[0] == Refusal.ID_NUMBER_OLD
    assert bare.value.refusals == (Refusal.CATEGORY_UNKNOWN, Refusal.DOCUMENT_MISSING)
    assert alone.value.refusals == (Refusal.GUARDIAN_MISSING, Refusal.GUARDIAN_PHONE_MISSING)
    assert Application.objects.count() == 0


def test_the_guardian_of_a_child_consents_by_a_code_on_their_own_telephone(places):
    root, east, _ = places
    operations.set_rule(make_act(root), node=root, way=Way.AT_ONCE)
    asked = operations.apply(at_home(east), application=child(east))
    code = sent_code()
    wrong = "000000" if code != "000000" else "111111"

    with pytest.raises(ConfirmationWrong):
        operations.confirm(at_home(east, seconds=60), application=asked.id, code=wrong)
    with pytest.raises(ConfirmationWrong):
        operations.confirm(at_home(east, seconds=1801), application=asked.id, code=code)
    done = operations.confirm(at_home(east, seconds=120), application=asked.id, code=code)

    assert asked.status == ApplicationStatus.GUARDIAN
    assert posted("notices", 1)[0][1]["phone"] == "13903551234"
    assert done.status == ApplicationStatus.APPROVED
    guardian = Patron.objects.get(pk=done.patron).guardian
    assert (guardian.name, guardian.consented_through) == ("李明", "web")


def test_guessing_the_code_ends_after_a_few_tries(places):
    _, east, _ = places
    asked = operations.apply(at_home(east), application=child(east))
    code = sent_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(operations.MOST_TRIES):
        with pytest.raises(ConfirmationWrong):
            operations.confirm(at_home(east), application=asked.id, code=wrong)

    with pytest.raises(ConfirmationWrong):
        operations.confirm(at_home(east), application=asked.id, code=code)
    with pytest.raises(CodeJustSent):
        operations.send_code(at_home(east, seconds=30), application=asked.id)
    operations.send_code(at_home(east, seconds=60), application=asked.id)
    done = operations.confirm(at_home(east, seconds=70), application=asked.id, code=sent_code())
    assert done.status == ApplicationStatus.WAITING


def test_one_telephone_does_not_fill_the_queue(places):
    _, east, _ = places
    for _ in range(operations.MOST_OPEN):
        operations.apply(at_home(east), application=li(east))

    with pytest.raises(TooManyApplications):
        operations.apply(at_home(east), application=li(east))

    assert Application.objects.count() == operations.MOST_OPEN


def test_without_a_code_the_guardian_consents_at_the_desk(places):
    _, east, _ = places
    asked = operations.apply(at_home(east), application=child(east))

    with pytest.raises(RegistrationRefused) as refused:
        operations.approve(make_act(east), application=asked.id, card_number="C1")
    made = operations.approve(make_act(east), application=asked.id, card_number="C1", guardian_consents=True)

    assert refused.value.refusals == (Refusal.CONSENT_MISSING,)
    assert made.guardian is not None


def test_a_refused_application_is_decided_and_forgotten_after_a_month(places):
    _, east, _ = places
    asked = operations.apply(at_home(east), application=li(east))
    operations.refuse(make_act(east), application=asked.id, reason="照片不清")

    with pytest.raises(ApplicationDecided):
        operations.approve(make_act(east), application=asked.id)
    early = operations.tidy_up(at=datetime(2019, 3, 20, tzinfo=UTC))
    late = operations.tidy_up(at=datetime(2019, 3, 4, tzinfo=UTC) + timedelta(days=40))

    assert (early, late) == (0, 1)
    gone = Application.objects.get()
    assert (gone.name, gone.phone, gone.document_cipher, gone.document_hash) == ("", "", None, "")


def test_an_application_that_nobody_decides_lapses(places):
    _, east, _ = places
    asked = operations.apply(at_home(east), application=li(east))

    operations.tidy_up(at=datetime(2019, 8, 1, tzinfo=UTC))

    assert queries.application(asked.id).status == ApplicationStatus.LAPSED
