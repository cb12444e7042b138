"""Addresses under `/desk/credit/`."""

from django.urls import path, re_path

from wenlan.credit.views import accounts, amnesties, guarantees, reviews, rules

app_name = "credit"
urlpatterns = [
    path("", accounts.home, name="home"),
    path("readers/<int:patron_id>/", accounts.account, name="account"),
    path("readers/<int:patron_id>/panel/", accounts.panel, name="panel"),
    path("readers/<int:patron_id>/correct", accounts.correct, name="correct"),
    path("readers/<int:patron_id>/ask", accounts.ask, name="ask"),
    re_path(r"^readers/(?P<patron_id>\d+)/guarantee/(?P<what>look|end|report)$", guarantees.change, name="guarantee"),
    path("reviews/", reviews.queue, name="reviews"),
    re_path(r"^reviews/(?P<review_id>\d+)/(?P<what>grant|refuse)$", reviews.decide, name="decide"),
    path("amnesties/", amnesties.index, name="amnesties"),
    path("amnesties/new/", amnesties.new, name="amnesty_new"),
    path("amnesties/<int:amnesty_id>/", amnesties.amnesty, name="amnesty"),
    path("amnesties/<int:amnesty_id>/approve", amnesties.approve, name="amnesty_approve"),
    path("amnesties/<int:amnesty_id>/move", amnesties.move_end, name="amnesty_move"),
    path("amnesties/<int:amnesty_id>/run", amnesties.run, name="amnesty_run"),
    path("rules/", rules.index, name="rules"),
    path("rules/new/", rules.new, name="rule_new"),
    path("rules/<int:rule_id>/", rules.edit, name="rule"),
]
