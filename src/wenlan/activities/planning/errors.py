"""What can go wrong with a plan."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class PlanItemWrong(DomainError):
    """An item of nothing."""

    code = "activities.plan_item_wrong"
    message = _("An item of the plan has a name, and aims at one session or more.")
