"""The house's own addresses: health, ground of the maps, place search, the source code."""

from django.urls import path

from oppidum.web import health, pages, styleguide, territory_views

app_name = "web"

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("territory/outlines.json", territory_views.outlines, name="outlines"),
    path("territory/search", territory_views.place_search, name="place-search"),
    path("source/", pages.source, name="source"),
    path("styleguide/", styleguide.page, name="styleguide"),
    path("styleguide/points.json", styleguide.points, name="styleguide-points"),
]
