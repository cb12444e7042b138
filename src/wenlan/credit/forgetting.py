"""Lines of points and charges forget their loans as loans forget their readers: no history is kept here instead."""

from datetime import date

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from wenlan.credit.models import Charge, PointEntry, Reminded, Stop

LIMIT = 500


@transaction.atomic
def forget_loans(*, before: date, limit: int = LIMIT) -> int:
    """Take loan and item out of lines made before a day, at most `limit` of each kind; returns how many.

    A charge keeps its item while something is open. The key of a line then only says which line it is.
    """
    by_number = Concat(Value("forgotten:"), Cast(F("pk"), CharField()))
    old = PointEntry.objects.filter(day__lt=before).exclude(source="").values_list("pk", flat=True)[:limit]
    done = PointEntry.objects.filter(pk__in=list(old)).update(source="", reason="", key=by_number)
    settled = Charge.objects.filter(day__lt=before, open_fen=0).exclude(source="").values_list("pk", flat=True)
    done += Charge.objects.filter(pk__in=list(settled[:limit])).update(source="", item="", key=by_number)
    stops = Stop.objects.filter(at__date__lt=before).exclude(source="").values_list("pk", flat=True)[:limit]
    done += Stop.objects.filter(pk__in=list(stops)).update(source="")
    steps = Reminded.objects.filter(day__lt=before).exclude(source__startswith="forgotten:")
    chosen = list(steps.values_list("pk", flat=True)[:limit])
    return done + Reminded.objects.filter(pk__in=chosen).update(source=by_number)
