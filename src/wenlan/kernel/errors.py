"""What every expected failure of every package is made of."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class DomainError(Exception):
    """An expected failure: the request was understood and cannot be done.

    Subclasses set `code` (stable, for programs) and `message` (translatable, with named places that
    `params` fill in when it is shown, in the language of whoever reads it). What a rule decides over a person
    says in `look_again` how they ask that somebody looks at it again; it is empty where nothing was decided.
    """

    code = "domain_error"
    message = _("This cannot be done.")
    look_again: "StrOrPromise" = ""

    def __init__(self, **params: object) -> None:
        super().__init__(self.code, params)
        self.params = params

    def __str__(self) -> str:
        return str(self.message) % self.params

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the person concerned is told: why, and how to ask that somebody looks again."""
        return (str(self), str(self.look_again)) if self.look_again else (str(self),)


class NotFound(DomainError):
    """Nothing stands under the number, code or key that was given."""

    code = "not_found"
    message = _("Nothing was found under %(what)s.")
