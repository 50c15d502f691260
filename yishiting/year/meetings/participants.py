"""Who is to come to a consultation meeting of the district, by kind, and which kinds nobody was invited of."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Level
from yishiting.year.councils.models import Representative
from yishiting.year.meetings.models import Attendance, Invitation, Meeting, Role
from yishiting.year.meetings.queries import serving_on

#: Those who have come, or are in the hall.
CAME = (Attendance.PRESENT, Attendance.LEFT)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of participant: the sectors of members that belong to it, the roles of those who attend without a vote."""

    says: str | Promise
    sectors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a kind were invited, and how many of them came."""

    says: str | Promise
    invited: int
    came: int


#: 提出建议的群众代表、人大代表、政协委员、街乡和社区（村）干部代表、专家学者、部门、区领导；区人大常委会列席。
KINDS = (
    Kind(_("群众代表"), (IdentityKind.RESIDENT, IdentityKind.MIGRANT_RESIDENT), (Role.PROPOSER,)),
    Kind(_("人大代表"), (IdentityKind.PEOPLES_DEPUTY,)),
    Kind(_("政协委员"), (IdentityKind.CPPCC_MEMBER,)),
    Kind(_("街乡和社区（村）干部代表"), (IdentityKind.TWO_COMMITTEES_ONE_STATION,)),
    Kind(_("专家学者"), (IdentityKind.INVITED_MEMBER,), (Role.EXPERT,)),
    Kind(_("部门和区领导"), (), (Role.OFFICIAL,)),
    Kind(_("区人大常委会（列席）"), (), (Role.CONGRESS,)),
)
LAWYER = Kind(_("律师（列席）"), (), (Role.LAWYER,))


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who is to come, by the sectors of the seat and the role; and whether they came."""

    sectors: frozenset[str]
    role: str
    came: bool

    def is_of(self, kind: Kind) -> bool:
        """Whether they are one of this kind."""
        return bool(self.sectors.intersection(kind.sectors)) or self.role in kind.roles


def participants(meeting: Meeting, people: list[Invitation], *, law: bool) -> list[Counted]:
    """How many of each kind; a lawyer is one of them where law is touched. Nothing below the district.

    Before notice is given, those in office on the day of the meeting are counted as invited.
    """
    if meeting.place.level != Level.DISTRICT:
        return []
    seats = [one.representative for one in people if one.representative is not None]
    due = [] if any(one.role == Role.MEMBER for one in people) else serving_on(meeting)
    prefetch_related_objects([*seats, *due], "identities")
    there = [Participant(_sectors(one.representative, meeting), one.role, one.attendance in CAME) for one in people]
    there += [Participant(_sectors(one, meeting), Role.MEMBER, came=False) for one in due]
    return [_counted(kind, there) for kind in (*KINDS, *([LAWYER] if law else []))]


def _sectors(seat: Representative | None, meeting: Meeting) -> frozenset[str]:
    return frozenset(seat.sectors(meeting.day) if seat is not None else ())


def _counted(kind: Kind, there: list[Participant]) -> Counted:
    those = [one for one in there if one.is_of(kind)]
    return Counted(kind.says, len(those), sum(one.came for one in those))
