"""What the web server calls. `WENLAN_BESIDE_WEB` names what else this one process runs (`sip2=…`, `worker`)."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.urls import reverse

from wenlan.config.scanning import Application, InOneThread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
application: Application = get_wsgi_application()

if connection.vendor == "sqlite":
    application = InOneThread(application, paths=[reverse("circulation:scan"), reverse("kiosk:scan")])

if beside := os.environ.get("WENLAN_BESIDE_WEB"):
    from wenlan.config import services  # needs the applications that the line above has loaded

    for service in beside.split(","):
        name, _, address = service.partition("=")
        if name == "sip2":
            services.start_sip2(address)
        elif name == "worker":
            services.start_worker()

# What is loaded stays; a collection that looks through all of it would hold up every desk for a tenth of a second.
gc.freeze()
