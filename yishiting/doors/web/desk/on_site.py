"""踏勘: a visit noted on a phone, on the spot, also where there is no connection.

The page carries the number of the matter and nothing else of it: what the phone keeps of the page names no proposer and
holds none of their words. `on_site.js` keeps what is typed until it has been sent; the worker opens the page again
without a connection, this page and no other. A form's own number makes what is sent twice one visit.
"""

from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yishiting.doors.web.shared.declared import before, said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.fields import VerbForm, form_of
from yishiting.doors.web.shared.models import SubmittedForm
from yishiting.doors.web.shared.nouns import Noun, know, trail
from yishiting.doors.web.shared.posting import once_of, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.ground.common.verbs import VERBS
from yishiting.year.proposals.models import Proposal
from yishiting.year.visits.models import SiteVisit

WORKER = Path(__file__).parent / "static/yishiting/on_site_worker.js"
RELATED = ("place__parent",)

know(Noun(Proposal, by_hand={"proposal.visit": "on-site"}))


@door(Proposal, needs="proposal.visit", related=RELATED)
def on_site(request: Request, proposal: Proposal) -> HttpResponse:
    """Note a visit; the script of the page is answered in its own words."""
    verb, sent = VERBS["proposal.visit"], request.method == "POST"
    form = form_of(verb, proposal, request.POST if sent else None, request.FILES if sent else None)
    by_script = "application/json" in request.headers.get("Accept", "")
    if by_script and not sent:
        return JsonResponse(_at_hand(request, proposal))
    again = sent and SubmittedForm.objects.filter(once=once_of(request)).exists()
    back = reverse("desk-proposal", args=[proposal.pk])

    def note(**_fields: object) -> SiteVisit:
        noted: SiteVisit = verb.run(proposal, by=request.actor, **form.told())
        return noted

    shown = {
        "number": proposal.number,
        "where": proposal.place,
        "key": proposal.pk,
        "who": _who(request),
        "back": back,
        "words": before(verb, proposal),
        "crumbs": trail(request, proposal, "desk", _("踏勘")),
    }
    answer = perform(request, form, note, page="desk/on_site.html", to=back, done=said_after(verb, None), context=shown)
    return _told(form, answer, again=again) if by_script else answer


def _at_hand(request: Request, proposal: Proposal) -> dict[str, str]:
    """What a page that was kept asks before it sends: a fresh mark for the form, and who is signed in now.

    The title is shown while there is a connection, and kept nowhere.
    """
    return {"token": get_token(request), "who": _who(request), "title": proposal.title}


def _who(request: Request) -> str:
    return str(request.person.pk) if request.person is not None else ""


def _told(form: VerbForm, answer: HttpResponse, *, again: bool) -> JsonResponse:
    """Taken, where it is now and whether it had been there before; or what is wrong."""
    if answer.has_header("Location"):
        return JsonResponse({"sent": answer["Location"], "again": again})
    said = [sentence for sentences in form.errors.values() for sentence in sentences]
    return JsonResponse({"refused": said}, status=422)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that opens a page of these again without a connection; it reaches no other page."""
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


urlpatterns = [
    path("on-site/worker.js", worker, name="on-site-worker"),
    path("on-site/<uuid:pk>/", on_site, name="on-site"),
]
