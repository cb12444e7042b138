"""The root of all addresses but those of the REST interface (`api_urls`)."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("desk/copy-cataloguing/", include("wenlan.protocols.copying.urls")),
    path("desk/copy-cataloguing/uploads/", include("wenlan.protocols.uploading.urls")),
    path("desk/devices/", include("wenlan.protocols.sip2.urls")),
    path("kiosk/", include("wenlan.protocols.kiosk.urls")),
    path("oai", include("wenlan.protocols.oai_pmh.urls")),
    path("sru", include("wenlan.protocols.sru.urls")),
    path("", include("wenlan.web.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
if settings.DEBUG:
    urlpatterns.append(path("desk/styleguide/", include("wenlan.ui.urls")))
