"""A commune's page on the portal, and the sheet with its colour."""

from django.urls import path

from oppidum.web.communes import public

app_name = "communes_public"

urlpatterns = [
    path("<slug:code>/", public.page, name="page"),
    path("<slug:code>/look.css", public.sheet, name="sheet"),
]
