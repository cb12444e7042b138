"""Addresses under `/kiosk/`."""

from django.urls import path, re_path

from wenlan.protocols.kiosk import joining, views

app_name = "kiosk"
LEADS = "(?P<leads>borrow|account)"
urlpatterns = [
    path("", views.home, name="home"),
    path("start", views.start, name="start"),
    path("device/", views.device, name="device"),
    re_path(rf"^{LEADS}/card/$", views.card, name="card"),
    re_path(rf"^{LEADS}/password/$", views.password, name="password"),
    path("borrow/", views.borrow, name="borrow"),
    path("borrow/done/", views.done, name="done"),
    path("return/", views.bring_back, name="return"),
    path("account/", views.account, name="account"),
    path("account/renew", views.renew, name="renew"),
    path("scan", views.scan, name="scan"),
    path("join/", joining.join, name="join"),
    path("join/application/", joining.application, name="application"),
]
