"""`wenlan terminal`: enters a self-check, return machine or gate that speaks SIP2."""

import secrets
from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.kernel.commands import Command
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.protocols.sip2 import terminals


class EncodingUnknown(DomainError):
    """A terminal speaks UTF-8, GBK or GB18030 as a rule; the name given is no encoding."""

    code = "protocols.encoding_unknown"
    message = gettext_lazy("%(encoding)s is not an encoding. Most terminals use utf-8 or gbk.")


def run_terminal(options: Namespace) -> int:
    """Enter the terminal, or give it another place and password; print what to type into the machine."""
    node = network.node_by_code(options.node)
    department = network.department_by_code(options.department) if options.department else None
    password = options.password or secrets.token_urlsafe(9)
    try:
        terminals.enrol(
            code=options.code,
            password=password,
            node=node.id,
            department=department.id if department else None,
            encoding=options.encoding,
        )
    except LookupError as unknown:
        raise EncodingUnknown(encoding=options.encoding) from unknown
    print(_("Terminal %(code)s acts at %(node)s.") % {"code": options.code, "node": node.name})
    print(_("Login user (CN) %(code)s, password (CO) %(password)s, encoding %(encoding)s.")
          % {"code": options.code, "password": password, "encoding": options.encoding})  # fmt: skip
    return 0


def arguments_of_terminal(parser: ArgumentParser) -> None:
    """State the options of `wenlan terminal`."""
    parser.add_argument("code", metavar="CODE", help=_("the terminal's login name"))
    parser.add_argument("--node", required=True, metavar="CODE", help=_("the place where its acts happen"))
    parser.add_argument("--department", default="", metavar="CODE", help=_("the department they count for"))
    parser.add_argument("--encoding", default="utf-8", help=_("utf-8 (default), gbk or gb18030"))
    parser.add_argument("--password", default="", help=_("default: a new one is made and printed"))


COMMANDS = [
    Command(
        name="terminal",
        help=gettext_lazy("enter a self-service machine that speaks SIP2, and print its password"),
        arguments=arguments_of_terminal,
        run=run_terminal,
    )
]
