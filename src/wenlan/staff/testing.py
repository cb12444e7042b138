"""Factories for staff."""

from itertools import count

from django.test import Client

from wenlan.network.testing import LONG_AGO
from wenlan.staff import operations
from wenlan.staff.models import StaffMember
from wenlan.staff.types import StaffView

PASSWORD = "correct horse battery"
_numbers = count(1)


def make_member(node: int, *roles: str, username: str = "", department: int | None = None) -> StaffView:
    """Open an account that holds the shipped roles over the node."""
    operations.ship_roles()
    username = username or f"staff{next(_numbers)}"
    member = operations.create_member(
        None, username=username, name=username.title(), password=PASSWORD, home_node=node, department=department
    )
    for role in roles:
        operations.grant(None, staff=member.id, role=role, node=node, from_day=LONG_AGO)
    return member


def signed_in(node: int, *roles: str, department: int | None = None) -> Client:
    """Return a browser in which somebody with the roles sits at the node."""
    member = make_member(node, *roles, department=department)
    client = Client()
    client.force_login(StaffMember.objects.get(pk=member.id), backend="django.contrib.auth.backends.ModelBackend")
    return client
