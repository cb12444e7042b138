"""Rights, the roles shipped with them, and who sits at a desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    """Everything that a role can allow; the word before the dot is the package that asks."""

    CHECK_OUT = "circulation.check_out", _("Lend, take back and renew")
    OVERRIDE = "circulation.override", _("Overrule a refusal at the desk")
    RULES_EDIT = "circulation.rules", _("Change lending rules")
    PATRONS_SEE = "patrons.see", _("See readers, names masked")
    PATRONS_NAMES = "patrons.see_names", _("See readers' full names and telephone")
    PATRONS_REGISTER = "patrons.register", _("Register readers and issue cards")
    PATRONS_IDENTITY = "patrons.identity", _("Read a reader's identity number in full")
    PATRONS_MANAGE = "patrons.manage", _("Merge and strike off accounts, take in lists of readers")
    CATALOGUE_SEE = "catalogue.see", _("Search the catalogue at the desk")
    CATALOGUE_EDIT = "catalogue.edit", _("Edit and import records")
    COPY_TARGETS = "protocols.targets", _("Define where records are copied from, and what of ours stays")
    DEVICES = "protocols.devices", _("Set up self-service machines")
    HOLDINGS_EDIT = "holdings.edit", _("Accession and change items")
    BOOKSHOP = "acquisitions.bookshop", _("Lend at a bookshop what readers choose there")
    HOLDINGS_RECEIVE = "holdings.receive", _("Sign for items handed over")
    HOLDINGS_APPROVE = "holdings.approve", _("Approve withdrawals")
    ROSTER = "circulation.roster", _("Plan who is on duty")
    VOLUNTEERS = "volunteers.keep", _("Take in volunteers and enter their hours")
    ACTIVITIES_EDIT = "activities.edit", _("Plan activities and enter attendance")
    COUNT = "facilities.count", _("Enter gate and reading-room counts")
    KEEP_ROOM = "facilities.keep", _("Keep a reading room: open it, count visits, copy the paper register")
    MACHINES = "facilities.machines", _("Keep the register of machines")
    BUS = "outreach.bus", _("Plan the lines of the book bus and keep its trips")
    REGISTERS_EDIT = "registers.edit", _("Write in the record books")
    REGISTERS_DECLARE = "registers.declare", _("Declare a new record book")
    FIGURES_SEE = "figures.see", _("See figures")
    FIGURES_SEE_PERSONS = "figures.see_persons", _("Open an act down to the person")
    REPORT_COMPOSE = "report.compose", _("Compose the annual report")
    REPORT_CHECK = "report.check", _("Check the annual report for the department")
    REPORT_REVIEW = "report.review", _("Review the annual report as deputy director")
    REPORT_SIGN = "report.sign", _("Sign the annual report and release findings")
    MONEY = "credit.money", _("Take and refund money")
    MONEY_APPROVE = "credit.approve", _("Approve refunds and waivers")
    NETWORK_EDIT = "network.edit", _("Change places, departments and hours")
    STAFF_GRANT = "staff.grant", _("Give roles to staff")
    AUDIT_SEE = "audit.see", _("Read the audit trail")
    SYSTEM_RUN = "system.run", _("Run the installation")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffView:
    """A member of staff as others see them."""

    id: int
    username: str
    name: str
    home_node: int
    department: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFacts:
    """A shipped role: its code, its words and what it allows."""

    code: str
    names: Mapping[str, str]
    rights: tuple[Right, ...]
