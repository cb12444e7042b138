"""What is kept of readers as volunteers: given to the other account in a merge, ended with the account."""

from django.utils.translation import gettext_lazy as _

from wenlan.patrons.belongings import Belonging, Belongings
from wenlan.volunteers.models import Volunteer
from wenlan.volunteers.operations import end_for_readers, move


def registrations_of(patron: int) -> tuple[Belonging, ...]:
    """Return how many registrations as a volunteer stand with a reader."""
    return (Belonging(words=_("Registrations as a volunteer"), count=Volunteer.objects.filter(patron=patron).count()),)


BELONGINGS = Belongings(of=registrations_of, move=move, end=end_for_readers)
