"""A large batch is taken in and matched part by part: a desk writes between, and what was cut off goes on."""

import pytest

from wenlan.acquisitions import operations, queries, receiving, verifying
from wenlan.acquisitions.errors import BatchArriving
from wenlan.acquisitions.models import BatchCopy, BatchTitle
from wenlan.acquisitions.testing import AT, make_act, make_supplier, marc_file, receive, supplied
from wenlan.acquisitions.types import BatchState, Doubt, Outcome, Receipt
from wenlan.catalogue.testing import make_record
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db
SANTI = "9787536692930"


@pytest.fixture
def node():
    return make_network()[0].id


@pytest.mark.django_db(transaction=True)
def test_an_arrival_that_was_interrupted_goes_on_with_the_same_files(node, monkeypatch):
    monkeypatch.setattr(receiving, "CHUNK", 2)
    supplier = make_supplier(node).id
    titles = [supplied(f"示例{one}", f"ZC{one}", f"ZD{one}", isbn=SANTI if one in (0, 4) else "") for one in range(5)]
    receipt = Receipt(supplier=supplier, marc=marc_file(*titles))

    def cut(_seconds):
        if BatchCopy.objects.count() == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(receiving, "sleep", cut)
    with pytest.raises(KeyboardInterrupt):
        operations.receive(make_act(node, key="first"), receipt=receipt)
    (half,) = queries.batches([node])
    assert (half.is_arriving, half.copies) == (True, 4)
    with pytest.raises(BatchArriving):
        operations.match_again(make_act(node), batch=half.number)

    monkeypatch.setattr(receiving, "sleep", lambda _seconds: None)
    assert operations.receive(make_act(node, key="second"), receipt=receipt) == half.number

    whole = queries.batch(half.number)
    assert (whole.state, whole.copies, whole.new + whole.doubtful) == (BatchState.MATCHING, 10, 5)
    assert queries.titles(half.number)[4].candidates == {-1: (Doubt.OTHER_TITLE,)}
    assert operations.receive(make_act(node, key="second"), receipt=receipt) == half.number


@pytest.mark.django_db(transaction=True)
def test_what_arrived_in_part_can_be_sent_back(node, monkeypatch):
    def cut(_seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(receiving, "sleep", cut)
    with pytest.raises(KeyboardInterrupt):
        receive(node, supplied("示例", "ZC1"))
    (half,) = queries.batches([node])

    operations.send_back(make_act(node), batch=half.number, reason="文件坏了")

    assert queries.batch(half.number).state == BatchState.SENT_BACK


def test_matching_again_asks_first_and_writes_in_parts(node, monkeypatch):
    monkeypatch.setattr(verifying, "CHUNK", 2)
    number = receive(node, *(supplied(f"示例{one}", f"ZC{one}") for one in range(5)))
    for one in range(5):
        make_record(node, f"示例{one}")
    parts = []

    def desk(_seconds):
        parts.append(BatchTitle.objects.filter(outcome=Outcome.DOUBTFUL).count())
        if len(parts) == 1:
            title = BatchTitle.objects.get(position=5)
            BatchTitle.objects.filter(pk=title.pk).update(decided_at=AT, decided_by=1)

    monkeypatch.setattr(verifying, "sleep", desk)
    make_item(node=node, barcode="ZC3")

    assert operations.match_again(make_act(node), batch=number) == 4

    assert parts == [2, 4, 4, 4]
    assert queries.titles(number)[4].outcome == Outcome.NEW  # somebody decided it meanwhile
    assert [one.barcode for one in queries.copies(number, with_problem=True)] == ["ZC3"]
