"""Reads of digital resources."""

from collections.abc import Collection
from uuid import UUID

from wenlan.digital.models import ResourcePackage
from wenlan.digital.types import Ownership, ResourcePackageView
from wenlan.kernel.errors import NotFound


def resource_package(uid: UUID) -> ResourcePackageView:
    """Return a package. Raises NotFound."""
    row = ResourcePackage.objects.filter(uid=uid).first()
    if row is None:
        raise NotFound(what=str(uid))
    return package_view(row)


def resource_packages(nodes: Collection[int]) -> tuple[ResourcePackageView, ...]:
    """Return the packages of some nodes, newest first (one statement)."""
    rows = ResourcePackage.objects.filter(node_id__in=nodes).order_by("-added_on", "-id")
    return tuple(package_view(row) for row in rows)


def package_view(row: ResourcePackage) -> ResourcePackageView:
    """Return what others may see of a package."""
    return ResourcePackageView(
        uid=row.uid,
        words=row.words,
        volumes=row.volumes,
        ownership=Ownership(row.ownership),
        node=row.node_id,
        added_on=row.added_on,
        ended_on=row.ended_on,
    )
