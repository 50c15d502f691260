"""推派: the council of a community, or a unit, names whom it sends to the council above; and another in their place."""

from collections.abc import Sequence
from typing import Annotated

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Ref, Whole, line
from yishiting.ground.common.people_parameters import Name, Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.notices.actions import reach
from yishiting.ground.notices.queries import Whom
from yishiting.ground.places.organs import council_of
from yishiting.year.councils.actions import candidates as ask
from yishiting.year.councils.choices import Route
from yishiting.year.councils.models import ByElection, Candidate, Constituency, Representative
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.queries import Whole as Election
from yishiting.year.councils.queries import nominating, seats_left_to_send, serving_here
from yishiting.year.councils.states import State


def _of_the_sender(constituency: Constituency) -> "QuerySet[Representative]":
    """Whom the council that sends can send: those who serve on it."""
    if constituency.sends is None:
        return Representative.objects.none()
    return serving_here(constituency.sends, timezone.localdate())


def _serving(constituency: Constituency) -> "QuerySet[Representative]":
    return Representative.objects.serving(timezone.localdate()).filter(constituency=constituency)


ONE_OF_OURS = Ref(
    _("派哪一位本社区（村）的议事代表"), _of_the_sender, called=lambda one: f"{one.name}（{one.constituency}）"
)
REPLACES = Ref(_("接替哪一位"), _serving, hint=_("补空缺的不选。接替的人公示后就任，原来的代表到那天为止。"))
NAME = Name(_("姓名"), hint=_("上面选了本社区代表的不用填。"), initial=lambda _one: "")
BORN = Whole(_("出生年份"), least=1000, most=9999, hint=_("四位数字，例如 1968。上面选了本社区代表的不用填。"))
PHONE = Phone(_("电话"), hint=_("不公开。用来通知本人、关联账号。"))
BASIS = line(
    _("怎样决定的"),
    most=80,
    hint=_("例如：3月20日社区议事协商会第二次会议推派；3月18日校务会决定。"),
    missing=_("请写明是哪天怎样决定推派的。"),
)


def _is_sent(constituency: Constituency) -> Sentence | None:
    if constituency.is_sent:
        return None
    return _("%(name)s的代表不是推派的。请办理“登记候选人”。") % {"name": constituency}


def _takes_them(constituency: Constituency) -> Sentence | None:
    if nominating(constituency) is not None or constituency.term.state == State.SEATED:
        return None
    return _("%(name)s现在不接受推派。那里“通过席位方案”以后、届满以前可以推派。") % {"name": constituency}


def _asked(constituency: Constituency) -> Sentence:
    """How many are to be named, to which council."""
    told = {
        "council": f"{council_of(constituency.place, None)}{constituency.term}",
        "name": constituency,
        "seats": constituency.seats,
        "left": max(seats_left_to_send(constituency), 0),
    }
    return (
        _(
            "%(council)s的推选单位“%(name)s”有%(seats)s席，还要推派%(left)s人。推派以后由那里审查资格、公示，期满后就任。"
        )
        % told
    )


@verb(
    "constituency.send",
    _("推派代表"),
    MAY,
    before=_asked,
    done=lambda one: _("已推派%(name)s，等%(place)s审查资格和公示。") % {"name": one.name, "place": one.place.name},
    conditions=(_is_sent, _takes_them),
)
def send_representative(
    constituency: Constituency,
    *,
    by: Actor,
    representative: Annotated[Representative | None, ONE_OF_OURS] = None,
    name: Annotated[str, NAME] = "",
    birth_year: Annotated[int | None, BORN] = None,
    gender: Annotated[str, ask.GENDER] = "",
    unit: Annotated[str, ask.UNIT] = "",
    phone: Annotated[str, PHONE] = "",
    introduction: Annotated[str, ask.INTRODUCTION] = "",
    consents: Annotated[bool, ask.CONSENTS] = False,
    publishes: Annotated[Sequence[str], ask.PUBLISHES] = (),
    replaces: Annotated[Representative | None, REPLACES] = None,
    basis: Annotated[str, BASIS],
) -> Candidate:
    """Name whom a community's council or a unit sends to a council, for a vacant seat or in somebody's place."""
    known = representative.candidate if representative is not None else None
    called = representative.name if representative is not None else name
    born = birth_year or (known.birth_year if known is not None else None)
    if not called or born is None:
        raise Refused(_("请写姓名和出生年份。"), field="birth_year" if called else "name")
    candidate = ask.candidacy(_election(constituency, replaces), constituency, called, born)
    number = phone or (known.phone if known is not None else "")
    candidate.person = representative.person if representative is not None else ask.account_of(number)
    candidate.route, candidate.replaces = Route.SENT, replaces
    candidate.proposed_by = f"{constituency.sender}（{basis}）"[:80]
    kept = known or candidate
    ask.describe(candidate, gender or kept.gender, unit or kept.unit, number, introduction, kept.identities)
    agreed = consents or bool(known and known.consents_to_publication)
    sent = ask.put_forward(candidate, agreed, publishes or (known.publishes if known is not None else ()))
    _tell(sent)
    return sent


def _election(constituency: Constituency, replaces: Representative | None) -> Election:
    """Where somebody is sent to: the term in the making, or the filling of a seat that is vacant or becomes so."""
    whole = nominating(constituency)
    if replaces is None and seats_left_to_send(constituency) <= 0:
        raise Refused(_("席位已经派满。要换人的，请选“接替哪一位”；派错的，先办理“退出参选”。"), field="replaces")
    if whole is not None:
        return whole
    if constituency.by_elections.exclude(state__in=("seated", "given_up")).exists():
        raise Refused(_("上次推派的人还在公示，等公示办完再推派。"))
    sender = constituency.sender
    why = f"{sender}另派代表，接替{replaces.name}" if replaces is not None else f"席位空缺，由{sender}推派"
    return ByElection.objects.create(
        term=constituency.term,
        constituency=constituency,
        place=constituency.place,
        seats=1 if replaces is not None else seats_left_to_send(constituency),
        reason=why,
        called_on=timezone.localdate(),
    )


def _tell(candidate: Candidate) -> None:
    """Tell whoever is sent, by what was left."""
    body = f"{candidate.constituency.sender}推派您担任{council_of(candidate.place, None)}议事代表，审查资格、公示期满后就任。"
    whom = Whom(candidate.name, candidate.person, candidate.phone, candidate.constituency.sender)
    step = f"candidate.sent:{candidate.pk}"
    reach(whom, step=step, template="candidate.sent", subject="您被推派为议事代表", body=body, place=candidate.place)
