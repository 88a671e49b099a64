"""New versions as a feed (Atom, RFC 4287), for who follows our data with a reader."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.models import DatasetVersion
from oppidum.web.context import authority_name
from oppidum.web.data.said import changes_of

LATEST = 50


@require_safe
def changes(request):
    """The latest versions of all datasets, newest first."""
    feed = feedgenerator.Atom1Feed(
        title=_("Open data of %(authority)s: changes") % {"authority": authority_name()},
        link=f"{settings.PUBLIC_URL}{reverse('data:list')}",
        description="",
        feed_url=f"{settings.PUBLIC_URL}{request.path}",
        language=request.LANGUAGE_CODE if hasattr(request, "LANGUAGE_CODE") else "fr",
    )
    known = all_datasets()
    for version in DatasetVersion.objects.filter(dataset__in=known).order_by("-at", "-pk")[:LATEST]:
        page = f"{settings.PUBLIC_URL}{reverse('data:dataset', args=[version.dataset])}"
        title = _("%(title)s: version %(number)s") % {"title": known[version.dataset].title, "number": version.number}
        feed.add_item(title, page, changes_of(version), unique_id=f"{page}v/{version.number}/", updateddate=version.at)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
