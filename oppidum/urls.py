"""All addresses: a line a face."""

from django.urls import include, path

from oppidum.interfaces.metrics import metrics
from oppidum.interfaces.sms import answers, reports

handler400 = "oppidum.web.errors.bad_request"
handler403 = "oppidum.web.errors.forbidden"
handler404 = "oppidum.web.errors.not_found"
handler500 = "oppidum.web.errors.server_error"

urlpatterns = [
    path("partners/", include("oppidum.interfaces.partners.urls")),
    path("open311/", include("oppidum.interfaces.open311.urls")),
    path("api/", include("oppidum.interfaces.api.urls")),
    path("metrics", metrics, name="metrics"),
    path("sms/reports", reports, name="sms-reports"),
    path("sms/answers", answers, name="sms-answers"),
    path("figures/", include("oppidum.web.dashboards.urls")),
    path("data/", include("oppidum.web.data.urls")),
    path("desk/data/", include("oppidum.web.data.desk_urls")),
    path("figures/", include("oppidum.web.figures.urls")),
    path("desk/figures/", include("oppidum.web.key_figures.urls")),
    path("desk/report/", include("oppidum.web.report.desk_urls")),
    path("report/", include("oppidum.web.report.urls")),
    path("desk/lists/", include("oppidum.web.lists.urls")),
    path("desk/letters/", include("oppidum.web.papers.urls")),
    path("desk/money/", include("oppidum.web.pay.desk_urls")),
    path("", include("oppidum.web.privacy.urls")),
    path("", include("oppidum.web.partners.urls")),
    path("desk/bookings/", include("oppidum.web.bookings.urls")),
    path("facilities/", include("oppidum.web.bookings.facility_urls")),
    path("waiting-lists/", include("oppidum.web.bookings.public_urls")),
    path("desk/bodies/", include("oppidum.web.bodies.urls")),
    path("acts/", include("oppidum.web.bodies.public_urls")),
    path("registers/", include("oppidum.web.registers.urls")),
    path("votes/", include("oppidum.web.votes.urls")),
    path("desk/registers/", include("oppidum.web.registers.desk_urls")),
    path("commune/", include("oppidum.web.communes.urls")),
    path("communes/", include("oppidum.web.communes.public_urls")),
    path("projects/", include("oppidum.web.projects.urls")),
    path("rehearsal/", include("oppidum.web.rehearsing.urls")),
    path("desk/", include("oppidum.web.desk.urls")),
    path("pay/", include("oppidum.web.pay.urls")),
    path("", include("oppidum.web.urls")),
    path("", include("oppidum.web.portal.urls")),
]
