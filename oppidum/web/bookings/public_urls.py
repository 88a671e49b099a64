"""The public addresses of waiting lists."""

from django.urls import path

from oppidum.web.bookings import public

app_name = "public_lists"

urlpatterns = [path("<slug:service>/", public.page, name="list")]
