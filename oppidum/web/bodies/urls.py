"""The addresses of sittings at the desk."""

from django.urls import path

from oppidum.web.bodies import after, drafting, holding, items, overview, preparing, register, signing

app_name = "bodies"

urlpatterns = [
    path("", overview.home, name="home"),
    path("new/", overview.plan, name="plan"),
    path("draft/<slug:code>/", drafting.page, name="draft"),
    path("draft/<slug:code>/look/", drafting.look, name="draft-look"),
    path("acts/", register.page, name="acts"),
    path("acts/send/", register.send, name="send-acts"),
    path("acts/<slug:code>/", register.act, name="act"),
    path("acts/<slug:code>/receipt/", register.receipt, name="act-receipt"),
    path("acts/<slug:code>/again/", register.again, name="act-again"),
    path("acts/<slug:code>/notified/", register.notified, name="act-notified"),
    path("acts/<slug:code>.pdf", register.pdf, name="act-pdf"),
    path("sign/<slug:code>/", signing.page, name="sign"),
    path("<slug:code>/", preparing.page, name="sitting"),
    path("<slug:code>/gather/", preparing.gather_all, name="gather"),
    path("<slug:code>/add/", preparing.add, name="add-item"),
    path("<slug:code>/letter/", preparing.letter, name="letter"),
    path("<slug:code>/letter.pdf", preparing.letter_pdf, name="letter-pdf"),
    path("<slug:code>/convene/", preparing.send, name="convene"),
    path("<slug:code>/cancel/", preparing.call_off, name="cancel"),
    path("<slug:code>/items/<int:pk>/", items.page, name="item"),
    path("<slug:code>/items/<int:pk>/move/", items.move_it, name="move-item"),
    path("<slug:code>/items/<int:pk>/remove/", items.remove, name="remove-item"),
    path("<slug:code>/attendance/", holding.attendance, name="attendance"),
    path("<slug:code>/open/", holding.open_it, name="open"),
    path("<slug:code>/no-quorum/", holding.no_quorum, name="no-quorum"),
    path("<slug:code>/now/", holding.now, name="now"),
    path("<slug:code>/now/<int:rank>/", holding.now, name="now-item"),
    path("<slug:code>/now/<int:rank>/vote/", holding.vote, name="vote"),
    path("<slug:code>/now/<int:rank>/room/", holding.change_room, name="room"),
    path("<slug:code>/close/", holding.close, name="close"),
    path("<slug:code>/conclude/", after.conclude_it, name="conclude"),
    path("<slug:code>/items/<int:pk>/leave-out/", after.leave_it_out, name="leave-out"),
    path("<slug:code>/minutes/", after.minutes_page, name="minutes"),
    path("<slug:code>/minutes/online/", after.online, name="minutes-online"),
    path("<slug:code>/minutes.pdf", after.minutes_file, name="minutes-pdf"),
]
