"""What every expected failure of every package is made of."""

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """An expected failure: the request was understood and cannot be done.

    Subclasses set `code` (stable, for programs) and `message` (translatable, with named places that
    `params` fill in when it is shown, in the language of whoever reads it).
    """

    code = "domain_error"
    message = _("This cannot be done.")

    def __init__(self, **params: object) -> None:
        super().__init__(self.code, params)
        self.params = params

    def __str__(self) -> str:
        return str(self.message) % self.params


class NotFound(DomainError):
    """Nothing stands under the number, code or key that was given."""

    code = "not_found"
    message = _("Nothing was found under %(what)s.")
