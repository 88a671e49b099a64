"""Money at the desk: acts on a case's account, and the accountant's lists."""

from django.urls import path

from oppidum.web.pay import desk, lists

app_name = "money"

urlpatterns = [
    path("", lists.page, name="lists"),
    path("late.csv", lists.late_csv, name="late-csv"),
    path("movements.csv", lists.movements_csv, name="movements-csv"),
    path("refunds.csv", lists.refunds_csv, name="refunds-csv"),
    path("reminders/<slug:stage>", lists.send_reminders, name="remind"),
    path("<str:code>/<slug:reference>/dispute", desk.contested, name="dispute"),
    path("<str:code>/<slug:reference>/agreed", desk.agreed, name="agreed"),
    path("<str:code>/<slug:reference>/counter", desk.counter, name="counter"),
    path("<str:code>/<slug:reference>/waive", desk.reduce, name="waive"),
    path("<str:code>/<slug:reference>/refund", desk.pay_back, name="refund"),
]
