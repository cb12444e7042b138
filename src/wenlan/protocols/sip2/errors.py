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


class HoldUnknown(DomainError):
    """The reservation that shall be changed is not there."""

    code = "protocols.hold_unknown"
    message = _("There is no such reservation of this reader.")


class PickupUnknown(DomainError):
    """The pick-up point is no place of the network."""

    code = "protocols.pickup_unknown"
    message = _("There is no place %(place)s to pick up at.")


class CurrencyWrong(DomainError):
    """Only yuan are taken, by the means that we know."""

    code = "protocols.currency_wrong"
    message = _("Only yuan are taken, in cash, by card, WeChat or Alipay.")


class PaidTooMuch(DomainError):
    """The reader owes less than was paid."""

    code = "protocols.paid_too_much"
    message = _("This is more than is owed. Please take the money back.")


class NotTheReader(DomainError):
    """A reader's data are changed for that reader only."""

    code = "protocols.not_the_reader"
    message = _("The identity card or the password is not that of this reader.")


class NothingToCancel(DomainError):
    """The act that shall be cancelled was not done by this terminal just before."""

    code = "protocols.nothing_to_cancel"
    message = _("There is nothing to take back. Please ask at the desk.")


class PropertiesUnknown(DomainError):
    """What is to be noted about the item is neither a place nor a state."""

    code = "protocols.properties_unknown"
    message = _("“%(properties)s” is neither the code of a place nor a state of an item.")


class FieldUnreadable(DomainError):
    """A field of a registration or payment cannot be read."""

    code = "protocols.field_unreadable"
    message = _("The field %(field)s cannot be read.")
