"""The reader's page at the desk."""

import re

import pytest

from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db


def test_every_dialog_of_a_reader_has_fields_and_labels_of_its_own():
    root = make_network("E")[0]
    reader = make_patron(node=root.id)

    page = signed_in(root.id, "circulation").get(f"/desk/readers/{reader.id}/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)

    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label[^>]*\sfor="([^"]+)"', page)) <= set(ids)
