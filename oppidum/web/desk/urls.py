"""The desk's addresses."""

from django.urls import path, register_converter

from oppidum.web.desk import (
    acting,
    bulk,
    calls,
    calls_day,
    correcting,
    entry,
    exporting,
    filing,
    inbox,
    mails,
    papers,
    quick,
    reading,
    rules,
    rules_tried,
    splitting,
    views,
)

app_name = "desk"


class CodeConverter:
    """A case's code in an address, however it is typed; what can't be one is looked up and not found."""

    regex = r"[0-9A-Za-z]{5}-?[0-9A-Za-z]{5}"

    def to_python(self, value: str) -> str:
        from oppidum.core.codes import normalise

        return normalise(value) or value

    def to_url(self, value: str) -> str:
        return value


register_converter(CodeConverter, "casecode")

urlpatterns = [
    path("", inbox.page, name="inbox"),
    path("home/", entry.home, name="home"),
    path("login/", entry.Login.as_view(), name="login"),
    path("logout/", entry.Logout.as_view(), name="logout"),
    path("export.csv", exporting.export_csv, name="export"),
    path("views/", views.save, name="save-view"),
    path("views/<int:pk>/delete/", views.delete, name="delete-view"),
    path("bulk/", bulk.page, name="bulk"),
    path("bulk/done/", bulk.done, name="bulk-done"),
    path("photo/<str:token>/<str:size>/", papers.photo, name="photo"),
    path("case/<casecode:code>/", reading.page, name="case"),
    path("case/<casecode:code>.pdf", papers.pdf, name="case-pdf"),
    path("case/<casecode:code>/files/<str:token>", papers.file, name="file"),
    path("case/<casecode:code>/act/<slug:action>/", acting.page, name="act"),
    path("case/<casecode:code>/correct/", correcting.page, name="correct"),
    path("case/<casecode:code>/split/", splitting.page, name="split"),
    path("case/<casecode:code>/opinion/", acting.give_opinion, name="opinion"),
    path("case/<casecode:code>/mail/<int:pk>/again/", acting.send_mail_again, name="mail-again"),
    path("mails/", mails.page, name="mails"),
    path("mails/parked/<int:pk>/", mails.parked, name="mail-parked"),
    path("texts/<int:pk>/<slug:how>/", mails.settle_text, name="text-settle"),
    path("mails/<int:pk>/<slug:how>/", mails.settle, name="mail-settle"),
    path("file/", filing.choose, name="file-choose"),
    path("quick/<slug:code>/", quick.page, name="quick"),
    path("file/<slug:code>/", filing.begin, name="file-begin"),
    path("rules/", rules.page, name="rules"),
    path("rules/write/", rules.write, name="rules-write"),
    path("rules/reroute/", rules.reroute, name="rules-reroute"),
    path("rules/reminder/", rules_tried.reminder, name="rules-reminder"),
    path("rules/<int:pk>/try/", rules_tried.try_out, name="rule-try"),
    path("rules/<int:pk>/switch/", rules.switch, name="rule-switch"),
    path("calls/", calls.page, name="calls"),
    path("calls/look/", calls.look, name="calls-look"),
    path("calls/caller/", calls.caller, name="calls-caller"),
    path("calls/today/", calls_day.today, name="calls-today"),
    path("calls/done/<int:pk>/", calls.done, name="calls-done"),
]
