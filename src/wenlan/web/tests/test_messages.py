"""A reader's own messages, and how they wish to be told."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act, Channel
from wenlan.network.testing import make_network
from wenlan.notices import operations, queries
from wenlan.patrons import passwords
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 4, 2, tzinfo=UTC)


def test_a_reader_reads_the_messages_and_says_how_to_be_told():
    town = make_network("town")[1].id
    reader, client = make_patron(node=town, card="W1"), Client()
    facts = {"title": "平凡的世界", "pick_up_by": "2020-03-11", "node": town}
    jobs.post("notices", {"template": "reservation_ready", "patron": reader.id, "facts": facts, "key": "r"})
    operations.take_in(AT)
    desk = Act(at=AT, node=town, channel=Channel.DESK, key="password")
    passwords.set_password(desk, patron=reader.id, password="a good password")
    assert client.get("/my/messages/").url == "/my/sign-in/"
    client.post("/my/sign-in/", {"card": "W1", "password": "a good password"})

    assert queries.unread(reader.id) == 1
    assert "平凡的世界" in client.get("/my/messages/").content.decode()
    assert queries.unread(reader.id) == 0
    client.post("/my/messages/", {"language": "en", "unwanted": ["sms", "email"]})
    assert queries.wish(reader.id) == ("en", frozenset({"sms", "email"}), False)
    assert client.post("/my/messages/", {"language": "de"}).status_code == 422
