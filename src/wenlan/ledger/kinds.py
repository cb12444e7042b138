"""The kinds of act that are counted: few, in one place, never renamed and never reused.

What is counted inside a kind (which room, which programme, which online channel) is data: `subject`.
Clauses are those of ISO 2789:2022 (GB/T 13191 follows it) unless another source is named.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kind of a ledger row; the quantity of one row is what its comment says."""

    LOAN_MADE = "loan.made", _("Loan")  # 7.2.3 Lending services: physical units lent; automatic renewals are none
    LOAN_RENEWED = "loan.renewed", _("Renewal")  # 7.2.3: renewals; `subject` is the initiative
    LOAN_RETURNED = "loan.returned", _("Return")  # no clause; 借还量 of the reports needs it
    ITEM_USED_IN_HOUSE = "item.used_in_house", _("In-house use")  # 7.2.3 In-house use: units; 馆内阅览册次
    RESERVATION_MADE = "reservation.made", _("Reservation")  # 7.2.3 Reservations
    VISIT_COUNTED = "visit.counted", _("Visit")  # 7.2.10 Physical visits: entrances; 到馆人次
    READING_ROOM_VISITED = "reading_room.visited", _("Reading-room visit")  # 文旅基3表: persons; 阅览人次
    STOCK_ACCESSIONED = "stock.accessioned", _("Accession")  # 7.3 Collection, additions: units registered (财产登记)
    STOCK_DEREGISTERED = "stock.deregistered", _("Deregistration")  # 7.3 Collection, withdrawals: units (注销)
    PATRON_REGISTERED = "patron.registered", _("Registration")  # 7.2.2 Users: new accounts, not replaced cards
    PATRON_DEREGISTERED = "patron.deregistered", _("Account closed")  # 7.2.2 Users: accounts closed (退证, 注销)
    ACTIVITY_HELD = "activity.held", _("Session held")  # 7.2.12 Events: sessions; `subject` is the programme
    ACTIVITY_ATTENDED = "activity.attended", _("Attendance")  # 7.2.12 Events: persons attending
    TRIP_MADE = "trip.made", _("Bus trip")  # 7.1 Mobile libraries: outings of one vehicle (车次)
    STOP_SERVED = "stop.served", _("Stop served")  # 7.1 Mobile libraries: stops served (站次)
    VOLUNTEER_SERVED = "volunteer.served", _("Volunteer service")  # 7.7 Staff, volunteers: minutes
    ONLINE_USED = "online.used", _("Online use")  # 7.2.11 Virtual visits: clicks or views; `subject` is the channel
    OBJECT_DIGITISED = "object.digitised", _("Digitisation")  # 7.3.4 Digitisation: pages, entries or issues
    RECORD_ENTERED = "record.entered", _("Register entry")  # ours: entries, and the counts declared by a register
    ENQUIRY_ANSWERED = "enquiry.answered", _("Enquiry answered")  # 7.2.5 Information services: questions
    ITEM_DISTRIBUTED = "item.distributed", _("Distribution")  # ours: units sent to points (配送册次), never loans


# People are told apart (by their token) in these kinds only; the others need no list of tokens.
KINDS_OF_PERSONS = (
    Kind.LOAN_MADE,
    Kind.RESERVATION_MADE,
    Kind.ITEM_USED_IN_HOUSE,
    Kind.ACTIVITY_ATTENDED,
    Kind.ONLINE_USED,
)
