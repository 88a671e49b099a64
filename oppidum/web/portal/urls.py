"""The residents' addresses. No account is needed for any of them (`web/public.py`: "portal:*")."""

from django.urls import path

from oppidum.web.portal import (
    asking,
    follow_papers,
    following,
    home,
    may_ask,
    my_reports,
    photo_views,
    public_map,
    report,
    services,
    statements,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("services/", services.catalogue_page, name="services"),
    path("services/found/", services.suggestions, name="service-suggestions"),
    path("services/found.json", services.found_json, name="service-found"),
    path("life/<slug:code>/", services.life_event_page, name="life-event"),
    path("services/<slug:code>/", services.service_page, name="service"),
    path("services/<slug:code>/may/", may_ask.may_ask, name="service-may"),
    path("services/<slug:code>/ask/", asking.start, name="ask-start"),
    path("services/<slug:code>/ask/<str:token>/", asking.resume, name="ask-resume"),
    path("services/<slug:code>/ask/<str:token>/sent/", asking.sent, name="ask-sent"),
    path("services/<slug:code>/ask/<str:token>/files/<str:paper>", asking.file, name="ask-file"),
    path("services/<slug:code>/ask/<str:token>/<slug:name>/", asking.page, name="ask-page"),
    path("services/<slug:code>/ask/<str:token>/<slug:name>/look", asking.look, name="ask-look"),
    path("services/<slug:code>/calls/<str:call>/files/<str:token>", asking.call_document, name="call-document"),
    path("categories/", home.categories, name="categories"),
    path("photos/<str:token>/<str:size>.jpg", photo_views.photo, name="photo"),
    path("report/", report.start, name="report"),
    path("report/<str:draft_id>/sent/", report.sent, name="report-sent"),
    path("report/<str:draft_id>/stop/", report.stop, name="report-stop"),
    path("report/<str:draft_id>/<slug:step>/", report.step, name="report-step"),
    path("follow/", following.find, name="follow-find"),
    path("follow/<str:code>", following.page, name="follow"),
    path("follow/<str:code>/receipt", follow_papers.receipt, name="follow-receipt"),
    path("follow/<str:code>/files/<str:token>", follow_papers.file, name="follow-file"),
    path("follow/<str:code>/letters/<int:number>", follow_papers.letter, name="follow-letter"),
    path("follow/<str:code>/mails", following.mails, name="follow-mails"),
    path("follow/<str:code>/act/<slug:action>", following.act, name="follow-act"),
    path("stop/<str:token>", following.stop, name="stop"),
    path("reports/", public_map.page, name="map"),
    path("reports/points.geojson", public_map.points, name="map-points"),
    path("reports/<str:public_id>", following.public_page, name="public-report"),
    path("reports/<str:public_id>/follow", following.join, name="public-report-follow"),
    path("my-reports/", my_reports.page, name="my-reports"),
    path("my-reports/forget", my_reports.forget, name="my-reports-forget"),
    path("my/<str:token>", my_reports.open_link, name="my-reports-open"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("personal-data/", statements.personal_data, name="personal-data"),
]
