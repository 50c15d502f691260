"""邀请: those who attend a meeting without a vote."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from yishiting.doors.web.desk.meetings import RELATED, ask
from yishiting.doors.web.desk.meetings_forms import ProposersForm
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.year.matters.queries import proposers_of_matters_at
from yishiting.year.meetings import actions
from yishiting.year.meetings.models import Meeting, Role
from yishiting.year.meetings.queries import invitations
from yishiting.year.proposals.queries import proposers_at
from yishiting.year.suggestions.models import Suggestion


@door(Meeting, needs="meeting.invite", related=RELATED)
def meeting_invite_proposers(request: Request, meeting: Meeting) -> HttpResponse:
    """Invite those who proposed what is tabled, merged suggestions too."""
    there = invitations(meeting)
    known = {one.person_id for one in there if one.person_id} | {one.name for one in there}
    everybody = [*proposers_at(meeting), *proposers_of_matters_at(meeting)]
    people = [one for one in everybody if (one.proposer_id or one.proposer_name) not in known]

    def invite_all(chosen: list[Suggestion]) -> None:
        for one in {str(one.proposer_id or one.proposer_name): one for one in chosen}.values():
            name = str(one.proposer or one.proposer_name)
            actions.invite(meeting, by=request.actor, role=Role.PROPOSER, name=name, person=one.proposer)

    if not people:
        messages.info(request, _("没有可以邀请的建议人：议程上还没有建议案，或建议人没有留下姓名，或都已经邀请。"))
        return redirect("desk-meeting", pk=meeting.pk)
    return ask(
        request, meeting, ProposersForm(people, request.POST or None), invite_all,
        title=_("邀请建议人"), submit=_("邀请"), done=_("已列入邀请名单。"),
    )  # fmt: skip


urlpatterns = [
    path("meetings/<uuid:pk>/invite/proposers/", meeting_invite_proposers, name="meeting-invite-proposers"),
]
