"""The queue at the desk, and the third party's page, whose link is its key."""

from django.urls import include, path

from oppidum.web.partners import queue, third

desk = (
    [
        path("", queue.page, name="queue"),
        path("<int:pk>/<slug:what>/", queue.settle, name="settle"),
        path("links/<int:pk>/revoke/", queue.revoke_link, name="revoke"),
    ],
    "partner-desk",
)
thirds = (
    [
        path("<str:token>/", third.page, name="page"),
        path("<str:token>/act/<slug:action>/", third.act, name="act"),
        path("<str:token>/opinion/<slug:opinion>/", third.give, name="opinion"),
    ],
    "third",
)

urlpatterns = [path("desk/partners/", include(desk)), path("third/", include(thirds))]
