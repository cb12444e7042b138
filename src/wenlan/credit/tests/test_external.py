"""An outside credit stands for the deposit: one test file for the fake in memory and for the client over HTTP."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from wenlan.credit import operations as credit
from wenlan.credit import queries, tasks
from wenlan.credit.external import alipay, operations
from wenlan.credit.external.alipay import Alipay
from wenlan.credit.external.operations import NoDepositAsked, NotInForce
from wenlan.credit.external.provider import ProviderFailed
from wenlan.credit.external.testing import FakeCredit, opened, served
from wenlan.credit.testing import A_BOOK, make_act, make_rule
from wenlan.credit.verification import differences
from wenlan.network import queries as network
from wenlan.network.testing import make_network
from wenlan.patrons import operations as registered
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron

DAY = date(2021, 3, 4)
NOW = datetime(2021, 3, 4, 2, tzinfo=UTC)
BACK = "https://library.test/my/account/"


@pytest.fixture(params=["memory", "http"])
def service(request):
    """Give (the service, a client of it, what the phone does with an address)."""
    fake = FakeCredit()
    if request.param == "memory":
        yield fake, fake, lambda _address: True
        return
    with served(fake) as merchant:
        yield fake, Alipay(merchant, NOW), lambda address: opened(fake, merchant, address)


@pytest.fixture
def reader(db) -> int:
    root, main = make_network("MAIN")
    make_rule(root.id, deposit_fen=10_000)
    return make_patron(node=main.id).id


def act(key=""):
    return make_act(network.root().id, DAY, key=key)


def in_force(service, reader):
    fake, client, phone = service
    asked = operations.begin(act(), patron=reader, provider=client, back_to=BACK)
    assert phone(asked.address)
    fake.consent(asked.own_order)
    return operations.look(act(), guarantee_id=asked.id, provider=client)


def test_story_of_a_deposit_that_credit_stands_for(service, reader):
    # Li has no 100 yuan with him. His phone opens the consent page; before he decides nothing is known. His credit
    # suffices and he consents: no deposit is asked any more. He loses a book and does not pay; the library reports it,
    # he pays on his phone, and his account is clear. The credit is spent; for the next book he needs a new one.
    fake, client, phone = service
    due = queries.account(reader, DAY).deposit_due_fen
    asked = operations.begin(act(), patron=reader, provider=client, back_to=BACK)
    again = operations.begin(act(), patron=reader, provider=client, back_to=BACK)
    phone(asked.address)
    undecided = operations.look(act(), guarantee_id=asked.id, provider=client)
    fake.consent(asked.own_order)
    stands = operations.look(act(), guarantee_id=asked.id, provider=client)
    free = queries.account(reader, DAY)

    credit.after_loss(act(), patron=reader, source="loss:1", item=A_BOOK)
    reported = operations.report(act(), guarantee_id=asked.id, harm_fen=3_000, provider=client)
    waiting = operations.look(act(), guarantee_id=asked.id, provider=client)
    fake.pay(asked.own_order)
    repaid = operations.look(act(), guarantee_id=asked.id, provider=client)
    twice = operations.look(act(), guarantee_id=asked.id, provider=client)

    assert (due, asked.own_order == again.own_order, undecided.state) == (10_000, True, "asked")
    assert (stands.state, stands.amount_fen, free.guarantee, free.deposit_due_fen) == ("in_force", 10_000, "alipay", 0)
    assert [one.state for one in (reported, waiting, repaid, twice)] == ["reported", "reported", "repaid", "repaid"]
    assert patrons.patron(reader).owed_fen == 0
    assert queries.account(reader, DAY).deposit_due_fen == 10_000
    assert differences() == []


def test_a_credit_that_does_not_suffice_leaves_the_deposit_asked_for(service, reader):
    fake, client, phone = service
    asked = operations.begin(act(), patron=reader, provider=client, back_to=BACK)
    phone(asked.address)
    fake.refuse(asked.own_order)

    refused = operations.look(act(), guarantee_id=asked.id, provider=client)

    assert (refused.state, queries.account(reader, DAY).deposit_due_fen) == ("refused", 10_000)
    with pytest.raises(NotInForce):
        operations.report(act(), guarantee_id=asked.id, harm_fen=100, provider=client)


def test_who_leaves_is_freed_at_the_service_too(service, reader):
    _fake, client, _phone = service
    found = in_force(service, reader)

    ended = operations.end(act(), guarantee_id=found.id, provider=client)

    assert (ended.state, client.standing(own_order=found.own_order).is_ended) == ("ended", True)
    assert operations.of_reader(reader) is None
    with pytest.raises(NotInForce):
        operations.end(act(), guarantee_id=found.id, provider=client)


def test_whose_account_was_closed_is_freed_by_the_clock(service, reader, monkeypatch):
    _fake, client, _phone = service
    found = in_force(service, reader)
    early = operations.free_who_left(act(), provider=client)
    registered.deregister(act(), patron=reader)

    with monkeypatch.context() as line:
        line.setattr(type(client), "end", mute)
        cut = operations.free_who_left(act(), provider=client)
    done = [operations.free_who_left(act(), provider=client) for _time in range(2)]

    assert (early, cut, done) == (0, 0, [1, 0])
    assert client.standing(own_order=found.own_order).is_ended
    assert tasks.free_who_left(NOW) == 0  # no merchant is written in this home


def mute(*_args: object, **_order: object) -> None:
    raise ProviderFailed(what="timeout")


def test_an_order_nobody_consented_to_is_given_up_and_asked_anew(service, reader):
    _fake, client, _phone = service
    asked = operations.begin(act(), patron=reader, provider=client, back_to=BACK)

    given_up = operations.end(act(), guarantee_id=asked.id, provider=client)
    other = operations.begin(act(), patron=reader, provider=client, back_to=BACK)

    assert (given_up.state, other.own_order != asked.own_order) == ("cancelled", True)


def test_no_more_than_the_guarantee_is_reported_and_no_second_one_is_begun(service, reader):
    _fake, client, _phone = service
    found = in_force(service, reader)

    with pytest.raises(NotInForce):
        operations.report(act(), guarantee_id=found.id, harm_fen=10_001, provider=client)
    with pytest.raises(NoDepositAsked):
        operations.begin(act(), patron=reader, provider=client, back_to=BACK)


def test_a_service_that_is_mute_or_signs_wrongly_changes_nothing(reader):
    fake = FakeCredit()
    with served(fake) as merchant, served(FakeCredit()) as stranger:
        client = Alipay(merchant, NOW)
        asked = operations.begin(act(), patron=reader, provider=client, back_to=BACK)
        liar = Alipay(replace(merchant, gateway_key=stranger.gateway_key), NOW)
        with pytest.raises(ProviderFailed):
            operations.look(act(), guarantee_id=asked.id, provider=liar)
        impostor = Alipay(replace(merchant, key=stranger.key), NOW)
        with pytest.raises(ProviderFailed):
            operations.look(act(), guarantee_id=asked.id, provider=impostor)
    with pytest.raises(ProviderFailed):
        operations.look(act(), guarantee_id=asked.id, provider=client)

    assert operations.guarantee(asked.id).state == "asked"


def test_sums_and_moments_are_written_as_the_gateway_does():
    assert [alipay.yuan(sum_fen) for sum_fen in (0, 5, 10_000)] == ["0.00", "0.05", "100.00"]
    assert [alipay.fen(text) for text in ("0.00", "0.05", "100", "100.5")] == [0, 5, 10_000, 10_050]
    assert alipay.moment(NOW + timedelta(hours=15)) == "2021-03-05 01:00:00"
    assert alipay.to_sign({"b": "2", "sign": "x", "a": "1", "c": ""}) == b"a=1&b=2"
