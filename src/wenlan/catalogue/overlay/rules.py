"""Rules of which fields of ours an overlay never writes over. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.cnmarc import AnyField, Field
from wenlan.catalogue.types import MarcFormat

_PATTERN = re.compile(r"[0-9][0-9X]{2}")


class Family(TextChoices):
    """Which tags mean the same: CNMARC is of the family of UNIMARC."""

    UNIMARC = "unimarc", "CNMARC / UNIMARC"
    MARC21 = "marc21", "MARC 21"


class Keep(TextChoices):
    """What happens to a field for which there is a rule; without one theirs takes the place of ours."""

    OURS = "ours", _("Ours stays; theirs only where we have none")
    BOTH = "both", _("Ours stays, theirs comes beside it")
    NEVER_THEIRS = "never_theirs", _("Ours stays; theirs never comes")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for the fields whose tag fits `tag` (an X stands for any digit).

    With `having` it is a rule only for fields that have this subfield: 316 with $5 is a note on a copy.
    """

    tag: str
    keep: Keep
    having: str = ""

    def covers(self, field: AnyField) -> bool:
        """Return whether this is a rule for the field."""
        fits = len(field.tag) == 3 and all(
            mark in ("X", one) for mark, one in zip(self.tag.upper(), field.tag, strict=True)
        )
        return fits and (not self.having or (isinstance(field, Field) and bool(field.values(self.having))))


def is_pattern(tag: str) -> bool:
    """Return whether this is a tag, or a pattern of tags, as a rule has it."""
    return bool(_PATTERN.fullmatch(tag))


def rule_for(field: AnyField, rules: Iterable[Rule]) -> Rule | None:
    """Return the first rule that covers the field, or None."""
    return next((one for one in rules if one.covers(field)), None)


def family_of(of: MarcFormat) -> Family:
    """Return the family of a format."""
    return Family.MARC21 if of == MarcFormat.MARC21 else Family.UNIMARC
