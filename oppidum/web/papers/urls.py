"""Letters at the desk."""

from django.urls import path

from oppidum.web.papers import orders, reading, runs, setting_up, town_halls

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
    path("signers/", orders.signers, name="signers"),
    path("orders/", orders.orders, name="orders"),
    path("orders/draft/", orders.draft, name="draft-orders"),
    path("orders/post/", orders.add_post, name="add-post"),
    path("orders/post/<int:pk>/close/", orders.close_post, name="close-post"),
    path("town-halls/", town_halls.page, name="town-halls"),
    path("town-halls/<str:code>/", town_halls.edit, name="town-hall"),
    path("letterhead/", setting_up.letterhead, name="letterhead"),
]
