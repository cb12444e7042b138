"""What can go wrong with a roster."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class PostWrong(DomainError):
    """No name, or nobody."""

    code = "circulation.post_wrong"
    message = _("A post has a name, and is kept by one to twenty people.")


class NoSuchShift(DomainError):
    """The place is shut then, or the post is closed."""

    code = "circulation.no_such_shift"
    message = _("The opening calendar has no shift at %(start)s on %(day)s for this post.")


class OnDutyAlready(DomainError):
    """Nobody stands at two posts."""

    code = "circulation.on_duty_already"
    message = _("%(name)s is on duty already on %(day)s, %(span)s.")


class NotYours(DomainError):
    """Another person's duty."""

    code = "circulation.duty_of_another"
    message = _("This duty is another person's.")


class DutyOver(DomainError):
    """Past, or taken off."""

    code = "circulation.duty_over"
    message = _("This duty is over, or no longer stands in the roster.")
