"""The kinds of act that are counted: few, in one place, never renamed and never reused.

What is counted inside a kind (which room, which programme, which online channel) is data: `subject`.
Clauses are those of ISO 2789:2022 (GB/T 13191 follows it) unless another source is named.
"""

# ruff: noqa: E501 - one line for a kind, with the clause that defines it beside it

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """The kind of a ledger row; the quantity of one row is what its comment says."""

    # fmt: off
    LOAN_MADE = "loan.made", pgettext_lazy("act", "Loan")  # 7.2.3 Lending: physical units lent, automatic renewals none
    LOAN_RENEWED = "loan.renewed", pgettext_lazy("act", "Renewal")  # 7.2.3 Renewals; `subject` is who asked
    LOAN_RETURNED = "loan.returned", pgettext_lazy("act", "Return")  # ours: 借还量 of the reports
    ITEM_USED_IN_HOUSE = "item.used_in_house", pgettext_lazy("act", "In-house use")  # 7.2.3 In-house use: units; 馆内阅览册次
    LOAN_RECALLED = "loan.recalled", pgettext_lazy("act", "Recall campaign")  # ours: late copies asked back by a campaign (催还活动), and those that came back; `subject` is asked or back with the campaign's number
    RESERVATION_MADE = "reservation.made", pgettext_lazy("act", "Reservation")  # 7.2.3 Reservations
    VISIT_COUNTED = "visit.counted", pgettext_lazy("act", "Visit")  # 7.2.10 Physical visits: entrances; 到馆人次
    READING_ROOM_VISITED = "reading_room.visited", pgettext_lazy("act", "Reading-room visit")  # 文旅基3表: persons; 阅览人次
    STOCK_ACCESSIONED = "stock.accessioned", pgettext_lazy("act", "Accession")  # 7.3 Additions: units registered (财产登记)
    STOCK_DEREGISTERED = "stock.deregistered", pgettext_lazy("act", "Deregistration")  # 7.3 Withdrawals: units (注销)
    PATRON_REGISTERED = "patron.registered", pgettext_lazy("act", "Registration")  # 7.2.2 Users: new accounts, no replaced cards
    PATRON_DEREGISTERED = "patron.deregistered", pgettext_lazy("act", "Account closed")  # 7.2.2 Users: accounts closed (退证)
    ACTIVITY_HELD = "activity.held", pgettext_lazy("act", "Session held")  # 7.2.12 Events: sessions; `subject` is the programme
    ACTIVITY_ATTENDED = "activity.attended", pgettext_lazy("act", "Attendance")  # 7.2.12 Events: persons attending
    TRIP_MADE = "trip.made", pgettext_lazy("act", "Bus trip")  # 7.1 Mobile libraries: outings of one vehicle (车次)
    STOP_SERVED = "stop.served", pgettext_lazy("act", "Stop served")  # 7.1 Mobile libraries: stops served (站次)
    VOLUNTEER_SERVED = "volunteer.served", pgettext_lazy("act", "Volunteer service")  # 7.7 Staff, volunteers: minutes
    ONLINE_USED = "online.used", pgettext_lazy("act", "Online use")  # 7.2.11 Virtual visits: clicks; `subject` is the channel
    RESOURCE_USED = "resource.used", pgettext_lazy("act", "Use of a digital resource")  # 7.2.4 Electronic collection: accesses through our links, items requested as suppliers state; `subject` is the way and the resource
    OBJECT_DIGITISED = "object.digitised", pgettext_lazy("act", "Digitisation")  # 7.3.4 Digitisation: pages, entries, issues
    RECORD_ENTERED = "record.entered", pgettext_lazy("act", "Register entry")  # ours: entries of record books, and their counts
    ENQUIRY_ANSWERED = "enquiry.answered", pgettext_lazy("act", "Enquiry answered")  # 7.2.5 Information services: questions
    ITEM_DISTRIBUTED = "item.distributed", pgettext_lazy("act", "Distribution")  # ours: units sent to points (配送册次), never loans
    ITEM_TRANSFERRED = "item.transferred", pgettext_lazy("act", "Transfer")  # ours: units that changed their place for good (调拨册次); `subject` is in or out
    ITEM_ROTATED = "item.rotated", pgettext_lazy("act", "Rotation")  # ours: units that changed their place until the next rotation (流转册次); `subject` is in or out
    PLACE_OPENED = "place.opened", pgettext_lazy("act", "Opening")  # ours: openings as kept; `subject` is day (1) or minutes (how many)
    COMPUTER_USED = "computer.used", pgettext_lazy("act", "Use of a computer")  # 7.2.8 Facilities: minutes at readers' computers (机时); `subject` is the room
    BOOK_DRIFTED = "book.drifted", pgettext_lazy("act", "Book drifting")  # ours: volumes outside the stock (图书漂流册次), never loans; `subject` is released, taken or left
    BOOK_CHOSEN = "book.chosen", pgettext_lazy("act", "Choice at a bookshop")  # ours: books that readers chose and the library paid (你选书·我买单); `subject` is volume (1) or fen (what it cost)
    # fmt: on


# People are told apart (by their token) in these kinds only; the others need no list of tokens.
KINDS_OF_PERSONS = (
    Kind.LOAN_MADE,
    Kind.RESERVATION_MADE,
    Kind.ITEM_USED_IN_HOUSE,
    Kind.ACTIVITY_ATTENDED,
    Kind.ONLINE_USED,
    Kind.BOOK_CHOSEN,
)
