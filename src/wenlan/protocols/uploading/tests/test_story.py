"""Originals handed to a union centre: each once, by rule or by hand, and nothing goes that must not."""

import io
from datetime import timedelta

import pytest

from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.cnmarc import MarcRecord, encode, read_stream
from wenlan.catalogue.models import BibRecord, Conversion
from wenlan.catalogue.overlay import taking
from wenlan.catalogue.testing import AT, make_act, make_marc
from wenlan.catalogue.types import Condition
from wenlan.network.testing import make_network
from wenlan.protocols.copying.types import TargetFailed
from wenlan.protocols.uploading import operations, queries, sending
from wenlan.protocols.uploading.models import Upload, UploadCentre
from wenlan.protocols.uploading.testing import FakeCentre, serving_centre
from wenlan.protocols.uploading.types import CentreFacts, Route, UploadState
from wenlan.protocols.uploading.words import BROKE_OFF, HIDDEN, OWN_RULES
from wenlan.staff.models import AuditEntry
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

HOME = "/desk/copy-cataloguing/uploads/"
A_DAY = timedelta(days=1)


@pytest.fixture
def root(monkeypatch) -> int:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return make_network("EAST")[0].id


def make_centre(root: int, name: str = "国家中心", **stated) -> int:
    usual = {"name": name, "route": Route.SRU_UPDATE, "format": "cnmarc", "host": "127.0.0.1", "path": "/update"}
    return operations.save_centre(make_act(root), facts=CentreFacts(**usual | stated)).id


def sound(title: str = "灵川县志", number: str = "L1", **stated) -> MarcRecord:
    return make_marc(title, author="县志办", number=number, agency="LC", **stated)


def make_original(root: int, title: str = "灵川县志", number: str = "L1", key: str = "") -> int:
    act = make_act(root, key=key or number)
    return catalogue.catalogue_record(act, marc=sound(title, number)).id


def states(centre: int) -> dict[str, str]:
    return {one.title: one.state for one in queries.uploads(centre_id=centre)}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.capability("V03")
def test_story_of_a_county_history_handed_in(root):
    # The county catalogues its own history, which no centre has, and copies a novel. Its centre takes originals by
    # itself after a day; the copied record is not ours to give.
    with serving_centre() as served:
        centre = make_centre(root, port=served.port, user="lc", password="秘密", takes_by_itself=True)
        history = make_original(root)
        raw = encode(make_marc("三体", number="01", agency="NLC"), "gb18030")
        foreign = taking.read_foreign(raw, "gb18030")
        origin = taking.Origin(name="国图", question="", encoding="gb18030", raw=raw)
        taking.take_over(make_act(root, key="k"), foreign=foreign, origin=origin)
        operations.queue_by_rule(AT + A_DAY / 2)
        assert states(centre) == {}
        assert [operations.queue_by_rule(AT + A_DAY + timedelta(seconds=1)) for _twice in "12"] == [1, 0]
        assert states(centre) == {"灵川县志": UploadState.QUEUED}

        # It goes once, without the fields that stay at home, signed with our account; the centre gives it a number.
        later = AT + 2 * A_DAY
        assert [sending.send_due(later) for _twice in "12"] == [1, 0]
        assert len(served.heard) == 1
        assert served.signed[0].startswith("Basic ")
        (sent,) = queries.uploads_of(history)
        assert (sent.state, sent.remote_number, sent.attempts) == (UploadState.ACCEPTED, "UL1", 1)

        # Nothing is sent twice; a change goes as a change, under the centre's number.
        again = operations.queue_records(make_act(root), centre=centre, records=[history])
        assert (again.queued, again.unchanged) == ((), (history,))
        uid = BibRecord.objects.get(pk=history).uid
        catalogue.change_record(make_act(root), record=uid, marc=sound("灵川县志", "L1", year="2010"))
        assert operations.queue_records(make_act(root), centre=centre, records=[history]).queued == (history,)
        assert sending.send_due(later) == 1
        assert b"info:srw/action/1/replace" in served.heard[1]
        assert b">UL1<" in served.heard[1]
        assert list(served.behind.taken) == ["UL1"]


@pytest.mark.django_db
def test_a_copied_record_is_not_ours_to_hand_in(root):
    centre = make_centre(root)
    foreign = taking.read_foreign(encode(make_marc("三体", number="01", agency="NLC"), "utf-8"), "utf-8")
    origin = taking.Origin(name="国图", question="", encoding="utf-8", raw=b"x")
    copied = taking.take_over(make_act(root, key="k"), foreign=foreign, origin=origin)

    report = operations.queue_records(make_act(root), centre=centre, records=[copied.id, make_original(root)])

    assert report.copied == (copied.id,)
    assert list(states(centre)) == ["灵川县志"]


@pytest.mark.django_db
def test_what_breaks_off_stays_unclear_until_somebody_asked(root):
    centre = make_centre(root)
    record = make_original(root)
    operations.queue_records(make_act(root), centre=centre, records=[record])
    lost = FakeCentre(fails_with=TargetFailed(TargetFailed.TIMED_OUT, was_sent=True))

    sending.send_due(AT, reach=lambda _row: lost)

    assert states(centre) == {"灵川县志": UploadState.UNCLEAR}
    fine = FakeCentre()
    assert sending.send_due(AT + A_DAY, reach=lambda _row: fine) == 0
    (row,) = queries.uploads(centre_id=centre)
    assert operations.send_again(make_act(root), uploads=[row.id]) == 1
    assert sending.send_due(AT + A_DAY, reach=lambda _row: fine) == 1
    assert list(fine.taken) == ["UL1"]


@pytest.mark.django_db
def test_a_process_that_died_while_sending_leaves_it_unclear(root):
    centre = make_centre(root)
    operations.queue_records(make_act(root), centre=centre, records=[make_original(root)])

    class Killed(BaseException):
        pass

    class Dying:
        def hand_in(self, _letter):
            raise Killed

    with pytest.raises(Killed):
        sending.send_due(AT, reach=lambda _row: Dying())

    assert sending.settle_broken_off(AT + timedelta(minutes=4)) == 0
    assert sending.settle_broken_off(AT + timedelta(minutes=6)) == 1
    row = Upload.objects.get()
    assert (row.state, row.reason) == (UploadState.UNCLEAR, BROKE_OFF)


@pytest.mark.django_db
def test_a_centre_that_cannot_be_reached_is_left_alone_longer_each_time(root):
    centre = make_centre(root)
    records = [make_original(root, f"志 {nth}", f"L{nth}") for nth in range(3)]
    operations.queue_records(make_act(root), centre=centre, records=records)
    tried = []

    class Closed(FakeCentre):
        def hand_in(self, letter):
            tried.append(letter.identifier)
            raise TargetFailed(TargetFailed.UNREACHABLE, "no route")

    closed = Closed()
    for minutes in range(60):
        sending.send_due(AT + timedelta(minutes=minutes), reach=lambda _row: closed)

    assert len(tried) == 5
    assert set(states(centre).values()) == {UploadState.QUEUED}
    assert sending.send_due(AT + A_DAY, reach=lambda _row: FakeCentre()) == 3


@pytest.mark.django_db
def test_what_breaks_the_format_or_is_hidden_never_leaves_the_house(root):
    centre = make_centre(root)
    broken = MarcRecord(sound().leader, tuple(one for one in sound(number="L2").fields if one.tag != "101"))
    wrong = catalogue.catalogue_record(make_act(root, key="w"), marc=broken).id
    hidden = make_original(root, "内部资料", "L3")
    catalogue.set_condition(make_act(root), records=[hidden], condition=Condition.HIDDEN, reason="内部")
    operations.queue_records(make_act(root), centre=centre, records=[wrong, hidden])
    fine = FakeCentre()

    sending.send_due(AT, reach=lambda _row: fine)

    assert fine.taken == {}
    assert sorted(Upload.objects.values_list("reason", "state")) == [
        (HIDDEN, UploadState.REFUSED),
        (OWN_RULES, UploadState.REFUSED),
    ]
    assert "101" in next(one.reason for one in queries.uploads_of(wrong))


@pytest.mark.django_db
def test_a_file_holds_the_queue_once_in_the_centres_form_and_encoding(root):
    centre = make_centre(root, "省中心", route=Route.FILE, format="marc21", encoding="utf-8")
    records = [make_original(root, "灵川县志", "L1"), make_original(root, "灵川风物", "L2")]
    operations.queue_records(make_act(root), centre=centre, records=records)
    client = signed_in(root, "cataloguer")

    made = client.post(f"{HOME}centres/{centre}/file/", {"key": "f1"})
    again = client.post(f"{HOME}centres/{centre}/file/", {"key": "f1"})

    assert made.status_code == again.status_code == 302
    (batch,) = queries.batches()
    assert (batch.records, batch.settled) == (2, 0)
    got = client.get(f"{HOME}files/{batch.id}/download/")
    assert got.headers["Content-Disposition"] == f'attachment; filename="{batch.name}"'
    titles = [one.record.value("245", "a") for one in read_stream(io.BytesIO(got.content), encoding="auto")]
    assert [title.rstrip(" /") for title in titles] == ["灵川县志", "灵川风物"]
    assert Conversion.objects.count() == 2
    assert set(states(centre).values()) == {UploadState.SENT}
    assert client.post(f"{HOME}files/{batch.id}/settle/", {"do": "accepted"}).status_code == 302
    assert set(states(centre).values()) == {UploadState.ACCEPTED}
    client.post(f"{HOME}centres/{centre}/file/", {"key": "f2"})
    assert len(queries.batches()) == 1


@pytest.mark.django_db
def test_the_page_queues_by_number_and_works_what_was_answered(root):
    centre = make_centre(root)
    make_original(root, "灵川县志", "L1")
    client = signed_in(root, "cataloguer")

    unknown = client.post(f"{HOME}queue/", {"centre": centre, "lines": "L1\nnone"})
    assert (unknown.status_code, unknown.context["unclear"]) == (422, ("none",))
    (row,) = queries.uploads()
    assert client.post(f"{HOME}work/", {"do": "withdraw", "upload": row.id}).status_code == 302
    assert queries.uploads() == ()
    assert client.post(f"{HOME}queue/", {"centre": centre, "lines": "L1"}).status_code == 302
    Upload.objects.update(state=UploadState.SENT, sent_at=AT)
    (row,) = queries.uploads()
    client.post(f"{HOME}work/", {"do": "refused", "upload": row.id, "details": "重复"})
    page = client.get(f"{HOME}?state=refused")
    assert [(one["title"], one["reason"]) for one in page.context["rows"]] == [("灵川县志", "重复")]


@pytest.mark.django_db
def test_centres_are_defined_only_by_those_who_may_and_keep_their_password_sealed(root):
    stated = {
        "name": "国家中心", "route": "sru_update", "format": "cnmarc", "encoding": "utf-8", "host": "up.example.cn",
        "port": "80", "path": "/update", "user": "lc", "password": "秘密 1", "seconds": "8", "left_out": "9xx 830",
        "rest_hours": "24", "is_active": "on",
    }  # fmt: skip
    assert signed_in(root, "cataloguer").post(f"{HOME}centres/new/", stated).status_code == 403
    client = signed_in(root, "deputy_director")

    assert client.post(f"{HOME}centres/new/", stated).status_code == 302
    row = UploadCentre.objects.get()
    assert (row.left_out, "秘密".encode() in bytes(row.sealed_password)) == ("9XX 830", False)
    assert sending.reach(row).target.password == "秘密 1"
    assert "秘密" not in str(AuditEntry.objects.latest("pk").after)
    assert "秘密" not in client.get(f"{HOME}centres/{row.pk}/").content.decode()
    for wrong in ({"host": "a b"}, {"left_out": "9"}, {"path": ""}, {"port": "0"}):
        assert client.post(f"{HOME}centres/{row.pk}/", stated | wrong).status_code == 422
    assert client.post(f"{HOME}centres/new/", stated).status_code == 422
    assert client.post(f"{HOME}centres/{row.pk}/remove/").status_code == 302
    assert UploadCentre.objects.count() == 0


@pytest.mark.django_db
def test_a_centre_that_got_records_is_kept(root):
    centre = make_centre(root)
    operations.queue_records(make_act(root), centre=centre, records=[make_original(root)])
    sending.send_due(AT, reach=lambda _row: FakeCentre())

    signed_in(root, "deputy_director").post(f"{HOME}centres/{centre}/remove/")

    assert UploadCentre.objects.count() == 1


@pytest.mark.django_db
def test_a_list_of_many_costs_as_much_as_a_list_of_one(root, django_assert_num_queries):
    centre = make_centre(root)
    for nth in range(4):
        operations.queue_records(make_act(root), centre=centre, records=[make_original(root, f"志 {nth}", f"L{nth}")])
        with django_assert_num_queries(2):
            assert len(queries.uploads()) == nth + 1
