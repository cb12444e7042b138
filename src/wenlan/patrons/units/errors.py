"""What can be wrong with units."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class ClassStandsAlready(DomainError):
    """Two classes would become one without anybody having said so."""

    code = "patrons.class_stands_already"
    message = _("%(names)s stand already and keep their names. Rename them too, or say that the classes become one.")
