"""Addresses of the desk's own pages."""

from django.urls import path

from wenlan.web.desk import agent, reminders, slips, views, workload

app_name = "desk"
urlpatterns = [
    path("desk/", views.home, name="home"),
    path("desk/agent/", agent.page, name="agent"),
    path("desk/agent/wenlan-agent.pyz", agent.program, name="agent_program"),
    path("desk/workload/", workload.workload, name="workload"),
    path("desk/reminders/", reminders.index, name="reminders"),
    path("desk/reminders/slips/", slips.index, name="slips"),
    path("desk/reminders/slips/<int:run_id>/", slips.run, name="slip_run"),
    path("desk/reminders/slips/<int:run_id>/slips.pdf", slips.sheets, name="slip_sheets"),
    path("desk/reminders/done", reminders.done, name="reminders_done"),
]
