"""The suppliers and what was agreed with them."""

from dataclasses import asdict

from django.db import transaction

from wenlan.acquisitions.models import Supplier
from wenlan.acquisitions.queries import supplier_view
from wenlan.acquisitions.types import SupplierFacts, SupplierView
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit


@transaction.atomic
def save_supplier(act: Act, *, facts: SupplierFacts) -> SupplierView:
    """Write down a supplier, or what is agreed with them now, under their code.

    Batches that have arrived keep what was agreed then.
    """
    stated = asdict(facts)
    before = Supplier.objects.filter(code=facts.code).first()
    row, _created = Supplier.objects.update_or_create(code=facts.code, defaults=stated)
    was = {name: getattr(before, name) for name in stated} if before else {}
    audit(act, "acquisitions.supplier", f"supplier:{facts.code}", before=was, after=stated)
    return supplier_view(row)
