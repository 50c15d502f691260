"""What invitations to meetings still to come have to follow: the account and the name of a representative."""

from typing import Any

from yishiting.year.councils.models import Representative
from yishiting.year.meetings.models import Invitation
from yishiting.year.meetings.states import State


def follow_the_roster(sender: type[Representative], representative: Representative, **_more: Any) -> None:
    """Whoever the seat belongs to signs in and votes; where they are invited otherwise already, that stays theirs alone."""
    ahead = Invitation.objects.filter(representative=representative, meeting__state__in=(State.CONVENED, State.OPEN))
    person = representative.person
    for one in ahead.select_related("meeting"):
        taken = person is not None and one.meeting.invitations.filter(person=person).exclude(pk=one.pk).exists()
        one.person, one.name = None if taken else person, representative.name
        one.save(update_fields=["person", "name"])
