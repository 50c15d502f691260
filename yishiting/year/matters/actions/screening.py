"""The work committee of the line: takes in, screens, asks departments, proposes who handles it and how."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import A, Day, OneOf, Ref, Refs, Text, YesNo, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import Listed, write_entry
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import paper_number
from yishiting.year.dossiers.models import Outcome
from yishiting.year.matters.actions.answering_below import answer_below
from yishiting.year.matters.actions.records import note_decision
from yishiting.year.matters.actions.telling import (
    proposers_answered,
    tell_heads,
    tell_units,
    told_of_step,
)
from yishiting.year.matters.choices import Body, Difficulty, Verdict
from yishiting.year.matters.models import Basis, Handling, Matter, Opinion
from yishiting.year.matters.permissions import MAY
from yishiting.year.matters.queries import (
    NO_DEPARTMENT,
    asked_about,
    classes_here,
    departments,
    district_of,
    joinable,
    joined_to,
    resting_on,
)
from yishiting.year.matters.states import LIFECYCLE, OPINION_LIFECYCLE, OpinionState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import Category
from yishiting.year.visits.models import Stance

NOT_REPORTED = _("只有报送到区里、还没有答复的建议案，才能列为区级事项。")


def _reported_to_the_district(proposal: Proposal) -> Sentence | None:
    if district_of(proposal) is None or proposal.state != ProposalState.REPORTED_UP:
        return NOT_REPORTED
    taken = resting_on(proposal)
    if taken is not None:
        return format_lazy(_("已经列为区级事项{number}，请在那一件上办理。"), number=taken.number)
    return None


@verb(
    "matter.take_in",
    _("列为区级事项"),
    MAY,
    before=lambda proposal: f"{proposal.situation}\n\n{proposal.measures}",
    conditions=(_reported_to_the_district,),
    done=lambda matter: format_lazy(_("已列为区级事项{number}，请接着初审。"), number=matter.number),
)
def take_in(proposal: Proposal, *, by: Actor) -> Matter:
    """Open the one file of a district matter on what a subdistrict or township reported."""
    place = district_of(proposal)
    if place is None:
        raise Refused(NOT_REPORTED)
    today, book = timezone.localdate(), rules_for(place)
    matter = Matter(
        dossier=proposal.dossier,
        place=place,
        line=proposal.place.line,
        year=today.year,
        title=proposal.title,
        situation=f"{proposal.situation}\n{proposal.measures}",
        category=proposal.category,
        received_on=today,
        due=due_after(today, book.number("matter.screen_workdays")),
        rules_label=book.label,
    )
    _number(matter, proposal)
    write_entry(matter, rules=book.label, proposal=str(proposal.pk), line=matter.line)
    return matter


def _number(matter: Matter, proposal: Proposal) -> None:
    def save(serials: range) -> None:
        matter.number = paper_number(f"{matter.place.name}事项", matter.year, serials[0])
        matter.save(force_insert=True)
        Basis.objects.create(matter=matter, proposal=proposal)

    number_at_the_end(matter.place, Series.MATTER, matter.year, save)


CLASS = Ref(
    _("类别"),
    lambda matter: classes_here(),
    called=str,
    initial=lambda matter: matter.category,
    missing=_("请选六个类别之一。"),
)
DIFFICULTY = OneOf(
    _("疑难类别"),
    Difficulty,
    hint=_("政策边缘、历史遗留和职能交叉的，进入“一站式”清单，由办公室专题调度。没有的不选。"),
    initial=lambda matter: matter.difficulty or None,
)
LAW = YesNo(_("涉及法律问题"), hint=_("涉及的，协商会要请律师列席。"), initial=lambda matter: matter.touches_law)
NEEDS = line(
    _("办结须有哪个专业机构的结论"),
    most=80,
    hint=_("例如：特种设备检验机构（电梯）、消防技术服务机构、房屋安全鉴定机构。不需要的不填。"),
    initial=lambda matter: matter.needs_finding,
)


@verb("matter.screen", _("初审归类"), MAY, done=_("初审已登记。请征求有关部门意见，再提出拟办建议。"))
def screen_matter(
    matter: Matter,
    *,
    by: Actor,
    category: Annotated[A[Category], CLASS],
    touches_law: Annotated[bool, LAW],
    difficulty: Annotated[Difficulty | None, DIFFICULTY] = None,
    needs_finding: Annotated[str, NEEDS] = "",
) -> Matter:
    """Screen a matter: its class, whether law is touched, whether it is an old debt, whose finding it needs at the end."""
    LIFECYCLE.advance(matter, "matter.screen")
    matter.category, matter.touches_law = category, touches_law
    matter.difficulty, matter.needs_finding = str(difficulty or ""), needs_finding
    matter.save(update_fields=["state", "category", "touches_law", "difficulty", "needs_finding"])
    write_entry(matter, category=Listed(category.path), difficulty=matter.difficulty, touches_law=touches_law)
    return matter


OTHER = Ref(
    _("并入哪一份报送的建议案"),
    joinable,
    called=lambda proposal: f"{proposal.place.name}：{proposal.title}（{proposal.number}）",
    missing=_("请选要并入的建议案。"),
)


@verb("matter.join", _("并入同一件事"), MAY, done=_("已并入，会一并办理、一并答复。"), holds=("proposal",))
def join_matter(
    matter: Matter,
    *,
    by: Actor,
    proposal: Annotated[A[Proposal], OTHER],
) -> Matter:
    """Let what another subdistrict reported of the same matter be handled and answered with this one."""
    LIFECYCLE.advance(matter, "matter.join")
    Basis.objects.create(matter=matter, proposal=proposal)
    write_entry(matter, proposal=str(proposal.pk))
    return matter


def _something_was_joined(matter: Matter) -> Sentence | None:
    return None if joined_to(matter).exists() else _("这件事没有并入别的建议案。")


JOINED = Ref(
    _("取消哪一份建议案的并入"),
    joined_to,
    called=lambda proposal: f"{proposal.place.name}：{proposal.title}（{proposal.number}）",
    missing=_("请选并错的建议案。"),
)


@verb(
    "matter.unjoin",
    _("取消并入"),
    MAY,
    kind="danger",
    conditions=(_something_was_joined,),
    done=_("已取消并入。那份建议案回到“等待列入”的清单，报送日期和答复期限不变。"),
    holds=("proposal",),
)
def unjoin_matter(
    matter: Matter,
    *,
    by: Actor,
    proposal: Annotated[A[Proposal], JOINED],
    reason: Annotated[str, Text(_("为什么取消"), rows=3, missing=_("请写明为什么取消并入。"))],
) -> Matter:
    """Take out what was joined by mistake, before anything is decided: it waits by itself again, by its old day."""
    LIFECYCLE.advance(matter, "matter.unjoin")
    row = Basis.objects.get(matter=matter, proposal=proposal, live=True)
    row.live, row.taken_out_on, row.taken_out_because = False, timezone.localdate(), reason
    row.save(update_fields=["live", "taken_out_on", "taken_out_because"])
    write_entry(matter, proposal=str(proposal.pk), private={"reason": reason})
    return matter


BACK = Text(
    _("为什么退回"), hint=_("街乡和提建议的人会看到。"), missing=_("请写明为什么退回，街乡和提建议的人会看到。")
)


@verb(
    "matter.send_back",
    _("退回街乡办理"),
    MAY,
    kind="danger",
    done=lambda one: format_lazy("{}{}", _("已退回，由街乡办理。"), proposers_answered(one)),
)
def send_back(matter: Matter, *, by: Actor, reason: Annotated[str, BACK]) -> Matter:
    """Send back what is no duty of the district; it is answered to those who reported it and to those who proposed it."""
    LIFECYCLE.advance(matter, "matter.send_back")
    matter.due = None
    matter.save(update_fields=["state", "due"])
    note_decision(matter, Body.COMMITTEE, Verdict.RETURNED, reason)
    answer_below(matter, by, Outcome.SENT_BACK, reason)
    matter.bases.update(live=False)
    write_entry(matter, private={"reason": reason})
    return matter


UNITS = Refs(
    _("请哪些部门出具意见"),
    lambda matter: departments(matter.place),
    unknown=NO_DEPARTMENT,
    least=1,
    missing=_("请至少选一个部门。"),
)
QUESTION = Text(
    _("请论证什么"),
    rows=4,
    hint=_("例如：道路拓宽是否符合规划，资金从哪里来。不要写居民的姓名、电话和住址。"),
    missing=_("请写明请部门论证什么。"),
)


@verb(
    "opinion.ask",
    _("征求部门意见"),
    MAY,
    done=lambda one: format_lazy("{}{}", _("已请部门出具意见。"), told_of_step(one, "opinion_ask")),
)
def ask_opinions(
    matter: Matter,
    *,
    by: Actor,
    units: Annotated[Sequence[Organisation], UNITS],
    question: Annotated[str, QUESTION],
) -> Matter:
    """Ask departments whether a matter is lawful and feasible, with a day by which they answer."""
    today, book = timezone.localdate(), rules_for(matter.place)
    due = due_after(today, book.number("matter.opinion_workdays"))
    for unit in units:
        Opinion.objects.create(matter=matter, place=matter.place, unit=unit, question=question, asked_on=today, due=due)
    matter.save(update_fields=["due"])
    write_entry(matter, rules=book.label, units=len(units), due=due.isoformat(), private={"question": question})
    body = f"请就“{matter.title}”（{matter.number}）出具合法、合规和可行性论证意见，期限{chinese(due, 'plain')}：{question}"
    tell_units(matter, "opinion_ask", units, body)
    return matter


STANCE = OneOf(_("意见"), Stance, missing=_("请选同意、有条件同意或者不同意。"))
LEGALITY = Text(_("合法合规"), rows=3, hint=_("依据哪一部法规、规划或权限。"), missing=_("请写明是否合法合规。"))
FEASIBILITY = Text(_("可行性"), rows=3, hint=_("技术、资金、工期。"), missing=_("请写明是否可行。"))
BASIS = Text(_("依据"), rows=2, hint=_("文件名称和条款。"), missing=_("请写明依据的文件和条款。"))
SUGGESTED = line(_("建议由谁承办"), most=120)


@verb("opinion.give", _("出具论证意见"), MAY, before=lambda one: one.question, done=_("意见已出具。"))
def give_opinion(
    opinion: Opinion,
    *,
    by: Actor,
    stance: Annotated[Stance, STANCE],
    legality: Annotated[str, LEGALITY],
    feasibility: Annotated[str, FEASIBILITY],
    basis: Annotated[str, BASIS],
    suggested: Annotated[str, SUGGESTED] = "",
) -> Opinion:
    """Say whether a matter is lawful and feasible; what comes after the handling was proposed is kept and marked so."""
    OPINION_LIFECYCLE.advance(opinion, "opinion.give")
    opinion.stance, opinion.legality, opinion.feasibility = str(stance), legality, feasibility
    opinion.basis, opinion.suggested = basis, suggested
    opinion.given_on, opinion.given_in = timezone.localdate(), opinion.matter.state
    opinion.save()
    write_entry(opinion, matter=str(opinion.matter_id), stance=str(stance), given_in=opinion.given_in)
    return opinion


def _is_late(opinion: Opinion) -> Sentence | None:
    if opinion.due < timezone.localdate():
        return None
    return format_lazy(_("期限是{day}，还没有到，请等部门答复，或电话催办。"), day=chinese(opinion.due, "plain"))


@verb("opinion.lapse", _("记明没有出具意见"), MAY, conditions=(_is_late,), done=_("已记明，可以提出拟办建议。"))
def lapse_opinion(opinion: Opinion, *, by: Actor) -> Opinion:
    """Note that a department has said nothing in time, so that the matter goes on; it may still speak."""
    OPINION_LIFECYCLE.advance(opinion, "opinion.lapse")
    opinion.save(update_fields=["state"])
    write_entry(opinion, matter=str(opinion.matter_id))
    return opinion


@verb("opinion.withdraw", _("不再征求"), MAY, kind="danger", done=_("已撤回。"))
def withdraw_opinion(
    opinion: Opinion, *, by: Actor, reason: Annotated[str, line(_("原因"), missing=_("请写明为什么不再征求。"))]
) -> Opinion:
    """Take back what a department was asked by mistake."""
    OPINION_LIFECYCLE.advance(opinion, "opinion.withdraw")
    opinion.save(update_fields=["state"])
    write_entry(opinion, matter=str(opinion.matter_id), private={"reason": reason})
    return opinion


def _opinions_are_there(matter: Matter) -> Sentence | None:
    asked = asked_about(matter)
    if not asked:
        return _("还没有征求部门意见。请先“征求部门意见”。")
    waiting = [one.unit.name for one in asked if one.state == OpinionState.ASKED]
    if not waiting:
        return None
    names = "、".join(waiting)
    return format_lazy(_("还在等{names}的意见。到期没有出具的，请先“记明没有出具意见”。"), names=names)


def _rest_on_opinions(handling: Handling) -> None:
    """The proposed handling rests on what departments have said by now; what comes later is not counted in."""
    for one in handling.matter.opinions.filter(state=OpinionState.GIVEN, weighed_in=None):
        one.weighed_in = handling
        one.save(update_fields=["weighed_in"])


LEAD = Ref(_("主办单位"), lambda matter: departments(matter.place), unknown=NO_DEPARTMENT, missing=_("请选主办单位。"))
PARTNERS = Refs(_("协办单位"), lambda matter: departments(matter.place), unknown=NO_DEPARTMENT, hint=_("没有的不选。"))
PERSON = line(_("责任人"), most=40, hint=_("职务和姓名。"), missing=_("请写明责任人。"))
PLAN = Text(_("工作方案"), rows=5, missing=_("请写明工作方案。"))
STANDARD = Text(_("完成标准"), rows=2, missing=_("请写明完成标准。"))
DEADLINE = Day(_("完成时限"), missing=_("请写明完成时限。"))


@verb(
    "matter.propose",
    _("提出拟办建议"),
    MAY,
    conditions=(_opinions_are_there,),
    done=lambda one: format_lazy("{}{}", _("拟办建议已报领导小组办公室。"), told_of_step(one, "propose")),
)
def propose_handling(
    matter: Matter,
    *,
    by: Actor,
    lead: Annotated[A[Organisation], LEAD],
    person: Annotated[str, PERSON],
    plan: Annotated[str, PLAN],
    standard: Annotated[str, STANDARD],
    deadline: Annotated[date, DEADLINE],
    partners: Annotated[Sequence[Organisation], PARTNERS] = (),
) -> Matter:
    """Propose who handles it, with whom, how and by when, on the opinions of the departments."""
    if lead in partners:
        raise Refused(_("主办单位不能同时是协办单位。"), field="partners")
    if deadline <= timezone.localdate():
        raise Refused(_("完成时限要在今天以后。"), field="deadline")
    LIFECYCLE.advance(matter, "matter.propose")
    matter.due = None
    matter.save(update_fields=["state", "due"])
    handling = Handling.objects.create(
        matter=matter,
        place=matter.place,
        lead=lead,
        person=person,
        plan=plan,
        standard=standard,
        deadline=deadline,
        proposed_on=timezone.localdate(),
    )
    handling.partners.set(partners)
    _rest_on_opinions(handling)
    write_entry(matter, unit=str(lead.pk), partners=len(partners), due=deadline.isoformat(), private={"plan": plan})
    tell_heads(matter, "propose", f"“{matter.title}”（{matter.number}）的拟办建议等办公室审核。")
    return matter
