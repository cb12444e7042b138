import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenlan.config import sealed_files
from wenlan.config.sealed_files import CHUNK, SealedReader, SealedWriter, Unreadable

pytestmark = [pytest.mark.embedded, pytest.mark.slow]


def sealed(content, passphrase="岭上"):
    target = io.BytesIO()
    writer = SealedWriter(target, passphrase)
    writer.write(content)
    writer.close()
    return target.getvalue()


def opened(data, passphrase="岭上"):
    return io.BufferedReader(SealedReader(io.BytesIO(data), passphrase)).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_what_was_sealed_comes_back(size):
    content = b"\x01" * size

    assert opened(sealed(content)) == content


def test_another_passphrase_a_cut_file_and_no_backup_are_refused():
    data = sealed(b"x" * (CHUNK + 10))

    for wrong, passphrase in ((data, "岭下"), (data[: CHUNK + 64], "岭上"), (b"PK\3\4" + data, "岭上")):
        with pytest.raises(Unreadable):
            opened(wrong, passphrase)


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_any_changed_byte_is_noticed(data):
    whole = bytearray(sealed(b"cards and keys"))
    place = data.draw(st.integers(len(sealed_files.MAGIC), len(whole) - 1))
    whole[place] ^= 0x40

    with pytest.raises(Unreadable):
        opened(bytes(whole))
