"""Coming forward, being proposed, and what of it may be published."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.names import same_name
from yishiting.ground.common.parameters import OneOf, SomeOf, Text, Whole, YesNo, line
from yishiting.ground.common.people_parameters import Name, Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils import rules
from yishiting.year.councils.choices import Publishable, Route
from yishiting.year.councils.models import NOMINATED_BY, ByElection, Candidate, Constituency
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.queries import Whole as Election
from yishiting.year.councils.queries import candidates_of, nominating
from yishiting.year.councils.states import CANDIDATE_LIFECYCLE, CandidateState, Gender, State

GONE = (CandidateState.DISQUALIFIED, CandidateState.WITHDRAWN)

ROUTE = OneOf(_("产生方式"), NOMINATED_BY)
PROPOSED_BY = line(_("由谁提名或推荐"), most=80, hint=_("例如：社区党委；王桂兰等12名居民。自荐不填。"))
#: A constituency has a name too; it is not the candidate's.
NAME = Name(_("姓名"), missing=_("请填写姓名。"), initial=lambda _constituency: "")
OWN_NAME = Name(_("您的姓名"), missing=_("请填写姓名。"), initial=lambda _constituency: "")
BIRTH_YEAR = Whole(_("出生年份"), least=1000, most=9999, hint=_("四位数字，例如 1968"))
GENDER = OneOf(_("性别"), Gender)
UNIT = line(_("单位或楼院"), most=80, hint=_("只写到楼号。"))
OWN_UNIT = line(_("住在哪个楼院，或在哪个单位"), most=80, hint=_("只写到楼号。"))
PHONE = Phone(_("电话"), hint=_("不公开。用来通知本人、关联账号。"))
OWN_PHONE = Phone(_("电话"), hint=_("不公开。不填就用您账号的手机号。"))
IDENTITIES = SomeOf(_("还具有哪些身份"), IdentityKind)
INTRODUCTION = Text(_("简介"))
OWN_INTRODUCTION = Text(_("介绍一下自己"))
#: What somebody has agreed to already is offered again.
CONSENTS = YesNo(_("本人同意公示姓名"), initial=lambda thing: getattr(thing, "consents_to_publication", False))
PUBLISHES = SomeOf(_("本人还同意公开"), Publishable, hint=_("不勾的不公开。电话任何时候都不公开。"))
OWN_CONSENT = YesNo(_("我同意在候选人名单上公示姓名"), hint=_("公示是参选的必经步骤。公示以前您随时可以退出。"))
OWN_PUBLISHES = SomeOf(_("除姓名外，还可以公开"), Publishable, hint=_("不勾的不公开。电话任何时候都不公开。"))


def _takes_nominations(constituency: Constituency) -> Sentence | None:
    if constituency.is_sent:
        said = {"name": constituency, "sender": constituency.sender}
        return _("%(name)s的代表由%(sender)s推派，不另外提名。请办理“推派代表”。") % said
    if nominating(constituency) is not None:
        return None
    return _("%(name)s现在不在提名推荐阶段，不能登记候选人。") % {"name": constituency}


@verb(
    "candidate.nominate",
    _("登记候选人"),
    MAY,
    done=_("候选人已登记，请接着审查资格。"),
    conditions=(_takes_nominations,),
)
def nominate(
    constituency: Constituency,
    *,
    by: Actor,
    route: Annotated[Route, ROUTE],
    proposed_by: Annotated[str, PROPOSED_BY] = "",
    name: Annotated[str, NAME],
    birth_year: Annotated[int, BIRTH_YEAR],
    gender: Annotated[str, GENDER] = "",
    unit: Annotated[str, UNIT] = "",
    phone: Annotated[str, PHONE] = "",
    identities: Annotated[Sequence[str], IDENTITIES] = (),
    introduction: Annotated[str, INTRODUCTION] = "",
    consents: Annotated[bool, CONSENTS] = False,
    publishes: Annotated[Sequence[str], PUBLISHES] = (),
) -> Candidate:
    """Write down a candidate proposed by the Party organisation or committee, by residents, or by themselves."""
    _refuse(_proposed_by_somebody(route, proposed_by), "proposed_by")
    candidate = _candidate(constituency, name, birth_year)
    candidate.person = account_of(phone)
    candidate.route, candidate.proposed_by = route, proposed_by
    describe(candidate, gender, unit, phone, introduction, identities)
    return put_forward(candidate, consents, publishes)


@verb(
    "candidate.stand",
    _("自荐"),
    MAY,
    done=_("报名已收到。接下来审查资格，结果在这一页能看到。"),
    conditions=(_takes_nominations,),
)
def stand(
    constituency: Constituency,
    *,
    by: Person,
    name: Annotated[str, OWN_NAME],
    birth_year: Annotated[int, BIRTH_YEAR],
    gender: Annotated[str, GENDER] = "",
    unit: Annotated[str, OWN_UNIT] = "",
    phone: Annotated[str, OWN_PHONE] = "",
    identities: Annotated[Sequence[str], IDENTITIES] = (),
    introduction: Annotated[str, OWN_INTRODUCTION] = "",
    publishes: Annotated[Sequence[str], OWN_PUBLISHES] = (),
    consents: Annotated[bool, OWN_CONSENT] = False,
) -> Candidate:
    """Come forward oneself; the form carries the consent to publication, without which there is no candidacy."""
    if not consents:
        raise Refused(_("候选人要公示姓名。不同意公示就不能报名；您随时可以退出。"), field="consents")
    candidate = _candidate(constituency, name, birth_year)
    candidate.person, candidate.route = by, Route.SELF_NOMINATION
    describe(candidate, gender, unit, phone or by.phone, introduction, identities)
    return put_forward(candidate, consents, publishes)


def _before_the_notice(candidate: Candidate) -> Sentence | None:
    if candidate.whole.state == State.NOMINATING:
        return None
    return _("候选人名单已经公示，登记的内容不能再改。确实错了，请先“重新开放提名”。")


@verb(
    "candidate.correct",
    _("更正候选人登记"),
    MAY,
    before=_("更正以后要重新审查资格。"),
    done=_("登记已更正，请重新审查资格。"),
    conditions=(_before_the_notice,),
)
def correct_candidate(
    candidate: Candidate,
    *,
    by: Actor,
    route: Annotated[Route, ROUTE],
    proposed_by: Annotated[str, PROPOSED_BY] = "",
    name: Annotated[str, Name(_("姓名"), missing=_("请填写姓名。"))],
    birth_year: Annotated[int, BIRTH_YEAR],
    gender: Annotated[str, GENDER] = "",
    unit: Annotated[str, UNIT] = "",
    phone: Annotated[str, PHONE] = "",
    identities: Annotated[Sequence[str], IDENTITIES] = (),
    introduction: Annotated[str, INTRODUCTION] = "",
    reason: Annotated[str, Text(_("更正原因"), rows=2, most=400)],
) -> Candidate:
    """Put right what was written down wrongly of a candidate, before the list is published; the review begins anew."""
    _refuse(_proposed_by_somebody(route, proposed_by), "proposed_by")
    _refuse(why_too_young(birth_year, candidate), "birth_year")
    _refuse(_why_not_again(candidate.whole, name, birth_year, but=candidate), "name")
    linked_by_phone = candidate.person is not None and candidate.person.phone == candidate.phone
    if phone != candidate.phone and (linked_by_phone or candidate.person is None):
        candidate.person = account_of(phone)
    candidate.name, candidate.birth_year = name, birth_year
    candidate.route, candidate.proposed_by = route, proposed_by
    describe(candidate, gender, unit, phone, introduction, identities)
    CANDIDATE_LIFECYCLE.advance(candidate, "candidate.correct")
    candidate.save()
    label = rules_for(candidate.place).label
    write_entry(candidate, rules=label, route=str(route), private={**_said(candidate), "reason": reason})
    return candidate


@verb("candidate.consent", _("登记公示意愿"), MAY, done=_("已登记公示意愿。"))
def record_consent(
    candidate: Candidate,
    *,
    by: Actor,
    consents: Annotated[bool, CONSENTS] = False,
    publishes: Annotated[Sequence[str], PUBLISHES] = (),
) -> Candidate:
    """Note whether the candidate agrees to be published, and what besides the name; it may be taken back."""
    on_the_list = candidate.state == CandidateState.QUALIFIED and candidate.whole.state != State.NOMINATING
    if on_the_list and not consents:
        raise Refused(_("候选人名单已经公示。不再同意公示的，请办理退出。"), field="consents")
    _consent(candidate, consents, publishes)
    candidate.save(update_fields=["consents_to_publication", "publishes", "consented_on"])
    _record(candidate, consents=consents, publishes=candidate.publishes)
    return candidate


def _proposed_by_somebody(route: Route, proposed_by: str) -> Sentence | None:
    if route == Route.SELF_NOMINATION or proposed_by:
        return None
    return _("请写明由谁提名或推荐，例如：社区党委、王桂兰等12名居民。")


def _candidate(constituency: Constituency, name: str, birth_year: int) -> Candidate:
    whole = nominating(constituency)
    if whole is None:
        raise Refused(_takes_nominations(constituency) or "")
    return candidacy(whole, constituency, name, birth_year)


def candidacy(whole: Election, constituency: Constituency, name: str, birth_year: int) -> Candidate:
    """A new candidacy in an election that takes nominations; refused to the young, and to whom stands already."""
    _refuse(why_too_young(birth_year, constituency), "birth_year")
    _refuse(_why_not_again(whole, name, birth_year), "name")
    by_election = whole if isinstance(whole, ByElection) else None
    place = constituency.place
    return Candidate(constituency=constituency, by_election=by_election, place=place, name=name, birth_year=birth_year)


def describe(
    candidate: Candidate, gender: str, unit: str, phone: str, introduction: str, identities: Sequence[str]
) -> None:
    """What is written down of a candidate besides the name and the year of birth."""
    candidate.gender, candidate.unit, candidate.phone = gender, unit, phone
    candidate.introduction, candidate.identities = introduction, list(identities)


def put_forward(candidate: Candidate, consents: bool, publishes: Sequence[str]) -> Candidate:
    """Keep a new candidacy, with what may be published of it."""
    _consent(candidate, consents, publishes)
    candidate.save(force_insert=True)
    _record(candidate, route=str(candidate.route))
    return candidate


def _why_not_again(whole: Election, name: str, birth_year: int, *, but: Candidate | None = None) -> Sentence | None:
    """One candidacy for one person in one election, in whatever constituency."""
    born_then = candidates_of(whole).filter(birth_year=birth_year)
    standing = next((one for one in born_then if same_name(one.name, name)), None)
    if standing is None or standing == but:
        return None
    said = {"name": name, "year": birth_year, "group": standing.constituency, "state": standing.get_state_display()}
    if standing.state in GONE:
        return _("%(name)s（%(year)s年生）在%(group)s已经%(state)s。请打开那份登记，办理“恢复候选人登记”。") % said
    return _("%(name)s（%(year)s年生）已经是%(group)s的候选人。一人只能在一个推选单位参选。") % said


def why_too_young(birth_year: int | None, thing: Candidate | Constituency) -> Sentence | None:
    """None when somebody born in this year may stand here."""
    if birth_year is None:
        return _("还没有登记出生年份。请核实后办理“更正候选人登记”补上，再审查资格。")
    age = rules_for(thing.place).number("election.age_min")
    return rules.why_not_old_enough(birth_year, timezone.localdate(), age)


def _consent(candidate: Candidate, consents: bool, publishes: Sequence[str]) -> None:
    candidate.consents_to_publication = consents
    candidate.publishes = [kind for kind in Publishable.values if consents and kind in publishes]
    candidate.consented_on = timezone.localdate() if consents else None


def account_of(phone: str) -> Person | None:
    """The account of this number, if there is one."""
    return Person.objects.with_phone(phone).first() if phone else None


def _record(candidate: Candidate, **facts: Any) -> None:
    label = rules_for(candidate.place).label
    write_entry(candidate, rules=label, constituency=str(candidate.constituency_id), private=_said(candidate), **facts)


def _said(candidate: Candidate) -> dict[str, str]:
    return {"name": candidate.name, "proposed_by": candidate.proposed_by}


def _refuse(sentence: Sentence | None, field: str) -> None:
    if sentence is not None:
        raise Refused(sentence, field=field)
