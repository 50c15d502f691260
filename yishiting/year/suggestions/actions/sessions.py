"""Solicitation sessions: occasions on which people were asked."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.models import Channel, SolicitationSession
from yishiting.year.suggestions.permissions import MAY

#: People who belong to none of the named sectors.
OTHERS = "others"


@verb("session.hold", "登记征集场次", MAY)
def hold_session(
    place: Place,
    *,
    by: Actor,
    channel: str,
    title: str,
    held_on: date,
    participants: Mapping[str, int],
    venue: str = "",
    host: str = "",
    notes: str = "",
) -> SolicitationSession:
    """Record an occasion on which people were asked: where, by whom, how many of which kinds came."""
    _check(channel, title, held_on, participants)
    counted = {kind: number for kind, number in participants.items() if number}
    session = SolicitationSession.objects.create(
        place=place,
        channel=channel,
        title=title.strip(),
        held_on=held_on,
        venue=venue.strip(),
        host=host.strip(),
        participants=counted,
        participant_count=sum(counted.values()),
        notes=notes.strip(),
        recorded_by=by if isinstance(by, Person) else None,
    )
    write_entry(session, channel=str(channel), held_on=held_on.isoformat(), participants=counted)
    return session


@verb("session.amend", "更正征集场次", MAY)
def amend_session(
    session: SolicitationSession, *, by: Actor, participants: Mapping[str, int], notes: str, reason: str
) -> SolicitationSession:
    """Correct the count of a session or its notes, with the reason."""
    if not reason.strip():
        raise Refused(_("请写明为什么更正。"), field="reason")
    _check(session.channel, session.title, session.held_on, participants)
    before = session.participants
    counted = {kind: number for kind, number in participants.items() if number}
    session.participants, session.participant_count = counted, sum(counted.values())
    session.notes = notes.strip()
    session.save(update_fields=["participants", "participant_count", "notes"])
    write_entry(session, private={"reason": reason.strip()}, before=before, participants=counted)
    return session


def _check(channel: str, title: str, held_on: date, participants: Mapping[str, int]) -> None:
    if channel not in Channel.values:
        raise Refused(_("请选择用什么方式征集。"), field="channel")
    if not title.strip():
        raise Refused(_("请给这一场起个名字，例如：3号楼楼门座谈会。"), field="title")
    if held_on > timezone.localdate():
        raise Refused(_("这一场还没有到日子。开过之后再登记。"), field="held_on")
    known = {*IdentityKind.values, OTHERS}
    if unknown := sorted(set(participants) - known):
        raise Refused(_("没有这一类参加人：%(kinds)s。") % {"kinds": "、".join(unknown)})
    if any(number < 0 for number in participants.values()):
        raise Refused(_("参加人数不能是负数。"))
    if not sum(participants.values()):
        raise Refused(_("请至少填写一类参加人的人数。"), field="resident")
