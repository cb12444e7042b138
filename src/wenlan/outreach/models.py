"""Tables of outreach: the bus's stops, lines and trips. All else it keeps are record books (`books.py`)."""

from wenlan.outreach.bus.models import BusLine, BusStop, LineCall, LineException, Trip, TripStop

__all__ = ["BusLine", "BusStop", "LineCall", "LineException", "Trip", "TripStop"]
