"""The desk's addresses of declared figures."""

from django.urls import path

from oppidum.web.key_figures import closing, entering, findings, listing, progress, validating

app_name = "key-figures"

urlpatterns = [
    path("", progress.page, name="progress"),
    path("request/", progress.request_year, name="request"),
    path("lock/", closing.lock, name="lock"),
    path("reopen/", closing.reopen, name="reopen"),
    path("list/", listing.page, name="list"),
    path("findings/", findings.page, name="findings"),
    path("findings/accept/", findings.accept_one, name="accept-finding"),
    path("findings/reopen/", findings.reopen_one, name="reopen-finding"),
    path("validate/", validating.validate_many, name="validate"),
    path("<int:year>/<slug:name>/", entering.page, name="entry"),
    path("<int:year>/<slug:name>/validate/", validating.validate_one, name="validate-one"),
    path("<int:year>/<slug:name>/send-back/", validating.back, name="send-back"),
    path("<int:year>/<slug:name>/reopen/", closing.reopen_one, name="reopen-one"),
    path("<int:year>/<slug:name>/evidence/<int:pk>/", entering.evidence, name="evidence"),
]
