"""Why something cannot be done with the bus's stops, lines and trips."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class StopGivenUp(DomainError):
    """The stop is served no longer."""

    code = "outreach.stop_given_up"
    message = _("The stop was given up. Lines and trips take stops that are kept.")


class StopOnLine(DomainError):
    """A line still calls there."""

    code = "outreach.stop_on_line"
    message = _("The line %(line)s still stops there. Take the stop out of its timetable first.")


class TimetableWrong(DomainError):
    """Times go on along a line."""

    code = "outreach.timetable_wrong"
    message = _("The times of a line go on from stop to stop, and each stop stands in it once.")


class LineEnds(DomainError):
    """It would begin after its end."""

    code = "outreach.line_ends"
    message = _("The line ends on %(day)s. Let it begin before, or open a new line.")


class NoVehicle(DomainError):
    """What goes on a trip is a vehicle in use."""

    code = "outreach.no_vehicle"
    message = _("A trip is made with a vehicle of the register that is in use.")


class VehicleOut(DomainError):
    """It is under way already."""

    code = "outreach.vehicle_out"
    message = _("The vehicle is out on another trip at that time: %(trip)s.")


class TripTimesWrong(DomainError):
    """Times that cannot be."""

    code = "outreach.trip_times_wrong"
    message = _("A trip ends after it starts, not ahead of time and within %(hours)d hours; its stops lie within it.")


class TripIsClosed(DomainError):
    """Nothing more happens on it."""

    code = "outreach.trip_is_closed"
    message = _("The trip is closed or was dropped.")


class NoStopServed(DomainError):
    """Nothing was served."""

    code = "outreach.no_stop_served"
    message = _("No stop was served. Enter when the bus arrived, or drop the trip.")


class ReasonNeeded(DomainError):
    """It is said why."""

    code = "outreach.reason_needed"
    message = _("Please say why.")
