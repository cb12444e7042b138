"""What the authority file refuses."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class HeadingMissing(DomainError):
    """An authority record without a heading in any field that could hold one."""

    code = "authority_heading_missing"
    message = _("An authority record needs a heading.")


class HeadingTaken(DomainError):
    """The same heading stands already: two records for one name would part its works."""

    code = "authority_heading_taken"
    message = _(
        "“%(heading)s” is an authority already, number %(number)s. Add what tells the two apart, or use that one."
    )


class AuthoritiesUnlike(DomainError):
    """A merge or relation of two things that are not of one kind or format."""

    code = "authorities_unlike"
    message = _("“%(kept)s” and “%(gone)s” are not of one kind and cannot be joined.")


class AuthorityMerged(DomainError):
    """The authority was merged into another one and is changed there."""

    code = "authority_merged"
    message = _("“%(heading)s” was merged into “%(kept)s”. Change that one, or undo the merge first.")


class MergeSettled(DomainError):
    """A merge that was undone already, or one that later merges build on."""

    code = "authority_merge_settled"
    message = _("This merge cannot be undone: it was undone already, or what it kept has been merged since.")


class StillFollowing(DomainError):
    """Records still follow a merge, or a merge taken back, of one of these headings."""

    code = "authority_still_following"
    message = _("Records still follow this heading: %(done)d of %(total)d. Do it when they are through.")
