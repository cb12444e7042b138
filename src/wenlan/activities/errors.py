"""What can go wrong with activities."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class KindUnknown(DomainError):
    """The kind is not on the list."""

    code = "activities.kind_unknown"
    message = _("There is no kind of activity “%(kind)s”. Choose one from the list.")


class ProgrammeCodeInvalid(DomainError):
    """A code is the kind, a full stop, and small letters, digits, hyphens or underscores."""

    code = "activities.programme_code_invalid"
    message = _(
        "“%(programme)s” cannot be a programme's code: write “%(kind)s.” and then small letters, digits, "
        "hyphens or underscores."
    )


class ProgrammeCodeTaken(DomainError):
    """Codes are given once."""

    code = "activities.programme_code_taken"
    message = _("The code “%(programme)s” belongs to another programme. Choose another one.")


class SessionTimesInvalid(DomainError):
    """A session ends after it starts, and its lessons lie within."""

    code = "activities.session_times_invalid"
    message = _("A session must end after it starts, and its lessons must lie between the two.")


class SessionNotOpen(DomainError):
    """The session was held or cancelled, or is over: nothing can be planned for it any more."""

    code = "activities.session_not_open"
    message = _("This session is no longer open for this: it is %(status)s.")


class SessionNotHeld(DomainError):
    """People are counted at sessions that took place."""

    code = "activities.session_not_held"
    message = _("Mark the session as held first; then count who came.")


class SessionStillAhead(DomainError):
    """What has not begun cannot be marked as held."""

    code = "activities.session_still_ahead"
    message = _("The session starts on %(day)s. It can be marked as held from then on.")


class AttendanceDayInvalid(DomainError):
    """The day of a count lies outside the session, or ahead."""

    code = "activities.attendance_day_invalid"
    message = _("%(day)s is not a day of this session that has come yet.")


class AttendanceAlreadyRecorded(DomainError):
    """A count stands; it is corrected, not recorded again."""

    code = "activities.attendance_already_recorded"
    message = _("%(persons)s people were already counted for %(day)s. Correct that count instead.")


class PersonsInvalid(DomainError):
    """A count of people is a whole number from 0."""

    code = "activities.persons_invalid"
    message = _("The number of people must be 0 or more.")


class AlreadySignedUp(DomainError):
    """One reader takes one place."""

    code = "activities.already_signed_up"
    message = _("This reader is already signed up for this session.")


class SessionFull(DomainError):
    """No place is left for somebody who comes without having signed up."""

    code = "activities.session_full"
    message = _("All %(capacity)s places are taken.")


class NotSignedUp(DomainError):
    """There is no sign-up to change."""

    code = "activities.not_signed_up"
    message = _("This reader is not signed up for this session.")


class AlreadyCheckedIn(DomainError):
    """One reader is counted once a session."""

    code = "activities.already_checked_in"
    message = _("This reader is already checked in.")
