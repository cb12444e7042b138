"""What a browser can send that is no request of ours."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class NotText(DomainError):
    """An address or a form carries NUL characters: no text has them and PostgreSQL keeps none."""

    code = "web.not_text"
    message = _("What was sent holds characters that cannot be written. Type it again.")
