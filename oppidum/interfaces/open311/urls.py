"""Open311 under /open311/: discovery above the versions, GeoReport v2 below. Each with .json, .xml or no suffix."""

from django.urls import re_path

from oppidum.interfaces.open311 import views

app_name = "open311"

_FORMAT = r"(?:\.(?P<format>json|xml))?/?$"

urlpatterns = [
    re_path(rf"^v2/requests{_FORMAT}", views.requests, name="requests"),
    re_path(rf"^v2/requests/(?P<service_request_id>[^/]+?){_FORMAT}", views.one_request, name="request"),
    re_path(rf"^v2/services{_FORMAT}", views.services, name="services"),
    re_path(rf"^v2/services/(?P<service_code>[^/]+?){_FORMAT}", views.definition, name="definition"),
    re_path(rf"^v2/tokens/(?P<token>[^/]+?){_FORMAT}", views.token, name="token"),
    re_path(rf"^(?:v2/)?discovery{_FORMAT}", views.discovery, name="discovery"),
    re_path(r"^(?:v2/?)?$", views.discovery, name="root"),
    re_path(r"^.*$", views.unknown, name="unknown"),
]
