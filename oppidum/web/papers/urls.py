"""Letters at the desk."""

from django.urls import path

from oppidum.web.papers import reading, runs, setting_up

app_name = "papers"

urlpatterns = [
    path("", runs.home, name="home"),
    path("print/", runs.order, name="order"),
    path("runs/<int:pk>/", runs.page, name="run"),
    path("runs/<int:pk>.pdf", runs.pdf, name="run-pdf"),
    path("runs/<int:pk>/posted/", runs.posted, name="posted"),
    path("runs/<int:pk>/again/", runs.again, name="again"),
    path("paper/<int:pk>.pdf", reading.paper, name="paper"),
    path("paper/<int:pk>/returned/", reading.returned, name="returned"),
    path("signing/", setting_up.page, name="signing"),
    path("signing/delegate/", setting_up.delegate, name="delegate"),
    path("signing/<int:pk>/publish/", setting_up.publish, name="publish"),
    path("signing/<int:pk>/revoke/", setting_up.revoke, name="revoke"),
    path("signing/absence/", setting_up.absence, name="absence"),
    path("signing/absence/<int:pk>/drop/", setting_up.drop_absence, name="drop-absence"),
    path("letterhead/", setting_up.letterhead, name="letterhead"),
]
