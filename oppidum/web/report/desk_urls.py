"""The addresses of the report's writing, at the desk."""

from django.urls import path

from oppidum.web.report import contradicting, dated, overview, writing

app_name = "report-desk"

urlpatterns = [
    path("", overview.newest, name="newest"),
    path("<int:year>/", overview.page, name="edition"),
    path("<int:year>/all/", overview.move_all, name="all"),
    path("<int:year>/compare/", overview.compare, name="compare"),
    path("<int:year>/publish/", overview.publish_it, name="publish"),
    path("<int:year>/contradictions/", contradicting.page, name="contradictions"),
    path("<int:year>/highlights/", dated.page, name="highlights"),
    path("<int:year>/highlights/<int:pk>/remove/", dated.remove, name="remove-highlight"),
    path("<int:year>/<slug:chapter>/", writing.page, name="text"),
    path("<int:year>/<slug:chapter>/look/", writing.look, name="look"),
    path("<int:year>/<slug:chapter>/move/", writing.move, name="move"),
    path("<int:year>/<slug:chapter>/history/", writing.history, name="history"),
]
