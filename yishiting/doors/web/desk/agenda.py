"""议题 at the desk: making the agenda, and dealing with each item while the meeting is held."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.web.desk.agenda_forms import AmendItemForm, ItemForm, LawForm, NoteForm, OffForm, VoteForm
from yishiting.doors.web.desk.meetings import RELATED, ask, press
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import act
from yishiting.doors.web.shared.requests import Request
from yishiting.ground.common.numbers import whole_number
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import AgendaItem, Meeting
from yishiting.year.meetings.queries import members
from yishiting.year.proposals.actions import decide_proposal
from yishiting.year.proposals.queries import tabled_at

ITEM = ("place", "meeting__place", "poll")


@door(Meeting, needs="item.add", related=RELATED)
def item_add(request: Request, meeting: Meeting) -> HttpResponse:
    """Put an item on the agenda."""
    return ask(
        request, meeting, ItemForm(request.POST or None),
        lambda **words: actions.add_item(meeting, by=request.actor, **words),
        title=_("列入议题"), submit=_("列入"), done=_("已列入议程。"),
    )  # fmt: skip


@door(AgendaItem, needs="item.amend", related=ITEM)
def item_amend(request: Request, item: AgendaItem) -> HttpResponse:
    """Change the words of an item; the text of a proposal is amended on its own page."""
    kind = LawForm if item.subject_kind else AmendItemForm
    names = ("title", "text", "touches_law", "lawyer_reason")
    return ask(
        request, item.meeting, kind(request.POST or None, initial={name: getattr(item, name) for name in names}),
        lambda **words: actions.amend_item(item, by=request.actor, **words),
        title=_("修改议题：%(title)s") % {"title": item.title}, submit=_("保存"), done=_("已保存。"), about=item,
    )  # fmt: skip


@require_POST
@door(AgendaItem, needs="item.move", related=ITEM)
def item_move(request: Request, item: AgendaItem) -> HttpResponse:
    """Move an item up or down."""
    wanted = whole_number(request.POST.get("position", ""))
    position = item.position if wanted is None else wanted
    return press(
        request, item.meeting, lambda: actions.move_item(item, by=request.actor, position=position), _("已移动。")
    )


@door(AgendaItem, needs="item.remove", related=ITEM)
def item_remove(request: Request, item: AgendaItem) -> HttpResponse:
    """Take an item off the agenda."""
    return ask(
        request, item.meeting, OffForm(request.POST or None),
        lambda reason: actions.remove_item(item, by=request.actor, reason=reason),
        title=_("撤下议题：%(title)s") % {"title": item.title}, submit=_("撤下"), done=_("已撤下。"), kind="danger", about=item,
    )  # fmt: skip


@door(AgendaItem, needs="item.take_notes", related=ITEM)
def item_notes(request: Request, item: AgendaItem) -> HttpResponse:
    """Write down the main things said."""
    return ask(
        request, item.meeting, NoteForm(request.POST or None, initial={"discussion": item.discussion}),
        lambda discussion: actions.take_notes(item, by=request.actor, discussion=discussion),
        title=_("记录发言要点：%(title)s") % {"title": item.title}, submit=_("保存"), done=_("已保存。"), about=item,
    )  # fmt: skip


@door(AgendaItem, needs="item.note", related=ITEM)
def item_note(request: Request, item: AgendaItem) -> HttpResponse:
    """Hear a report."""
    return ask(
        request, item.meeting, NoteForm(request.POST or None, initial={"discussion": item.discussion}),
        lambda discussion: actions.note_item(item, by=request.actor, discussion=discussion),
        title=_("听取通报：%(title)s") % {"title": item.title}, submit=_("已听取"), done=_("已记录。"), about=item,
    )  # fmt: skip


@door(AgendaItem, needs="item.put_to_vote", related=ITEM)
def item_vote(request: Request, item: AgendaItem) -> HttpResponse:
    """Put an item to the vote, and on to the count."""
    return ask(
        request, item.meeting, VoteForm(members(item.meeting), request.POST or None),
        lambda **words: actions.put_to_vote(item, by=request.actor, **words),
        title=_("提请表决：%(title)s") % {"title": item.title}, submit=_("开始表决"),
        done=_("表决开始，有表决权的名单已经固定。表决后由两位同事分别录入计票。"), words=item.text, about=item,
    )  # fmt: skip


@door(AgendaItem, needs="item.put_off", related=ITEM)
def item_put_off(request: Request, item: AgendaItem) -> HttpResponse:
    """Put an item off."""
    return ask(
        request, item.meeting, OffForm(request.POST or None),
        lambda reason: actions.put_off_item(item, by=request.actor, reason=reason),
        title=_("改期再议：%(title)s") % {"title": item.title}, submit=_("改期再议"), done=_("已改期再议。"), about=item,
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
    path("meetings/<uuid:pk>/items/add/", item_add, name="item-add"),
    path("items/<uuid:pk>/amend/", item_amend, name="item-amend"),
    path("items/<uuid:pk>/move/", item_move, name="item-move"),
    path("items/<uuid:pk>/remove/", item_remove, name="item-remove"),
    path("items/<uuid:pk>/notes/", item_notes, name="item-notes"),
    path("items/<uuid:pk>/note/", item_note, name="item-note"),
    path("items/<uuid:pk>/vote/", item_vote, name="item-vote"),
    path("items/<uuid:pk>/put-off/", item_put_off, name="item-put-off"),
    path("items/<uuid:pk>/decide/", item_decide, name="item-decide"),
]
