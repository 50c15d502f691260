"""办理草案: what is to be done about what I proposed, and what I say of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.shapes import Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.year.visits.models import SentDraft
from yishiting.year.visits.permissions import the_proposer
from yishiting.year.visits.queries import UNDECIDED, replies_of

RELATED = ("place", "proposal__place")

know(Noun(SentDraft, pages={"me": "my-draft"}, related=RELATED))


@door(SentDraft, needs=the_proposer, related=RELATED)
def my_draft(request: Request, draft: SentDraft) -> HttpResponse:
    """The draft in the words it was sent in, and what I have said of it."""
    mine = replies_of(draft.proposal).filter(draft=draft, suggestion__proposer=person_of(request))
    shown = {
        "draft": draft,
        "open": draft.proposal.state in UNDECIDED and not mine,
        "facts": [
            Fact(_("情况"), draft.situation),
            Fact(_("打算怎么办"), draft.measures),
            Fact(_("请在哪天以前答复"), cn_date(draft.due)),
            Fact(_("建议案"), draft.proposal.number, reverse("public-proposal", args=[draft.proposal_id])),
        ],
        "replies": [(one, []) for one in mine],
        "verbs": buttons(request, draft, "draft.reply", room="me"),
        "crumbs": [Link(_("我的"), reverse("my-home")), Link(draft.title, "")],
    }
    return render(request, "resident/draft.html", shown)


urlpatterns = [path("drafts/<uuid:pk>/", my_draft, name="my-draft")]
