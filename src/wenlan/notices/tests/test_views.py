"""The pages of notices: what went out, slips, wordings, ways and hours; and a reader's own messages."""

from datetime import UTC, datetime

import pytest

from wenlan.jobs import operations as jobs
from wenlan.network.testing import make_network
from wenlan.notices import operations, queries, rulebook
from wenlan.notices.models import Delivery
from wenlan.notices.testing import SECRET
from wenlan.notices.types import Standing
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 4, 2, tzinfo=UTC)


@pytest.fixture
def told():
    """Two branches; one reader of each was told that a book came, with no way to either but a slip."""
    root, town, other = (place.id for place in make_network("town", "other"))
    readers = [
        make_patron(node=node, name=name, card=card)
        for node, name, card in ((town, "王芳", "W1"), (other, "李四", "L1"))
    ]
    for number, reader in enumerate(readers):
        facts = {"title": ("甲之书", "乙之书")[number], "pick_up_by": "2020-03-11", "node": town}
        jobs.post(
            "notices", {"template": "reservation_ready", "patron": reader.id, "facts": facts, "key": f"r:{number}"}
        )
    operations.take_in(AT)
    return {"root": root, "town": town, "other": other, "reader": readers[0]}


def test_a_branch_sees_its_own_notices_and_prints_its_own_slips(told):
    client = signed_in(told["town"], "branch_manager")

    page = client.get("/desk/notices/").content.decode()
    assert "甲之书" in page
    assert "乙之书" not in page
    slips = client.get("/desk/notices/slips/").content.decode()
    assert "甲之书" in slips
    assert "乙之书" not in slips
    assert "甲之书" in client.get("/desk/notices/slips/?print").content.decode()

    every = list(Delivery.objects.filter(means="print").values_list("pk", flat=True))
    client.post("/desk/notices/slips/", {"slip": every})
    assert [len(queries.slips([told[place]])) for place in ("town", "other")] == [0, 1]


def test_what_did_not_arrive_is_decided_by_a_person(told):
    client = signed_in(told["town"], "branch_manager")
    way = Delivery.objects.get(means="print", notice__node=told["town"])
    Delivery.objects.filter(pk=way.pk).update(standing=Standing.UNCLEAR, means="sms")

    assert f"/desk/notices/{way.pk}/aside" in client.get("/desk/notices/?standing=unclear").content.decode()
    client.post(f"/desk/notices/{way.pk}/aside", {"reason": "电话已告知"})
    way.refresh_from_db()
    assert (way.standing, way.details) == (Standing.DROPPED, "电话已告知")
    assert client.get("/desk/notices/?standing=unclear").status_code == 200


def test_a_library_says_it_in_its_own_words_and_sets_its_ways(told):
    client = signed_in(told["root"], "deputy_director")
    town = told["town"]

    assert "您预约的《平凡的世界》" in client.get("/desk/notices/wordings/").content.decode()
    wrong = client.post("/desk/notices/wordings/recall/", {"node": town, "text_zh": "{points}分"})
    assert wrong.status_code == 422
    assert "points" in wrong.content.decode()
    client.post("/desk/notices/wordings/recall/", {"node": town, "text_zh": "请尽快归还《{title}》。"})
    assert "请尽快归还《平凡的世界》。" in client.get(f"/desk/notices/wordings/?node={town}").content.decode()

    rule = {
        "node": town,
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "first": "email",
        "second": "",
        "third": "",
        "off": "closure",
    }
    client.post("/desk/notices/ways/", rule)
    kept = rulebook.rule_at(town)
    assert (kept.node, kept.means, kept.off) == (town, ("email",), frozenset({"closure"}))


def test_a_carrier_is_set_up_and_its_secret_never_shown(told):
    client = signed_in(told["root"], "deputy_director")
    address = f"/desk/notices/ways/sms/?node={told['root']}"
    said = {"node": told["root"], "host": "dysmsapi.aliyuncs.com", "port": 443, "is_encrypted": "on", "user": "id",
            "secret": SECRET, "signature": "示例图书馆", "is_on": "on"}  # fmt: skip

    wrong = client.post(address, said | {"templates": "nonsense"})
    assert wrong.status_code == 422
    lines = "reservation_ready = SMS_1; day = {pick_up_by}; title = {title}"
    assert client.post(address, said | {"templates": lines}).status_code == 302
    shown = client.get(address).content.decode()
    assert lines in shown
    assert SECRET not in shown
    client.post(address, said | {"templates": lines, "secret": "", "port": 8443})
    (sender,) = queries.senders([told["root"]])
    assert (sender.port, sender.has_secret) == (8443, True)
    assert client.get("/desk/notices/ways/print/").status_code == 404
