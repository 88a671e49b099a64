"""The addresses of a commune's space: each names its commune, and refuses whoever isn't of it."""

from django.urls import path

from oppidum.web.communes import about, documents, figures, home, look, officers, requests, sharing, training

app_name = "communes"

urlpatterns = [
    path("", home.start, name="home"),
    path("join/<str:uid>/<str:token>/", officers.join, name="join"),
    path("shared/", sharing.page, name="shared"),
    path("<slug:code>/", home.page, name="space"),
    path("<slug:code>/about/", about.page, name="about"),
    path("<slug:code>/figures/", figures.page, name="figures"),
    path("<slug:code>/documents/", documents.page, name="documents"),
    path("<slug:code>/documents/<int:pk>/file", documents.file, name="document"),
    path("<slug:code>/requests/", requests.page, name="requests"),
    path("<slug:code>/requests/new", requests.begin, name="request-new"),
    path("<slug:code>/training/", training.page, name="training"),
    path("<slug:code>/training/book", training.book, name="training-book"),
    path("<slug:code>/officers/", officers.page, name="officers"),
    path("<slug:code>/officers/invite", officers.invite, name="officer-invite"),
    path("<slug:code>/officers/<int:pk>/role", officers.role, name="officer-role"),
    path("<slug:code>/officers/<int:pk>/account", officers.account, name="officer-account"),
    path("<slug:code>/officers/<int:pk>/link", officers.link, name="officer-link"),
    path("<slug:code>/look/", look.page, name="look"),
]
