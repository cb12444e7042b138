"""What circulation offers on the command line."""

from wenlan.circulation.journals import commands as journals

COMMANDS = [*journals.COMMANDS]
