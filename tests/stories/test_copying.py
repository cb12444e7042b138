"""Records that come from elsewhere and go elsewhere, and names taken from the authorities, in a real browser."""

import pytest

from wenlan.catalogue import indexing
from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.authorities import operations as authorities
from wenlan.catalogue.authorities import queries as name_queries
from wenlan.catalogue.authorities.types import AuthorityKind
from wenlan.catalogue.editing import history
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.overlay import taking
from wenlan.catalogue.testing import AT, make_act, make_marc, make_record
from wenlan.network.testing import make_network
from wenlan.protocols.copying import operations as copying
from wenlan.protocols.copying.types import Protocol, TargetFacts
from wenlan.protocols.uploading import operations as uploading
from wenlan.protocols.uploading import queries as uploads
from wenlan.protocols.uploading.types import CentreFacts, Route
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui.testing import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ISBN = "978-7-5366-9293-0"


@pytest.fixture
def root(tmp_path, settings):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    root = make_network("EAST")[0]
    make_member(root.id, "cataloguer", "deputy_director", username="chen")
    return root.id


def sign_in(page, server):
    page.goto(f"{server.url}/desk/sign-in/")
    page.fill("[name=username]", "chen")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/desk/")


def test_story_of_a_record_copied_from_a_server_that_speaks_sru(page, live_server, root):
    ours = make_record(root, "三体", isbn=ISBN, number="X1", agency="NLC")
    indexing.index_posted(at=AT)
    here = live_server.thread
    where = {"host": here.host, "port": here.port, "path": "/sru"}
    copying.save_target(make_act(root), facts=TargetFacts(name="本馆", protocol=Protocol.SRU, **where))
    sign_in(page, live_server)

    # Chen types the number and asks; the list fills itself, and says that we have the book.
    page.goto(f"{live_server.url}/desk/copy-cataloguing/")
    assert violations(page) == []
    page.fill("[name=isbn]", ISBN)
    page.keyboard.press("Enter")
    page.wait_for_selector("tr[id^=edition-]")
    assert page.locator("tr[id^=edition-] a", has_text="三体").count() == 1
    assert violations(page) == []

    # F9 compares. Theirs says nothing new, so she takes it as a record of its own, again with F9.
    page.keyboard.press("F9")
    page.wait_for_selector(".copy-lines .copy-same")
    assert violations(page) == []
    page.click("a[href='?over=new']")
    page.wait_for_selector(".copy-lines .copy-made")
    page.keyboard.press("F9")
    page.wait_for_url(f"{live_server.url}/desk/catalogue/*/")
    made = BibRecord.objects.exclude(pk=ours.id).get()
    assert page.url.endswith(f"/desk/catalogue/{made.pk}/")
    assert taking.taken([made.pk])[made.pk][0].origin == "本馆"


def test_story_of_a_name_taken_from_the_authorities(page, live_server, root):
    lu_xun = authorities.found_authority(
        make_act(root), kind=AuthorityKind.PERSON, subfields=(("a", "鲁迅"), ("f", "1881-1936")), see=["周树人"]
    )
    record = make_record(root, "呐喊", author="周树人")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/desk/catalogue/edit/{record.id}/")
    name = page.locator("textarea[aria-label^='701 $a']")
    name.click()

    # F3 finds him under the name the book gives; Enter takes the heading over, number and dates with it.
    page.keyboard.press("F3")
    page.wait_for_selector("dialog[open] .heading-take")
    page.wait_for_timeout(300)
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]", state="detached")
    page.wait_for_selector("textarea[aria-label^='701 $3'] >> nth=0")
    assert [one.input_value() for one in page.locator("textarea[aria-label^='701 $']").all()] == [
        "鲁迅", "1881-1936", lu_xun.number, "著",
    ]  # fmt: skip
    assert page.locator("[data-card] p").first.inner_text().startswith("呐喊")

    # She says why, and saves; the history tells it.
    page.fill("[data-note]", "据规范档")
    page.keyboard.press("Control+S")
    page.wait_for_selector(".editor-state.warning, .editor-state.success")
    page.keyboard.press("Control+S")
    page.wait_for_selector(".editor-state.success")
    assert history.versions(record.id)[0].note == "据规范档"
    assert name_queries.authority(lu_xun.uid).records == 1

    # On a phone the findings stand under their fields.
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_selector(".mf-findings li", state="visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_story_of_an_original_put_into_a_queue(page, live_server, root):
    facts = CentreFacts(name="省中心", route=Route.FILE, format="cnmarc", encoding="gb18030")
    uploading.save_centre(make_act(root), facts=facts)
    marc = make_marc("灵川县志", author="县志办", number="L1", agency="LC")
    catalogue.catalogue_record(make_act(root, key="L1"), marc=marc)
    sign_in(page, live_server)

    # Chen puts the county's own history into the queue and makes the file for the provincial centre.
    page.goto(f"{live_server.url}/desk/copy-cataloguing/uploads/queue/")
    assert violations(page) == []
    page.fill("[name=lines]", "L1")
    page.click("main button.primary")
    page.wait_for_url(f"{live_server.url}/desk/copy-cataloguing/uploads/")
    assert violations(page) == []
    page.click("form.note button")
    page.wait_for_selector("a[download]")
    with page.expect_download() as fetched:
        page.click("a[download]")

    assert fetched.value.suggested_filename == uploads.batches()[0].name
    assert [(one.title, one.state) for one in uploads.uploads()] == [("灵川县志", "sent")]
