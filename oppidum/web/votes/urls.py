"""The addresses of the votes, open to everybody; a ballot is given to whoever proved an address."""

from django.urls import path

from oppidum.web.votes import ballots, pages, results

app_name = "votes"

urlpatterns = [
    path("", pages.overview, name="list"),
    path("recount.py", results.program, name="program"),
    path("<slug:name>/", pages.vote, name="vote"),
    path("<slug:name>/link", ballots.ask_link, name="link"),
    path("<slug:name>/in/<str:token>", ballots.come_in, name="in"),
    path("<slug:name>/cast", ballots.cast_page, name="cast"),
    path("<slug:name>/change/", ballots.change_page, name="change"),
    path("<slug:name>/ballots/", results.ballots_page, name="ballots"),
    path("<slug:name>/ballots.json", results.ballots_json, name="json"),
    path("<slug:name>/ballots.csv", results.ballots_csv, name="csv"),
]
