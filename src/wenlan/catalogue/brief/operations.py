"""Making a record in brief."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenlan.catalogue.brief.composing import brief_marc
from wenlan.catalogue.brief.models import BriefRecord
from wenlan.catalogue.brief.types import BriefFacts
from wenlan.catalogue.editing.saving import catalogue_record
from wenlan.catalogue.errors import TitleMissing
from wenlan.catalogue.types import RecordView
from wenlan.kernel.acts import Act
from wenlan.network import queries as network


@transaction.atomic
def make_brief(act: Act, *, facts: BriefFacts) -> RecordView:
    """Keep a record of what somebody read off a title page; it waits for a cataloguer and is found meanwhile.

    Raises TitleMissing. Repeating `act.key` returns the first answer.
    """
    if not facts.title.strip():
        raise TitleMissing()
    marc = brief_marc(facts, today=act.day, agency=network.agency_of(act.node))
    record = catalogue_record(act, marc=marc, note=_("Made in brief at a reading room"))
    BriefRecord.objects.get_or_create(
        record_id=record.id, defaults={"node_id": act.node, "made_at": act.at, "by": act.operator}
    )
    return record
