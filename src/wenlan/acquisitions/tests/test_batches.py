"""A supplier's batch: matched, decided, scanned, sampled, and accepted or sent back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.acquisitions import operations, queries
from wenlan.acquisitions.accepting import hindrances
from wenlan.acquisitions.errors import (
    BatchClosed,
    FileElsewhere,
    NotAccepted,
    NothingReceived,
    NotInBatch,
    ReasonMissing,
    RecordsUnreadable,
)
from wenlan.acquisitions.models import Batch, BatchFile
from wenlan.acquisitions.testing import list_file, make_act, make_supplier, marc_file, receive, supplied
from wenlan.acquisitions.types import BatchState, Doubt, ErrorKind, Hindrance, Outcome, Receipt, ScanOutcome, Upload
from wenlan.catalogue.cnmarc import read_file
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.testing import make_record
from wenlan.holdings.errors import BarcodeTaken
from wenlan.holdings.models import Item
from wenlan.holdings.testing import make_item
from wenlan.ledger.models import ServiceEvent
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db
SANTI, QIUZHUANG = "9787536692930", "9787536693968"


@pytest.fixture
def node():
    return make_network()[0].id


def outcomes(number):
    return [(one.title, one.outcome, one.record) for one in queries.titles(number)]


def test_titles_are_new_further_copies_or_doubtful(node):
    held = make_record(node, "三体", isbn=SANTI)
    other = make_record(node, "球状闪电", isbn=QIUZHUANG)

    number = receive(
        node,
        supplied("三体", "ZC1", isbn=SANTI),
        supplied("球状闪电（纪念版）", "ZC2", isbn=QIUZHUANG),
        supplied("示例新书", "ZC3"),
    )

    assert outcomes(number) == [
        ("三体", Outcome.COPY, held.id),
        ("球状闪电（纪念版）", Outcome.DOUBTFUL, None),
        ("示例新书", Outcome.NEW, None),
    ]
    (doubtful,) = queries.titles(number, outcome=Outcome.DOUBTFUL)
    assert doubtful.candidates == {other.id: (Doubt.OTHER_TITLE,)}
    assert queries.batch(number).state == BatchState.MATCHING


def test_arrival_changes_neither_catalogue_nor_stock(node):
    receive(node, supplied("示例新书", "ZC1"), supplied("示例新书二", "ZC2"))

    assert (BibRecord.objects.count(), Item.objects.count(), ServiceEvent.objects.count()) == (0, 0, 0)


def test_the_same_file_is_the_same_batch(node):
    first = receive(node, supplied("示例新书", "ZC1"))

    again = receive(node, supplied("示例新书", "ZC1"))

    assert again == first
    assert Batch.objects.count() == 1


def test_repeating_the_key_returns_the_first_batch(node):
    act, receipt = make_act(node), Receipt(supplier=make_supplier(node).id, marc=marc_file(supplied("示例新书", "ZC1")))

    assert operations.receive(act, receipt=receipt) == operations.receive(act, receipt=receipt)
    assert Batch.objects.count() == 1


def test_a_known_file_with_another_is_refused_and_writes_nothing(node):
    number = receive(node, supplied("示例新书", "ZC1"))
    listed = list_file(["示例新书", 1], headings=["书名", "册数"])

    with pytest.raises(FileElsewhere) as caught:
        receive(node, supplied("示例新书", "ZC1"), packing_list=listed)

    assert caught.value.params["number"] == number
    assert BatchFile.objects.count() == 1


def test_what_is_no_record_is_refused(node):
    supplier = make_supplier(node).id

    with pytest.raises(NothingReceived):
        operations.receive(make_act(node), receipt=Receipt(supplier=supplier))
    with pytest.raises(RecordsUnreadable):
        receive(node, b"no record at all")

    assert Batch.objects.count() == 0


def test_a_broken_record_is_named_and_the_next_goes_on(node):
    broken = b"00040nam0 2200037   450 abc\x1eno directory\x1e\x1d"

    number = receive(node, supplied("示例新书", "ZC1"), broken, supplied("示例新书二", "ZC2"))

    (file,) = queries.files(number)
    assert [place for place, _reason in file.rejected] == [2]
    assert queries.batch(number).titles == 2


def test_real_records_in_gbk_arrive_whole(node, test_data):
    path = test_data / "marc" / "cnmarc" / "cnmarc_various_gbk.iso"
    upload = Upload(name=path.name, content=path.read_bytes())

    number = operations.receive(make_act(node), receipt=Receipt(supplier=make_supplier(node).id, marc=upload))

    (file,) = queries.files(number)
    assert file.read == len(list(read_file(path)))
    assert "小王子" in {one.title for one in queries.titles(number)}
    assert all(one.outcome == Outcome.NEW for one in queries.titles(number))


@pytest.mark.parametrize("choice", ["copy", "new"])
def test_a_person_decides_what_is_doubtful(node, choice):
    held = make_record(node, "三体", isbn=SANTI, publisher="重庆出版社")
    number = receive(node, supplied("三体（典藏版）", "ZC1", isbn=SANTI))
    (doubtful,) = queries.titles(number)

    left = operations.decide(
        make_act(node), batch=number, title=doubtful.id, record=held.id if choice == "copy" else None
    )
    operations.accept(make_act(node), batch=number)

    assert left == 0
    assert BibRecord.objects.count() == (1 if choice == "copy" else 2)
    assert (Item.objects.get().record_id == held.id) == (choice == "copy")


def test_only_a_candidate_can_be_chosen(node):
    make_record(node, "三体", isbn=SANTI)
    stranger = make_record(node, "示例")
    number = receive(node, supplied("三体（典藏版）", "ZC1", isbn=SANTI))
    (doubtful,) = queries.titles(number)

    with pytest.raises(NotInBatch):
        operations.decide(make_act(node), batch=number, title=doubtful.id, record=stranger.id)

    assert queries.batch(number).doubtful == 1


def test_a_title_twice_in_one_file_becomes_one_record(node):
    number = receive(node, supplied("三体", "ZC1", isbn=SANTI), supplied("三体", "ZC2", isbn=SANTI, agency="XH"))

    accepted = operations.accept(make_act(node), batch=number)

    assert (accepted.records, len(accepted.items)) == (1, 2)


def test_a_title_stated_again_without_its_price_is_a_copy_of_the_earlier(node):
    number = receive(node, supplied("三体", "ZC1", isbn=SANTI), supplied("三体", "ZC2", isbn=SANTI, price=""))
    first, second = queries.titles(number)
    assert (first.outcome, first.same_as) == (Outcome.NEW, None)
    assert (second.outcome, second.same_as) == (Outcome.COPY, first.id)

    accepted = operations.accept(make_act(node), batch=number)

    assert (accepted.records, len(accepted.items)) == (1, 2)


def test_the_catalogue_is_asked_before_the_batch_is_written(node):
    supplier = make_supplier(node).id
    make_record(node, "三体", isbn=SANTI)

    with CaptureQueriesContext(connection) as seen:
        receive(node, supplied("三体", "ZC1", isbn=SANTI), supplied("示例新书", "ZC2"), supplier=supplier)

    said = [one["sql"] for one in seen]
    begun = next(place for place, sql in enumerate(said) if sql.startswith("SAVEPOINT"))
    asks = [place for place, sql in enumerate(said) if 'FROM "catalogue_' in sql]
    assert asks
    assert max(asks) < begun


def test_a_doubt_inside_the_batch_leads_to_the_earlier_title(node):
    number = receive(node, supplied("三体", "ZC1", isbn=SANTI), supplied("三体（精装）", "ZC2", isbn=SANTI))
    doubtful = queries.titles(number)[1]
    assert doubtful.candidates == {-1: (Doubt.OTHER_TITLE,)}

    operations.decide(make_act(node), batch=number, title=doubtful.id, record=-1)
    accepted = operations.accept(make_act(node), batch=number)

    assert (accepted.records, len(accepted.items)) == (1, 2)
    assert set(Item.objects.values_list("record_id")) == {(BibRecord.objects.get().pk,)}


def test_items_carry_the_glued_barcodes_and_the_batch_number(node):
    number = receive(node, supplied("示例新书", "ZC1", "ZC2", isbn=SANTI))

    accepted = operations.accept(make_act(node), batch=number)

    assert list(Item.objects.order_by("pk").values_list("barcode", "status", "accession_key")) == [
        ("ZC1", "in_processing", f"{number}/1"),
        ("ZC2", "in_processing", f"{number}/2"),
    ]
    assert queries.items_of_batch(number) == accepted.items
    entered = {(one.entered_in.voucher, one.entered_in.source) for one in Item.objects.select_related("entered_in")}
    assert entered == {(number, "XH书店")}


def test_acceptance_is_the_registration_and_arrival_is_not(node):
    number = receive(node, supplied("示例新书", "ZC1", "ZC2"))

    operations.accept(make_act(node), batch=number)

    assert list(ServiceEvent.objects.values_list("kind", "subject", "quantity")) == [
        ("stock.accessioned", "purchase", 1),
        ("stock.accessioned", "purchase", 1),
    ]


def test_accepting_twice_is_as_once(node):
    number, act = receive(node, supplied("示例新书", "ZC1")), make_act(node)

    assert operations.accept(act, batch=number) == operations.accept(act, batch=number)
    with pytest.raises(BatchClosed):
        operations.accept(make_act(node), batch=number)

    assert Item.objects.count() == 1


def test_the_suppliers_call_number_is_kept_only_where_agreed(node):
    ours = receive(node, supplied("示例新书", "ZC1", mark="I247.5/88"))
    theirs = receive(
        node,
        supplied("示例新书二", "ZC2", mark="I247.5/89"),
        supplier=make_supplier(node, "JT", gives_call_numbers=True).id,
    )

    for number in (ours, theirs):
        operations.accept(make_act(node), batch=number)

    assert list(Item.objects.order_by("pk").values_list("call_number", flat=True)) == ["I247.55/1", "I247.5/89"]


def test_a_barcode_of_another_item_is_told_and_left_out(node):
    make_item(node=node, barcode="ZC1")
    number = receive(node, supplied("示例新书", "ZC1", "ZC2"), supplied("示例新书二", "zc2"))

    accepted = operations.accept(make_act(node), batch=number)

    assert [one.problem for one in queries.copies(number, with_problem=True)] == ["taken", "twice"]
    assert (len(accepted.items), accepted.left_out) == (1, 2)


def test_a_barcode_taken_meanwhile_stops_the_acceptance_whole(node):
    number = receive(node, supplied("示例新书", "ZC1"), supplied("示例新书二", "ZC2"))
    make_item(node=node, barcode="ZC2")
    before = BibRecord.objects.count()

    with pytest.raises(BarcodeTaken):
        operations.accept(make_act(node), batch=number)
    assert BibRecord.objects.count() == before
    operations.match_again(make_act(node), batch=number)

    assert len(operations.accept(make_act(node), batch=number).items) == 1


def test_a_title_catalogued_meanwhile_is_matched_again(node):
    number = receive(node, supplied("三体", "ZC1", isbn=SANTI))
    held = make_record(node, "三体", isbn=SANTI)

    with pytest.raises(NotAccepted) as caught:
        operations.accept(make_act(node), batch=number)
    assert caught.value.hindrances == (Hindrance.CATALOGUE_CHANGED,)
    operations.match_again(make_act(node), batch=number)
    operations.accept(make_act(node), batch=number)

    assert Item.objects.get().record_id == held.id


def test_parcels_are_verified_by_scan(node):
    listed = list_file(
        ["甲", "ZC1", "1"],
        ["乙", "ZC2", "1"],
        ["丙", "ZC3", "2"],
        ["丁", "ZC4", "2"],
        headings=["书名", "条码", "包号"],
    )
    number = receive(node, packing_list=listed, supplier=make_supplier(node, scans_parcels=True).id)
    scanned = [("1", "zc1"), ("1", "ZC1"), ("1", "ZC3"), ("1", "ZZ9"), ("2", "ZC4")]

    found = [operations.scan(make_act(node), batch=number, parcel=box, code=code).outcome for box, code in scanned]
    missing = [operations.close_parcel(make_act(node), batch=number, parcel=box) for box in ("1", "2")]

    assert found == [
        ScanOutcome.FOUND,
        ScanOutcome.AGAIN,
        ScanOutcome.OTHER_PARCEL,
        ScanOutcome.NOT_LISTED,
        ScanOutcome.FOUND,
    ]
    assert missing == [1, 0]
    assert [one.title for one in queries.copies(number, is_missing=True)] == ["乙"]
    assert len(operations.accept(make_act(node), batch=number).items) == 3


def test_a_missing_book_that_turns_up_is_found(node):
    number = receive(node, supplied("示例新书", "ZC1"))
    operations.close_parcel(make_act(node), batch=number, parcel="1")

    operations.scan(make_act(node), batch=number, parcel="1", code="ZC1")

    assert queries.copies(number, is_missing=True) == ()
    assert queries.batch(number).found == 1


def test_a_scan_sent_again_is_one_scan(node):
    number, act = receive(node, supplied("示例新书", "ZC1")), make_act(node)

    first = operations.scan(act, batch=number, parcel="1", code="ZC1")

    assert operations.scan(act, batch=number, parcel="1", code="ZC1") == first
    assert len(queries.scans(number)) == 1


def test_parcels_that_must_be_scanned_hinder_acceptance(node):
    number = receive(node, supplied("示例新书", "ZC1"), supplier=make_supplier(node, scans_parcels=True).id)

    assert hindrances(number) == (Hindrance.NOT_SCANNED,)


def test_the_sample_is_drawn_once_and_its_seed_is_kept(node):
    number = receive(node, *(supplied(f"示例{n}", f"ZC{n}") for n in range(40)))

    size = operations.draw_sample(make_act(node), batch=number, percent=10)
    drawn = [one.id for one in queries.copies(number, is_sampled=True)]
    again = operations.draw_sample(make_act(node), batch=number, percent=50)

    assert (size, again, len(drawn)) == (4, 4, 4)
    assert len(queries.batch(number).sample_seed) == 16


def test_too_many_errors_send_back_or_need_a_reason(node):
    supplier = make_supplier(node, sample_percent=50, most_errors_permille=100)
    number = receive(node, *(supplied(f"示例{n}", f"ZC{n}") for n in range(8)), supplier=supplier.id)
    operations.draw_sample(make_act(node), batch=number)
    first, *others = queries.copies(number, is_sampled=True)
    operations.inspect(make_act(node), batch=number, copy=first.id, errors=[(ErrorKind.LABEL, "无书标")])
    assert hindrances(number) == (Hindrance.SAMPLE_OPEN, Hindrance.TOO_MANY_ERRORS)
    for one in others:
        operations.inspect(make_act(node), batch=number, copy=one.id)

    batch = queries.batch(number)
    assert (batch.sample_size, batch.sample_done, batch.sample_wrong, batch.error_permille) == (4, 4, 1, 250)
    assert queries.errors_by_kind(number) == {ErrorKind.LABEL: 1}
    with pytest.raises(NotAccepted):
        operations.accept(make_act(node), batch=number)
    with pytest.raises(ReasonMissing):
        operations.accept(make_act(node), batch=number, overrules=True)

    assert len(operations.accept(make_act(node), batch=number, overrules=True, reason="书店当场改正").items) == 8


def test_a_batch_sent_back_leaves_the_catalogue_as_it_was(node):
    make_record(node, "三体", isbn=SANTI)
    number = receive(node, supplied("三体", "ZC1", isbn=SANTI), supplied("示例新书", "ZC2"))
    before = (BibRecord.objects.count(), Item.objects.count(), ServiceEvent.objects.count())

    with pytest.raises(ReasonMissing):
        operations.send_back(make_act(node), batch=number, reason=" ")
    operations.send_back(make_act(node), batch=number, reason="条码大量重号")
    operations.send_back(make_act(node), batch=number, reason="条码大量重号")

    assert (BibRecord.objects.count(), Item.objects.count(), ServiceEvent.objects.count()) == before
    assert queries.batch(number).state == BatchState.SENT_BACK
    assert [one.reason for one in queries.steps(number)][-1] == "条码大量重号"
    assert receive(node, supplied("三体", "ZC1", isbn=SANTI), supplied("示例新书", "ZC2")) != number


def test_a_list_of_batches_costs_the_same_for_one_and_for_three(node, django_assert_num_queries):
    for number in range(3):
        receive(node, supplied(f"示例{number}", f"ZC{number}"))

    with django_assert_num_queries(4):
        assert len(queries.batches([node])) == 3
    with django_assert_num_queries(4):
        queries.batches([node], limit=1)
