"""《为民办实事项目实施计划书》: drawn from the council's scores, ordered and decided by the directors, made public."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import A, Day, Lines, Money, Ref, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.row_parameters import Rows
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entries, write_entry
from yishiting.ground.organisations.actions.naming import UnitHere
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import paper_number
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind, PublicNotice
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.directors.actions.reports import SITTING, a_sitting_is_open
from yishiting.year.directors.actions.sittings import RESPONSIBLE
from yishiting.year.directors.models import PlannedWork, Sitting, SittingItem, Topic, WorksPlan
from yishiting.year.directors.permissions import MAY
from yishiting.year.directors.published import plan_table
from yishiting.year.directors.queries import may_carry_out, scored_rounds, taken_up, works_of
from yishiting.year.directors.rules import departures
from yishiting.year.directors.states import PLAN_LIFECYCLE as LIFECYCLE
from yishiting.year.directors.states import PlanState
from yishiting.year.proposals.actions.telling import tell_all
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.scoring.published import shown


def _scores_are_public(place: Place) -> Sentence | None:
    if scored_rounds(place).exists():
        return None
    return _("还没有公布过打分结果。请先在“打分”里请议事代表打分，“公布打分结果”，再编制实施计划书。")


ROUND = Ref(
    _("按哪一次打分"),
    scored_rounds,
    called=lambda one: f"{one.title}（{one.published_on:%Y-%m-%d}公布）",
    initial=lambda place: scored_rounds(place).first(),
)
YEAR = Whole(_("实施年度"), least=2000, most=2199, initial=lambda place: timezone.localdate().year + 1)


@verb(
    "works_plan.draft",
    _("编制实施计划书"),
    MAY,
    done=_("已按协商会的次序列出。请逐项写明牵头科室、经费、时限和标准。"),
    conditions=(_scores_are_public,),
)
def draft_plan(
    place: Place,
    *,
    by: Actor,
    score_round: Annotated[A[ScoreRound], ROUND],
    year: Annotated[int, YEAR],
) -> WorksPlan:
    """Draw up the plan of a year from what the council has scored, in the council's order; adopted ones are taken up."""
    plan = WorksPlan.objects.create(place=place, year=year, score_round=score_round)
    own = {one.label: one.proposal for one in score_round.scored.select_related("proposal")}
    works, position = list[PlannedWork](), 0
    for row in score_round.result["rows"]:
        proposal = own[row["project"]]
        adopted = proposal.state == ProposalState.ADOPTED
        position += adopted
        works.append(
            PlannedWork(
                plan=plan,
                place=place,
                proposal=proposal,
                council_place=row["place"],
                score=shown(row["figure"]),
                position=position if adopted else None,
            )
        )
    PlannedWork.objects.bulk_create(works)
    write_entry(plan, year=year, round=str(score_round.pk), items=len(works))
    return plan


LEAD = Ref(
    _("牵头科室或单位"),
    lambda work: may_carry_out(work.place),
    called=lambda one: f"{one.name}（{one.place.name}）",
    missing=_("请选牵头的科室或单位。没有的，先在“组织登记”里登记。"),
)
PARTNERS = Lines(
    _("协办单位，各出什么"),
    columns={"name": UnitHere(_("单位")), "gives": line(_("出什么"), most=120)},
    hint=_("一行一个，例如：安居物业　出人工和看护"),
    most=20,
    rows=3,
    initial=lambda work: [tuple(one) for one in work.partners],
)


def _still_drafted(work: PlannedWork) -> Sentence | None:
    drafted = work.plan.state == PlanState.DRAFTED
    return None if drafted else _("实施计划书已经决定，不能再改。要改的，请先“重新编制”。")


@verb("planned_work.write", _("填写实施内容"), MAY, done=_("已保存。"), conditions=(_still_drafted,))
def write_work(
    work: PlannedWork,
    *,
    by: Actor,
    responsible: Annotated[A[Person], RESPONSIBLE],
    lead: Annotated[A[Organisation], LEAD],
    planned_cost: Annotated[int, Money(_("计划费用"), missing=_("请写明要多少钱；不用花钱的写0。"))],
    cost_source: Annotated[str, line(_("经费来源"), most=160, hint=_("例如：街道为民办实事资金"))],
    deadline: Annotated[date, Day(_("完成时限"), missing=_("请写明哪一天以前完成。"))],
    completion_standard: Annotated[str, Text(_("完成标准"), rows=3, missing=_("请写明做到什么样算完成。"))],
    partners: Annotated[Sequence[tuple[str, str]], PARTNERS] = (),
) -> PlannedWork:
    """Write of a project who leads it, who gives what, for how much, by when, and what finished means."""
    if deadline.year < work.plan.year:
        raise Refused(_("完成时限不能早于实施年度。"), field="deadline")
    work.responsible, work.lead, work.partners = responsible, lead, [list(one) for one in partners]
    work.planned_cost, work.cost_source, work.deadline = planned_cost, cost_source, deadline
    work.completion_standard = completion_standard
    work.save()
    write_entry(
        work,
        plan=str(work.plan_id),
        deadline=deadline.isoformat(),
        private={"standard": completion_standard, "lead": lead.name},
    )
    return work


#: On a page the title stands behind the number; programs give the number alone.
GAP = "　"
ORDER = Rows(
    _("次序"),
    columns={
        "project": line(_("项目"), most=300),
        "position": Whole(_("计划次序"), least=1, most=200),
        "reason": Text(_("和协商会次序不同的理由"), most=500, rows=2),
    },
    fixed=("project",),
    optional=("position", "reason"),
    hint=_("计划次序空着，就是不列入。往前排、往后排、不列入的，写明理由，理由会公开。"),
    initial=lambda plan: [
        {"project": f"{one.proposal.number}{GAP}{one.proposal.title}", "position": one.position, "reason": one.reason}
        for one in works_of(plan)
    ],
)


def _both_orders(plan: WorksPlan) -> str:
    """The council's order, as it stands above the form."""
    return "\n".join(
        f"{one.proposal.number}　{one.proposal.title}　协商会第{one.council_place or '—'}名，{one.score}分"
        for one in works_of(plan)
    )


@verb("works_plan.arrange", _("排次序"), MAY, before=_both_orders, done=_("次序已保存，两个次序都留着。"))
def arrange(plan: WorksPlan, *, by: Actor, rows: Annotated[Sequence[Mapping[str, Any]], ORDER]) -> WorksPlan:
    """Order the plan; a project whose place departs from the council's needs a reason that the public reads."""
    LIFECYCLE.advance(plan, "works_plan.arrange")
    works = {one.proposal.number: one for one in works_of(plan)}
    told = {str(row["project"]).partition(GAP)[0].strip(): row for row in rows}
    if unknown := [number for number in told if number not in works]:
        raise Refused(_("没有这个项目：%(which)s。") % {"which": unknown[0]}, field="rows")
    places = {number: row["position"] for number, row in told.items() if row.get("position") is not None}
    if len(set(places.values())) < len(places):
        raise Refused(_("两个项目写了同一个次序，请分出先后。"), field="rows")
    for number in places:
        if works[number].proposal.state != ProposalState.ADOPTED:
            words = {"title": works[number].proposal.title}
            raise Refused(_("“%(title)s”还没有经议事协商会通过，不能列入。") % words, field="rows")
    _keep_order(works, places, {number: str(row.get("reason") or "") for number, row in told.items()})
    write_entry(plan, items=len(places))
    return plan


def _keep_order(works: Mapping[str, PlannedWork], places: Mapping[str, int], reasons: Mapping[str, str]) -> None:
    order = sorted(places, key=places.__getitem__)
    council = {
        number: one.council_place
        for number, one in works.items()
        if number in places or one.proposal.state == ProposalState.ADOPTED
    }
    departing = departures(council, order)
    for number, one in works.items():
        one.position = order.index(number) + 1 if number in places else None
        one.departs, one.reason = number in departing, reasons.get(number, "") if number in departing else ""
        if one.departs and not one.reason:
            words = {"title": one.proposal.title}
            sentence = _("“%(title)s”和协商会的次序不同，请写明理由，理由会公开。")
            raise Refused(sentence % words, field="rows")
        one.save(update_fields=["position", "departs", "reason"])


def _is_whole(plan: WorksPlan) -> Sentence | None:
    works = taken_up(plan)
    if not works:
        return _("计划书里还没有列入项目。请先“排次序”。")
    lacking = "、".join(one.proposal.title for one in works if not one.whole)
    if lacking:
        words = _("这些项目还没有写明责任领导、牵头科室、经费、时限和标准：{lacking}。请打开项目“填写实施内容”。")
        return format_lazy(words, lacking=lacking)
    return None


@verb(
    "works_plan.decide",
    _("主任办公会决定"),
    MAY,
    before=_("决定以后，次序、理由和各项内容就留存下来。接着在辖区公示。"),
    done=lambda one: _("已决定，编号%(number)s。请“公示计划书”。") % {"number": one.number},
    conditions=(_is_whole, a_sitting_is_open),
)
def decide_plan(
    plan: WorksPlan,
    *,
    by: Actor,
    sitting: Annotated[A[Sitting], SITTING],
) -> WorksPlan:
    """The directors' meeting decides the plan; both orders and every reason are kept as they were decided."""
    LIFECYCLE.advance(plan, "works_plan.decide")
    plan.decided, plan.sitting, plan.decided_on = plan_table(plan), sitting, timezone.localdate()
    plan.save(update_fields=["state", "decided", "sitting", "decided_on"])
    works = taken_up(plan)
    departing = PlannedWork.objects.filter(plan=plan, departs=True).count()
    SittingItem.objects.create(
        sitting=sitting,
        place=sitting.place,
        topic=Topic.PLAN,
        title=str(plan),
        decision=f"决定{plan}，列入{len(works)}项，和协商会次序不同的{departing}项，理由随计划书公开。",
        decided_on=plan.decided_on,
    )
    number = later(plan, "number")
    write_entries(plan, _parts(plan), number=number, items=len(works), sitting=str(sitting.pk))
    if not plan.number:
        _number(plan)
    return plan


def _parts(plan: WorksPlan) -> list[tuple[PlannedWork, dict[str, Any]]]:
    return [
        (
            one,
            {
                "plan": str(plan.pk),
                "plan_position": one.position or 0,
                "council_place": one.council_place or 0,
                "departs": one.departs,
            },
        )
        for one in works_of(plan)
    ]


def _number(plan: WorksPlan) -> None:
    def save(serials: range) -> None:
        plan.number = paper_number(f"{plan.place.name}计划", plan.year, serials[0])
        plan.save(update_fields=["number"])

    number_at_the_end(plan.place, Series.PLAN, plan.year, save)


@verb(
    "works_plan.publicise",
    _("公示计划书"),
    MAY,
    before=_("计划书马上公开，和协商会次序不同的理由也一起公开，居民可以提异议。"),
    done=lambda one: _("已公示，编号%(number)s。请在辖区显著位置张贴。") % {"number": one.notice.number},
)
def publicise_plan(plan: WorksPlan, *, by: Actor) -> WorksPlan:
    """Make public in the area what was decided, with both orders and every reason; anybody may object."""
    LIFECYCLE.advance(plan, "works_plan.publicise")
    plan.notice = _post(plan, by)
    plan.save(update_fields=["state", "notice"])
    write_entries(plan, _parts(plan), notice=str(plan.notice.pk))
    for one in taken_up(plan):
        tell_all(one.proposal, "planned", f"“{one.proposal.title}”列入{plan}，正在公示，有意见可以提异议。")
    return plan


@in_chinese
def _post(plan: WorksPlan, by: Actor) -> PublicNotice:
    return post_notice(
        plan.place,
        by=by,
        kind=NoticeKind.WORKS_PLAN,
        title=f"{plan}公示",
        body="下列实事项目，参考街乡议事协商会打分结果，由主任办公会研究决定。和协商会次序不同的，理由写在表里。",
        basis=f"主任办公会{plan.decided_on:%Y年%-m月%-d日}决定",
        table=plan.decided,
        subject=plan,
    )


def _may_be_revised(plan: WorksPlan) -> Sentence | None:
    stands = plan.notice is not None and plan.notice.state in (NoticeState.POSTED, NoticeState.CLEAR)
    if plan.state == PlanState.PUBLICISED and stands:
        return _("公示还有效，不能直接改。异议成立后，或“撤回公示”后，再重新编制。")
    return None


@verb(
    "works_plan.revise",
    _("重新编制"),
    MAY,
    done=_("可以修改了，改好以后请主任办公会再决定。"),
    conditions=(_may_be_revised,),
)
def revise_plan(plan: WorksPlan, *, by: Actor, reason: Annotated[str, Text(_("为什么重新编制"), rows=3)]) -> WorksPlan:
    """Take the plan back to the table; what was decided before stays in the minutes and in the notice."""
    LIFECYCLE.advance(plan, "works_plan.revise")
    plan.notice = None
    plan.save(update_fields=["state", "notice"])
    write_entry(plan, private={"reason": reason})
    return plan


@verb("works_plan.drop", _("不用这一稿"), MAY, done=_("已标明不用。"), kind="danger")
def drop_plan(
    plan: WorksPlan, *, by: Actor, reason: Annotated[str, line(_("原因"), missing=_("请写明为什么不用。"))]
) -> WorksPlan:
    """Put a draft aside with the reason."""
    LIFECYCLE.advance(plan, "works_plan.drop")
    plan.dropped_because = reason
    plan.save(update_fields=["state", "dropped_because"])
    write_entry(plan, private={"reason": reason})
    return plan
