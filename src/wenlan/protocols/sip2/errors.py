"""What can be wrong with a message before anybody acts on it, and what a terminal is told then."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class MalformedMessage(ValueError):
    """The bytes are not a SIP2 message that we know; the text says where they part from one."""


class WrongChecksum(MalformedMessage):
    """The checksum does not fit: the terminal is asked to send the message again (96)."""


class TerminalUnknown(NotFound):
    """No terminal has this number."""

    code = "protocols.terminal_unknown"
    message = _("There is no terminal %(what)s.")


class TerminalTaken(DomainError):
    """Two terminals cannot sign in under one name."""

    code = "protocols.terminal_taken"
    message = _("Another terminal signs in as %(code)s. Please take another name.")


class TerminalMayNot(DomainError):
    """The terminal lacks the right to this message."""

    code = "protocols.terminal_may_not"
    message = _("This machine is not set up for this. Please ask at the desk.")


class InstitutionWrong(DomainError):
    """The terminal speaks for another institution (AO) than it was enrolled for."""

    code = "protocols.institution_wrong"
    message = _("This machine is set up for another library. Please ask at the desk.")


class StoredActUndated(DomainError):
    """A stored act without a date, from the future or from long ago: nobody knows which loan it means."""

    code = "protocols.stored_act_undated"
    message = _("The date of this stored act cannot be right. Please bring the item to the desk.")


class HoldsNotHere(DomainError):
    """The terminal asks for a reservation, which is not taken over SIP2."""

    code = "protocols.holds_not_here"
    message = _("Reservations are not taken at this machine. Please reserve on line or ask at the desk.")


class PaymentsNotHere(DomainError):
    """The terminal reports a payment, which is not taken over SIP2."""

    code = "protocols.payments_not_here"
    message = _("Payments are not taken at this machine. Please pay at the desk.")


class NothingToCancel(DomainError):
    """The act that shall be cancelled was not done by this terminal just before."""

    code = "protocols.nothing_to_cancel"
    message = _("There is nothing to take back. Please ask at the desk.")


class PropertiesUnknown(DomainError):
    """What is to be noted about the item is neither a place nor a state."""

    code = "protocols.properties_unknown"
    message = _("“%(properties)s” is neither the code of a place nor a state of an item.")


class RegistrationUnreadable(DomainError):
    """A field of a registration cannot be read."""

    code = "protocols.registration_unreadable"
    message = _("The field %(field)s of the registration cannot be read.")
