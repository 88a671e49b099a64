"""The commissioner's export, at the desk."""

from django.urls import path

from oppidum.web.registers import desk

app_name = "registers_desk"

urlpatterns = [
    path("<str:code>/register.csv", desk.whole_csv, name="csv"),
    path("<str:code>/register.pdf", desk.whole_pdf, name="pdf"),
]
