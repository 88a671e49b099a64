"""Where partners' programs speak to us."""

from django.urls import path

from oppidum.interfaces.partners import views

app_name = "partners"

urlpatterns = [path("<slug:code>/", views.receive, name="receive")]
