"""What happened at a meeting, gathered for the draft of its minutes."""

from django.utils import timezone

from yishiting.ground.common.language import in_chinese
from yishiting.ground.seasons.labels import rules_called
from yishiting.year.meetings.models import AgendaItem, Attendance, Invitation, Meeting, Role
from yishiting.year.meetings.queries import agenda, invitations, names
from yishiting.year.meetings.rules import ItemFacts, MeetingFacts, TaskFacts
from yishiting.year.meetings.states import ItemState


@in_chinese
def facts_of(meeting: Meeting) -> MeetingFacts:
    """The facts of a meeting, in the order of its agenda."""
    people = invitations(meeting)
    due = [one for one in people if one.role == Role.MEMBER]
    others = [one for one in people if one.role != Role.MEMBER]
    return MeetingFacts(
        title=meeting.title,
        began=timezone.localtime(meeting.opened_at or meeting.starts_at),
        ended=timezone.localtime(meeting.closed_at or timezone.now()),
        venue=meeting.venue,
        chair=meeting.chair,
        recorder=meeting.recorder,
        rules=rules_called(meeting.rules_label),
        due=meeting.due_count,
        present=names(due, Attendance.PRESENT, Attendance.LEFT),
        excused=names(due, Attendance.EXCUSED),
        absent=names(due, Attendance.EXPECTED),
        observers=[_observer(one) for one in others if one.attendance in (Attendance.PRESENT, Attendance.LEFT)],
        items=[_item(item) for item in agenda(meeting)],
        tasks=[TaskFacts(task.what, task.who, task.due) for task in meeting.tasks.all()],
    )


def _observer(one: Invitation) -> str:
    about = one.unit or (str(one.get_role_display()) if one.role == Role.LAWYER else "")
    return f"{one.name}（{about}）" if about else one.name


def _item(item: AgendaItem) -> ItemFacts:
    poll = item.poll
    return ItemFacts(
        kind=str(item.get_kind_display()),
        title=item.title,
        text=item.text if item.state == ItemState.DECIDED else "",
        discussion=item.discussion,
        outcome=item.outcome,
        resolution=item.resolution_number,
        method=str(poll.get_method_display()) if poll is not None else "",
        recused=tuple(f"{one['name']}（{one['reason']}）" for one in poll.recused) if poll is not None else (),
    )
