"""`wenlan init`: makes the database, the search index and the first administrator."""

import secrets
from argparse import ArgumentParser, Namespace
from datetime import date, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.indexing import rebuild_index
from wenlan.circulation import operations as circulation
from wenlan.config.home import INSTALLATION_FILE, Installation, read_installation, write_installation
from wenlan.kernel.commands import Command
from wenlan.ledger import operations as ledger
from wenlan.network import operations as network_operations
from wenlan.network import queries as network
from wenlan.network.types import NodeFacts, NodeKind
from wenlan.patrons import operations as patrons
from wenlan.registers import operations as registers
from wenlan.staff import operations as staff
from wenlan.ui import clock

FIRST_NAME = "admin"
A_YEAR = timedelta(days=366)


def prepare(installation: Installation) -> None:
    """Make the home and bring the database, roles, measures and record books to this version. Safe to repeat."""
    write_installation(settings.WENLAN_HOME, installation)
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        staff.ship_roles()
        patrons.load_categories()
        ledger.load_measures()
        registers.declare_shipped()
    ledger.prepare_days(clock.today(), clock.today() + A_YEAR)
    if catalogue.index_state()[0] is None:
        rebuild_index(at=clock.now())


def run_init(options: Namespace) -> int:
    """Prepare the home; make the network's root and the first administrator when there is none."""
    home = settings.WENLAN_HOME
    present = read_installation(home) if (home / INSTALLATION_FILE).is_file() else Installation()
    prepare(
        Installation(
            time_zone=options.time_zone or present.time_zone,
            clock_offset_seconds=present.clock_offset_seconds,
            database_url=settings.WENLAN_DATABASE_URL,
        )
    )
    if network.root_or_none() is not None:
        print(_("The installation in %(home)s is up to date.") % {"home": home})
        return 0
    password = first_administrator(options.name, options.code)
    print(_("The installation stands in %(home)s.") % {"home": home})
    print(
        _("Sign in at /desk/ as %(name)s with %(password)s (once; change it).")
        % {"name": FIRST_NAME, "password": password}
    )
    return 0


@transaction.atomic
def first_administrator(name: str, code: str) -> str:
    """Open the network's root and an account that may do everything needed to start; returns its password."""
    since = date(clock.today().year, 1, 1)
    root = network_operations.open_node(
        None, NodeFacts(code=code, names={"zh": name}, kind=NodeKind.NETWORK, parent=None, since=since)
    )
    password = secrets.token_urlsafe(9)
    member = staff.create_member(
        None, username=FIRST_NAME, name=FIRST_NAME, password=password, home_node=root.id, must_change_password=True
    )
    for role in ("system", "director"):
        staff.grant(None, staff=member.id, role=role, node=root.id, from_day=since)
    circulation.load_rules()
    return password


def arguments_of_init(parser: ArgumentParser) -> None:
    """State the options of `wenlan init`."""
    parser.add_argument("--name", default="文澜", help=_("name of the network"))
    parser.add_argument("--code", default="N1", help=_("immutable code of the network"))
    parser.add_argument("--time-zone", default="", help=_("IANA zone of the installation (default Asia/Shanghai)"))


COMMANDS = [
    Command(
        name="init",
        help=gettext_lazy("make or bring up to date the installation, and print the first administrator's password"),
        arguments=arguments_of_init,
        run=run_init,
        needs_home=False,
    )
]
