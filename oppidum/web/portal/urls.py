"""The residents' addresses. No account is needed for any of them (`web/public.py`: "portal:*")."""

from django.urls import path

from oppidum.web.portal import home, photo_views, report

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("categories/", home.categories, name="categories"),
    path("photos/<str:token>/<str:size>.jpg", photo_views.photo, name="photo"),
    path("report/", report.start, name="report"),
    path("report/<str:draft_id>/sent/", report.sent, name="report-sent"),
    path("report/<str:draft_id>/stop/", report.stop, name="report-stop"),
    path("report/<str:draft_id>/<slug:step>/", report.step, name="report-step"),
    # following a request: path("follow/<str:code>", following..., name="follow"),
    # the public map: path("map/", public_map..., name="map"),
    # my reports: path("my-reports/", my_reports..., name="my-reports"),
]
