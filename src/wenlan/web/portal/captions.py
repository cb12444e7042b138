"""The captions of a record's description, in the order they are read."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CAPTIONS = (
    ("responsibility", _("By")),
    ("parallel_title", _("Parallel title")),
    ("edition", pgettext_lazy("of a work", "Edition")),
    ("publisher", _("Publisher")),
    ("place", pgettext_lazy("of publication", "Place")),
    ("year_text", _("Year")),
    ("extent", _("Extent")),
    ("series", _("Series")),
    ("isbn", _("ISBN")),
    ("issn", _("ISSN")),
    ("class_number", _("Class (CLC)")),
    ("subjects", _("Subjects")),
)
