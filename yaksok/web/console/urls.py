"""Addresses of the console."""

from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

from yaksok.web.console import dispatching, doors, queue

app_name = "console"

urlpatterns = [
    path("console", queue.orders, name="orders"),
    path("console/", RedirectView.as_view(url=reverse_lazy("console:orders")), name="front"),
    path("console/states", queue.states, name="states"),
    path("console/orders/<uuid:order_id>", dispatching.dispatch, name="dispatch"),
    path("console/log-in", doors.log_in, name="log_in"),
    path("console/log-out", doors.log_out, name="log_out"),
]
