"""Who plans, runs and minutes a meeting, and who signs in."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Permissions, Predicate, Question
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.permissions import at_community_desk, holds_above, holds_here
from yishiting.year.meetings.models import AgendaItem, Meeting, MeetingTask


def _invited(ask: Question) -> bool:
    return isinstance(ask.actor, Person) and getattr(ask.thing, "person_id", None) == ask.actor.pk


own_invitation = Predicate(
    _invited,
    _("被邀请的本人"),
    _("这是别人的签到。请从自己的会议通知进入，或到签到台签到。"),
)
in_the_chair = holds_here(Office.COMMUNITY_SECRETARY, Office.COMMITTEE_DIRECTOR)

#: Who reads what is not public of a meeting: its desk, the supervisors, the offices above.
reads_meetings = at_community_desk | holds_above(
    Office.COMMUNITY_SUPERVISOR,
    Office.SECTION_HEAD,
    Office.SUBDISTRICT_LEADER,
    Office.SUBDISTRICT_SECRETARY,
    Office.DISTRICT_DIRECTOR,
    Office.DISTRICT_OFFICER,
)

MAY: Permissions = {
    "meeting.plan": at_community_desk,
    "meeting.amend": at_community_desk,
    "meeting.invite": at_community_desk,
    "meeting.convene": at_community_desk,
    "meeting.postpone": at_community_desk,
    "meeting.cancel": at_community_desk,
    "meeting.take_attendance": at_community_desk,
    "meeting.open": at_community_desk,
    "meeting.close": at_community_desk,
    "meeting.write_minutes": at_community_desk,
    "meeting.approve_minutes": in_the_chair,
    "meeting.publish_minutes": in_the_chair,
    "invitation.withdraw": at_community_desk,
    "invitation.sign_in": own_invitation | at_community_desk,
    "invitation.excuse": own_invitation | at_community_desk,
    "invitation.acknowledge_rules": own_invitation,
    "item.add": at_community_desk,
    "item.amend": at_community_desk,
    "item.move": at_community_desk,
    "item.remove": at_community_desk,
    "item.take_notes": at_community_desk,
    "item.put_to_vote": at_community_desk,
    "item.decide": at_community_desk,
    "item.note": at_community_desk,
    "item.put_off": at_community_desk,
    "task.assign": at_community_desk,
    "task.finish": at_community_desk,
}

read_by(reads_meetings, Meeting, AgendaItem, MeetingTask)
