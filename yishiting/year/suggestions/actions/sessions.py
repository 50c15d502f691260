"""Solicitation sessions: occasions on which people were asked."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, TypedDict, Unpack

from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Day, OneOf, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.naming import PersonHere
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Place
from yishiting.instruments.documents.rules import spoken
from yishiting.year.consultations.models import Response
from yishiting.year.suggestions.models import Channel, SolicitationSession
from yishiting.year.suggestions.permissions import MAY

#: People who belong to none of the named sectors.
OTHERS = "others"
KINDS = {**{kind.value: kind.label for kind in IdentityKind}, OTHERS: _("其他群众")}

#: Makes a class of choices from pairs, as Django's own does; its stubs know members written out alone.
_choices: Any = models.TextChoices
#: Who somebody is, by the kinds that are counted.
SpeakerKind: type[models.TextChoices] = _choices(
    "SpeakerKind", [(key.upper(), (key, label)) for key, label in KINDS.items()]
)


def _counted(kind: str) -> Whole:
    return Whole(KINDS[kind], most=100_000, initial=lambda about: getattr(about, "participants", {}).get(kind))


class Came(TypedDict, total=False):
    """How many of which kinds came."""

    two_committees_one_station: Annotated[int, _counted("two_committees_one_station")]
    party_delegate: Annotated[int, _counted("party_delegate")]
    peoples_deputy: Annotated[int, _counted("peoples_deputy")]
    cppcc_member: Annotated[int, _counted("cppcc_member")]
    resident: Annotated[int, _counted("resident")]
    owners_committee: Annotated[int, _counted("owners_committee")]
    resident_unit: Annotated[int, _counted("resident_unit")]
    social_organisation: Annotated[int, _counted("social_organisation")]
    migrant_resident: Annotated[int, _counted("migrant_resident")]
    invited_member: Annotated[int, _counted("invited_member")]
    others: Annotated[int, _counted(OTHERS)]


COUNTED_ONCE = _("参加人数，按类别：一个人只数一次，按最主要的身份。没有的空着。")
CHANNEL = OneOf(_("方式"), Channel, initial=lambda _place: Channel.FORUM, missing=_("请选择用什么方式征集。"))
TITLE = line(
    _("名称"),
    most=120,
    hint=_("例如：3号楼楼门座谈会"),
    missing=_("请给这一场起个名字，例如：3号楼楼门座谈会。"),
)
HELD = Day(_("日期"), hint=_("3月5日、2026-3-5、昨天，都可以"))
NOTES = Text(_("记录"))
WHY = line(_("为什么更正"), most=200, hint=_("会留痕"), missing=_("请写明为什么更正。"))


@verb(
    "session.hold",
    _("登记征集场次"),
    MAY,
    done=lambda session: _("已登记，%(n)s 人参加。") % {"n": session.participant_count},
    before=COUNTED_ONCE,
)
def hold_session(
    place: Place,
    *,
    by: Actor,
    title: Annotated[str, TITLE],
    channel: Annotated[str, CHANNEL],
    held_on: Annotated[date, HELD],
    venue: Annotated[str, line(_("地点"), most=120)] = "",
    host: Annotated[str, PersonHere(_("主持人"))] = "",
    notes: Annotated[str, NOTES] = "",
    **came: Unpack[Came],
) -> SolicitationSession:
    """Record an occasion on which people were asked: where, by whom, how many of which kinds came."""
    _not_ahead(held_on)
    counted = at_least_one(came)
    session = SolicitationSession.objects.create(
        place=place,
        channel=channel,
        title=title,
        held_on=held_on,
        venue=venue,
        host=host,
        participants=counted,
        participant_count=sum(counted.values()),
        notes=notes,
        recorded_by=by if isinstance(by, Person) else None,
    )
    write_entry(session, channel=str(channel), held_on=held_on.isoformat(), participants=counted)
    return session


def _stands(session: SolicitationSession) -> Sentence | None:
    return _("这一场已经撤销，不能再改。") if session.withdrawn_on is not None else None


@verb("session.amend", _("更正征集场次"), MAY, done=_("已更正。"), before=COUNTED_ONCE, conditions=(_stands,))
def amend_session(
    session: SolicitationSession,
    *,
    by: Actor,
    title: Annotated[str | None, TITLE] = None,
    channel: Annotated[str | None, OneOf(_("方式"), Channel)] = None,
    held_on: Annotated[date | None, HELD] = None,
    venue: Annotated[str | None, line(_("地点"), most=120)] = None,
    host: Annotated[str | None, PersonHere(_("主持人"))] = None,
    notes: Annotated[str | None, NOTES] = None,
    reason: Annotated[str, WHY],
    **came: Unpack[Came],
) -> SolicitationSession:
    """Put right what was entered of a session: its name, day and place, who came, the notes; with the reason."""
    if title == "":
        raise Refused(TITLE.missing, field="title")
    _not_ahead(held_on or session.held_on)
    before, counted = session.participants, at_least_one(came) if came else session.participants
    _not_fewer_than_sheets(session, sum(counted.values()))
    given = {"title": title, "channel": channel, "held_on": held_on, "venue": venue, "host": host, "notes": notes}
    changed = {name: getattr(session, name) for name, new in given.items() if new not in (None, getattr(session, name))}
    for name in changed:
        setattr(session, name, given[name])
    session.participants, session.participant_count = counted, sum(counted.values())
    session.save(update_fields=["participants", "participant_count", *changed])
    stood = json.dumps({name: str(was) for name, was in changed.items()}, ensure_ascii=False)
    private = {"reason": reason, "before": stood}
    write_entry(session, private=private, before=before, participants=counted, changed=sorted(changed))
    return session


def _not_fewer_than_sheets(session: SolicitationSession, people: int) -> None:
    sheets = Response.objects.filter(session_id=str(session.pk)).aggregate(last=Max("sheet"))["last"] or 0
    if people < sheets:
        sentence = _("这一场录入的纸质问卷编到了第%(n)s号，到场的人不会比它少。请核对人数。")
        raise Refused(sentence % {"n": sheets}, field="resident")


def _nothing_taken_down(session: SolicitationSession) -> Sentence | None:
    """The receipts of what was taken down there; None where nothing was."""
    if answered := Response.objects.filter(session_id=str(session.pk)).count():
        return _("这一场录入过%(n)s份问卷，不能撤销。登记的内容不对的，请“更正征集场次”。") % {"n": answered}
    rows = session.suggestions.standing().values_list("receipt", flat=True)
    if not rows:
        return None
    said = "、".join(spoken(one) for one in rows[:3])
    return _("这一场录入过%(n)s条建议（%(rows)s）。请先更正那些建议的场次，或撤销它们，再撤销这一场。") % {
        "n": len(rows),
        "rows": said,
    }


WHY_WITHDRAWN = line(_("为什么撤销"), most=200, hint=_("例如：登记了两遍"), missing=_("请写明为什么撤销，会留痕。"))


@verb(
    "session.withdraw",
    _("撤销征集场次"),
    MAY,
    done=_("这一场已撤销，不再计入场次和人次。"),
    kind="danger",
    conditions=(_stands, _nothing_taken_down),
)
def withdraw_session(
    session: SolicitationSession, *, by: Actor, reason: Annotated[str, WHY_WITHDRAWN]
) -> SolicitationSession:
    """Take back a session entered by mistake, before anything was taken down there; it stays on record and counts nowhere."""
    session.withdrawn_on, session.withdraw_reason = timezone.localdate(), reason
    session.save(update_fields=["withdrawn_on", "withdraw_reason"])
    write_entry(session, private={"reason": reason}, held_on=session.held_on.isoformat())
    return session


def _not_ahead(held_on: date) -> None:
    if held_on > timezone.localdate():
        raise Refused(_("这一场还没有到日子。开过之后再登记。"), field="held_on")


def at_least_one(came: Mapping[str, Any]) -> dict[str, int]:
    """The kinds of which anybody came, or is asked to; refused where there is none."""
    if unknown := sorted(set(came) - set(KINDS)):
        raise Refused(_("没有这一类参加人：%(kinds)s。") % {"kinds": "、".join(unknown)})
    counted = {kind: number for kind, number in came.items() if number}
    if not counted:
        raise Refused(_("请至少填写一类参加人的人数。"), field="resident")
    return counted
