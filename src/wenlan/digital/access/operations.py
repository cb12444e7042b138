"""Offering digital resources, opening them for readers, and taking in what suppliers state."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.db import transaction

from wenlan.digital.access import policies, queries
from wenlan.digital.access.errors import CardNeeded, NetworkWrong, ResourceEnded, ResourceWrong
from wenlan.digital.access.models import HouseNetwork, Resource, SupplierCount
from wenlan.digital.access.types import LineState, NewResource, ResourceView, StatementLine, Way
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act, Channel
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import ReaderDimensions
from wenlan.patrons import queries as patrons
from wenlan.patrons.policies import completed_years
from wenlan.staff.operations import audit

SIGNED_FOR = timedelta(minutes=10)


@transaction.atomic
def offer(act: Act, *, resource: NewResource) -> ResourceView:
    """Offer a digital resource of the act's library. Raises ResourceWrong. Repeating `act.key` returns the first."""
    address = urlsplit(resource.url)
    if not resource.words.get("zh", "").strip() or address.scheme not in ("http", "https") or not address.netloc:
        raise ResourceWrong()
    if known := Resource.objects.filter(key=act.key).first():
        return queries.resource_view(known)
    row = Resource.objects.create(
        code=f"r{jobs.next_number('digital.resource', 'codes'):04d}",
        node_id=act.node,
        words=dict(resource.words),
        kind=resource.kind,
        url=resource.url,
        open_to=resource.open_to,
        signs=resource.signs,
        from_day=act.day,
        key=act.key,
    )
    audit(act, "digital.resource", f"resource:{row.code}", after={"url": row.url, "open_to": row.open_to})
    return queries.resource_view(row)


@transaction.atomic
def end(act: Act, *, code: str) -> ResourceView:
    """Offer a resource no more from the act's day on; its figures stay. Twice is as once. Raises NotFound."""
    found = queries.resource(code)
    if found.until_day is None:
        Resource.objects.filter(code=code).update(until_day=act.day)
        audit(act, "digital.resource", f"resource:{code}", after={"until": act.day.isoformat()})
    return queries.resource(code)


@transaction.atomic
def add_network(act: Act, *, range_: str) -> None:
    """Say that a range of addresses is in the house of the act's place. Twice is as once. Raises NetworkWrong."""
    text = range_.strip()
    if not policies.is_range(text):
        raise NetworkWrong(range=text)
    _row, is_new = HouseNetwork.objects.get_or_create(node_id=act.node, range=text)
    if is_new:
        audit(act, "digital.network", f"node:{act.node}", after={"range": text})


@transaction.atomic
def drop_network(act: Act, *, network: int, nodes: Collection[int]) -> None:
    """Take a range away, of one of some nodes. Twice is as once."""
    if HouseNetwork.objects.filter(pk=network, node__in=nodes).delete()[0]:
        audit(act, "digital.network", f"network:{network}", after={"dropped": True})


@transaction.atomic
def open_resource(act: Act, *, code: str, address: str, patron: int | None = None) -> str:
    """Count an access and return the address to go to, signed where the supplier asks for it.

    In the house it counts at that house; from outside at the reader's library, or at the resource's for who needs no
    card. A closed library closes no resource: such use is told apart. Raises NotFound, ResourceEnded, CardNeeded;
    then nothing is counted. Repeating `act.key` on a day counts once.
    """
    found, house = queries.resource(code), queries.house_of(address)
    if found.until_day is not None and found.until_day <= act.day:
        raise ResourceEnded()
    if not policies.may_open(found.open_to, is_reader=patron is not None, is_in_house=house is not None):
        raise CardNeeded()
    reader = _dimensions(patron, act) if patron is not None else ReaderDimensions()
    place = house or reader.home_node or found.node
    way = policies.way(is_in_house=house is not None, is_shut=queries.is_shut(place, act.day))
    ledger.record(
        replace(act, node=place, department=None),
        Kind.RESOURCE_USED,
        subject=f"{way}.{code}",
        owner_node=found.node,
        reader=reader,
        source=f"resource:{act.key}",
    )
    return signed(act, found, patron) if found.signs else found.url


def signed(act: Act, found: ResourceView, patron: int | None) -> str:
    """Return a resource's address with who asks (a number that only this resource sees), until when, and signed."""
    secret = secret_of(found)
    reader = sha256(secret + f"reader:{patron or 0}".encode()).hexdigest()[:24]
    expires = int((act.at + SIGNED_FOR).timestamp())
    said = {"wl_reader": reader, "wl_expires": expires}
    said["wl_sign"] = policies.signature(secret, reader=reader, expires=expires)
    parts = urlsplit(found.url)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(said))))))


def secret_of(found: ResourceView) -> bytes:
    """Return the secret that a supplier is given once, made of the installation's own and the resource's code."""
    return sha256(f"{settings.SECRET_KEY}|digital|{found.code}".encode()).hexdigest().encode()


@transaction.atomic
def take_statement(act: Act, *, text: str, nodes: Collection[int]) -> tuple[StatementLine, ...]:
    """Take in the items requested that a supplier states by month; return the lines as they stood before.

    New numbers are counted on the first day of their month at the resource's library, changed ones replace what was
    counted; what is unknown is left out. The same table again changes nothing. Raises StatementUnreadable. Locks the
    counts that it changes.
    """
    lines = queries.statement(text, nodes)
    rows = {row.pk: row for row in Resource.objects.filter(pk__in={one.resource for one in lines if one.resource})}
    for one in lines:
        if one.resource is not None and one.state in (LineState.NEW, LineState.CHANGED):
            _state(act, rows[one.resource], one)
    return lines


def _state(act: Act, row: Resource, one: StatementLine) -> None:
    made, is_new = SupplierCount.objects.select_for_update().get_or_create(
        resource=row, month=one.month, defaults={"items": one.items}
    )
    if not is_new:
        if made.items:
            ledger.reverse(act, day=one.month, source=_source(row, made))
        made.items, made.revision = one.items, made.revision + 1
        made.save(update_fields=["items", "revision"])
    if made.items:
        ledger.record(
            replace(act, node=row.node_id, department=None, channel=Channel.IMPORT),
            Kind.RESOURCE_USED,
            quantity=made.items,
            day=one.month,
            subject=f"{Way.SUPPLIER}.{row.code}",
            owner_node=row.node_id,
            source=_source(row, made),
        )


def _source(row: Resource, made: SupplierCount) -> str:
    return f"supplier:{row.code}:{made.month:%Y%m}:{made.revision}"


def _dimensions(patron: int, act: Act) -> ReaderDimensions:
    reader = patrons.patron(patron)
    return ReaderDimensions(
        category=reader.category.code,
        sex=reader.sex,
        age=completed_years(reader.birth_date, act.day),
        home_node=reader.home_node,
        person_token=ledger.person_token(patron, act.day.year),
    )
