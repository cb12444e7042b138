"""XML of strangers: what harms is refused, what is sound is read."""

import pytest

from wenlan.kernel.xml import DEEPEST, HostileXml, parse_untrusted


def test_a_sound_document_is_read():
    assert parse_untrusted("<a><b>三体</b></a>".encode()).findtext("b") == "三体"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"no xml",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<!--" + b"x" * 9000 + b"--><!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a><a/>".encode("utf-16"),
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1),
    ],
)
def test_what_could_harm_is_refused(data):
    with pytest.raises(HostileXml):
        parse_untrusted(data)
