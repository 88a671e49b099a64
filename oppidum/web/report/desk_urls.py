"""The addresses of the report's writing, at the desk."""

from django.urls import path

from oppidum.web.report import contradicting, dated, overview, writing, years  # noqa: F401 -- years registers its converter

app_name = "report-desk"

urlpatterns = [
    path("", overview.newest, name="newest"),
    path("<reportyear:year>/", overview.page, name="edition"),
    path("<reportyear:year>/all/", overview.move_all, name="all"),
    path("<reportyear:year>/compare/", overview.compare, name="compare"),
    path("<reportyear:year>/publish/", overview.publish_it, name="publish"),
    path("<reportyear:year>/contradictions/", contradicting.page, name="contradictions"),
    path("<reportyear:year>/highlights/", dated.page, name="highlights"),
    path("<reportyear:year>/highlights/<int:pk>/remove/", dated.remove, name="remove-highlight"),
    path("<reportyear:year>/<slug:chapter>/", writing.page, name="text"),
    path("<reportyear:year>/<slug:chapter>/look/", writing.look, name="look"),
    path("<reportyear:year>/<slug:chapter>/move/", writing.move, name="move"),
    path("<reportyear:year>/<slug:chapter>/history/", writing.history, name="history"),
]
