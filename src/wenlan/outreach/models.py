"""Tables of outreach: the bus's stops, lines and trips, and service at the door. All else are record books."""

from wenlan.outreach.bus.models import BusLine, BusStop, LineCall, LineException, Trip, TripStop
from wenlan.outreach.doorstep.models import DoorCopy, DoorReader, DoorRule, DoorRun, DoorVisit

__all__ = [
    "BusLine",
    "BusStop",
    "DoorCopy",
    "DoorReader",
    "DoorRule",
    "DoorRun",
    "DoorVisit",
    "LineCall",
    "LineException",
    "Trip",
    "TripStop",
]
