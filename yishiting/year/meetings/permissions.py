"""Who plans, runs and minutes a meeting, and who signs in."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, leads_here, party_here, reads_here
from yishiting.year.meetings.models import AgendaItem, Meeting, MeetingTask


def _invited(ask: Question) -> bool:
    return isinstance(ask.actor, Person) and getattr(ask.thing, "person_id", None) == ask.actor.pk


own_invitation = Predicate(
    _invited,
    _("被邀请的本人"),
    _("这是别人的签到。请从自己的会议通知进入，或到签到台签到。"),
)

MAY: Permissions = {
    "meeting.plan": at_desk,
    "meeting.amend": at_desk,
    "meeting.invite": at_desk,
    "meeting.convene": party_here,
    "meeting.postpone": at_desk,
    "meeting.cancel": at_desk,
    "meeting.take_attendance": at_desk,
    "meeting.open": at_desk,
    "meeting.close": at_desk,
    "meeting.write_minutes": at_desk,
    "meeting.approve_minutes": leads_here,
    "meeting.publish_minutes": leads_here,
    "invitation.withdraw": at_desk,
    "invitation.sign_in": own_invitation | at_desk,
    "invitation.excuse": own_invitation | at_desk,
    "invitation.acknowledge_rules": own_invitation,
    "item.add": at_desk,
    "item.amend": at_desk,
    "item.move": at_desk,
    "item.remove": at_desk,
    "item.take_notes": at_desk,
    "item.put_to_vote": at_desk,
    "item.decide": at_desk,
    "item.note": at_desk,
    "item.put_off": at_desk,
    "task.assign": at_desk,
    "task.finish": at_desk,
    "item.announce_again": at_desk,
    "task.correct": at_desk,
    "task.reopen": at_desk,
}

read_by(reads_here, Meeting, AgendaItem, MeetingTask)
