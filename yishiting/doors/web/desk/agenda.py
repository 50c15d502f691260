"""议题 at the desk: making the agenda, and dealing with each item while the meeting is held."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.web.desk.agenda_forms import VoteForm
from yishiting.doors.web.desk.meetings import ask
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import act
from yishiting.doors.web.shared.requests import Request
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.meetings.queries import members
from yishiting.year.proposals.actions import decide_proposal
from yishiting.year.proposals.queries import tabled_at

ITEM = ("place", "meeting__place", "poll")


@door(AgendaItem, needs="item.put_to_vote", related=ITEM)
def item_vote(request: Request, item: AgendaItem) -> HttpResponse:
    """Put an item to the vote, and on to the count."""
    return ask(
        request, item.meeting, VoteForm(members(item.meeting), request.POST or None),
        lambda **words: actions.put_to_vote(item, by=request.actor, **words),
        title=_("提请表决：%(title)s") % {"title": item.title}, submit=_("开始表决"),
        done=_("表决开始，有表决权的名单已经固定。表决后由两位同事分别录入计票。"), words=item.text, about=item,
    )  # fmt: skip


@require_POST
@door(AgendaItem, needs="item.decide", related=ITEM)
def item_decide(request: Request, item: AgendaItem) -> HttpResponse:
    """Announce the result; what it means for a proposal follows at once when the vote carried it."""
    meeting = item.meeting

    def announce() -> None:
        actions.decide_item(item, by=request.actor)
        proposal = tabled_at(meeting).get(str(item.pk))
        if proposal is not None and item.carried:
            decide_proposal(proposal, by=request.actor)
        elif proposal is not None:
            messages.info(request, _("这一案没有通过。请打开建议案，登记为待定或未通过，并写明理由。"))

    back = reverse("desk-meeting", args=[meeting.pk])
    return act(request, announce, to=back, done=_("结果已宣布。"))


urlpatterns = [
    path("items/<uuid:pk>/vote/", item_vote, name="item-vote"),
    path("items/<uuid:pk>/decide/", item_decide, name="item-decide"),
]
