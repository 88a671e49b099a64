"""Oppidum's own API and its description at `openapi.json`."""

from django.urls import path

from oppidum.interfaces.api.views import api

urlpatterns = [path("", api.urls)]
