"""Addresses of persons' rights: the desk of data protection, and the register that everybody may read."""

from django.urls import path

from oppidum.web.privacy import archives, breaches, found, log, mending, persons, registers

app_name = "privacy"

urlpatterns = [
    path("desk/persons/", persons.page, name="persons"),
    path("desk/persons/log/", log.page, name="log"),
    path("desk/persons/<int:pk>/", persons.found, name="found"),
    path("desk/persons/<int:pk>/dossier/", found.page, name="dossier"),
    path("desk/persons/<int:pk>/dossier.pdf", found.pdf, name="dossier-pdf"),
    path("desk/persons/<int:pk>/dossier.json", found.data, name="dossier-json"),
    path("desk/persons/<int:pk>/case/<int:case_id>/", mending.rectify, name="rectify"),
    path("desk/persons/<int:pk>/erase/", mending.erase, name="erase"),
    path("desk/archives/", archives.page, name="archives"),
    path("desk/archives/propose/", archives.propose, name="archives-propose"),
    path("desk/archives/<int:pk>/", archives.visa, name="archives-visa"),
    path("desk/archives/<int:pk>.csv", archives.table, name="archives-csv"),
    path("desk/breaches/", breaches.page, name="breaches"),
    path("desk/breaches/new/", breaches.declare, name="declare-breach"),
    path("desk/breaches.csv", breaches.table, name="breaches-csv"),
    path("desk/register.pdf", registers.pdf, name="register-pdf"),
    path("desk/register.csv", registers.table, name="register-csv"),
    path("personal-data/register/", registers.page, name="register"),
]
