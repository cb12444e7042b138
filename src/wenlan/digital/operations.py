"""Taking electronic documents into stock, and out of it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from wenlan.catalogue.types import Material
from wenlan.digital import errors, queries
from wenlan.digital.models import ResourcePackage
from wenlan.digital.types import Ownership, ResourcePackageView
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as kept
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import ItemDimensions


@transaction.atomic
def add_resource_package(
    act: Act,
    *,
    words: dict[str, str],
    volumes: int,
    ownership: Ownership,
    node: int | None = None,
    day: date | None = None,
) -> ResourcePackageView:
    """Take a package of electronic documents into stock, on `day` (default: the act's).

    The ledger's row carries the volumes, the material `electronic` and the ownership as its subject: the
    ministry's form leaves them out, the library's own report names them. Raises VolumesInvalid. Repeating
    `act.key` returns the first answer.
    """
    if known := kept.answer(act.key, "digital.add_resource_package"):
        return queries.resource_package(UUID(known["package"]))
    if volumes < 1:
        raise errors.VolumesInvalid()
    row = ResourcePackage.objects.create(
        words=words,
        node_id=act.node if node is None else node,
        volumes=volumes,
        ownership=ownership,
        added_on=day or act.day,
    )
    _record(act, Kind.STOCK_ACCESSIONED, row, day=row.added_on)
    jobs.remember(act.key, "digital.add_resource_package", {"package": str(row.uid)}, at=act.at)
    return queries.package_view(row)


@transaction.atomic
def end_resource_package(act: Act, *, package: UUID, day: date | None = None) -> ResourcePackageView:
    """Take a package out of stock: the licence ended, the trial is over.

    Raises NotFound and PackageEnded. Locks the package's row.
    """
    row = ResourcePackage.objects.select_for_update().filter(uid=package).first()
    if row is None:
        raise NotFound(what=str(package))
    if row.ended_on is not None:
        raise errors.PackageEnded(day=row.ended_on)
    row.ended_on = day or act.day
    row.save(update_fields=["ended_on"])
    _record(act, Kind.STOCK_DEREGISTERED, row, day=row.ended_on)
    return queries.package_view(row)


def _record(act: Act, kind: Kind, row: ResourcePackage, *, day: date) -> None:
    ledger.record(
        replace(act, node=row.node_id, department=None),
        kind,
        quantity=row.volumes,
        day=day,
        subject=row.ownership,
        item=ItemDimensions(material=Material.ELECTRONIC, owner_node=row.node_id),
        source=f"package:{row.uid}:{kind.value}",
    )
