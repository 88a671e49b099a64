"""The payers' addresses. The code of the case is the key, as for following it; tokens are of one payment."""

from django.urls import path

from oppidum.web.pay import coming_back, paying, simulated

app_name = "pay"

urlpatterns = [
    path("back/<str:token>", coming_back.back, name="back"),
    path("notify/<str:token>", coming_back.notify, name="notify"),
    path("simulated/<str:operation>", simulated.page, name="simulated"),
    path("<str:code>/", paying.page, name="page"),
    path("<str:code>/receipt/<slug:number>", paying.receipt, name="receipt"),
    path("<str:code>/<slug:reference>/begin", paying.begin, name="begin"),
    path("<str:code>/<slug:reference>/plan", paying.plan, name="plan"),
]
