"""What machines ask about the installation's health: `/healthz` and `/metrics`."""

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

import wenlan
from wenlan.catalogue import queries as catalogue
from wenlan.jobs import queries as jobs
from wenlan.ledger import queries as ledger


@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, 503 otherwise; the index may be away without harm."""
    try:
        jobs.version("tree")
    except Error:
        return JsonResponse({"status": "database does not answer"}, status=503)
    documents, waiting = catalogue.index_state()
    state = {"status": "ok", "version": wenlan.__version__, "indexed": documents, "waiting_for_index": waiting}
    return JsonResponse(state)


@never_cache
def metrics(_request: HttpRequest) -> HttpResponse:
    """Answer the few gauges that say whether the background work keeps up, in Prometheus' text format."""
    documents, waiting = catalogue.index_state()
    gauges = {
        "wenlan_indexed_records": documents or 0,
        "wenlan_index_messages_waiting": waiting,
        "wenlan_acts_not_summed": ledger.unfolded_count(),
    }
    lines = [f"# TYPE {name} gauge\n{name} {value}\n" for name, value in gauges.items()]
    return HttpResponse("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")
