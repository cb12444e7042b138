"""What can go wrong with volunteers."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class VolunteerUnknown(NotFound):
    """No registration has this number."""

    code = "volunteers.unknown"
    message = _("There is no volunteer with the number %(what)s.")


class CannotVolunteer(DomainError):
    """A closed account, or a body that is a reader."""

    code = "volunteers.cannot_join"
    message = _("Only a person whose reader's account is open can become a volunteer.")


class AlreadyVolunteer(DomainError):
    """One standing registration a reader."""

    code = "volunteers.already"
    message = _("This reader is a volunteer already, or has asked to become one.")


class OfferEmpty(DomainError):
    """Nothing offered, or something that the book does not know."""

    code = "volunteers.offer_empty"
    message = _("Choose at least one kind of service.")


class GuardianMustAgree(DomainError):
    """Civil Code, art. 19: who is under age needs a guardian's yes."""

    code = "volunteers.guardian_must_agree"
    message = _("This reader is under 18: a guardian has to agree first. Note the agreement, then take them in.")


class NotAsking(DomainError):
    """Decided already."""

    code = "volunteers.not_asking"
    message = _("This registration was decided already: %(state)s.")


class NotServing(DomainError):
    """Only who serves can be given hours."""

    code = "volunteers.not_serving"
    message = _("This volunteer did not serve on %(day)s.")


class ServiceWrong(DomainError):
    """No minutes, more than a day has, or a day that has not come."""

    code = "volunteers.service_wrong"
    message = _("A service lasts from one minute to a day, and was on a day that has come.")
