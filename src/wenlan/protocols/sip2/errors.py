"""What can be wrong with a message before anybody acts on it."""


class MalformedMessage(ValueError):
    """The bytes are not a SIP2 message that we know; the text says where they part from one."""


class WrongChecksum(MalformedMessage):
    """The checksum does not fit: the terminal is asked to send the message again (96)."""
