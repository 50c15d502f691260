"""The path of a matter: the steps walked, as they happened, and the steps ahead, each with what is next, where and by when."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from yishiting.doors.web.shared.happened import walked
from yishiting.doors.web.shared.lanes import lane_of
from yishiting.doors.web.shared.matters import Matter
from yishiting.doors.web.shared.shapes import PathStep
from yishiting.doors.web.shared.standing import passed_across, stands
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import common_place
from yishiting.ground.seasons.queries import holidays
from yishiting.methods.workdays import workdays_between
from yishiting.year.dossiers.models import Outcome, ReferralKind
from yishiting.year.dossiers.queries import last_sent, last_way_up, waiting_referral
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import ABOVE
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

#: Nothing comes after these.
ENDED = {
    SuggestionState.SETTLED,
    SuggestionState.TRANSFERRED,
    SuggestionState.NOT_ADMISSIBLE,
    SuggestionState.STRUCK,
    SuggestionState.SPLIT,
    ProposalState.DECLINED,
    ProposalState.NOT_NOW,
    ProposalState.NOT_FEASIBLE,
    ProjectState.STOPPED,
}
#: Nothing is left to be done on these.
OVER_FOR_GOOD = {ProjectState.STOPPED, ProjectState.REVIEWED}
PROJECT_ORDER = (
    ProjectState.PLANNING,
    ProjectState.PUBLICISED,
    ProjectState.UNDERWAY,
    ProjectState.COMPLETED,
    ProjectState.ACCEPTED,
    ProjectState.REVIEWED,
)


def steps(matter: Matter, today: date, *, told: bool = True) -> list[PathStep]:
    """The steps in order; exactly one is `now` unless the matter has ended. Not `told`: reasons stay with the proposer."""
    past = [one.step for one in walked(matter)]
    if not told:
        past = [replace(step, why=_("理由凭受理号可以查看。") if step.why else "") for step in past]
    if (elsewhere := _elsewhere(matter, today)) is not None:
        return [*past, elsewhere if told else replace(elsewhere, who=_("有关单位"))]
    if _state(matter) == ProposalState.PASSED_ON:
        return past
    if _state(matter) in ENDED:
        return [*past[:-1], *(replace(step, walked="stopped") for step in past[-1:])]
    return past + _ahead(matter, today)


def _elsewhere(matter: Matter, today: date) -> PathStep | None:
    """What waits for the answer of a unit or another place, or is done there as planned, while nothing else goes on."""
    thing = passed_across(matter)
    sent = last_sent(thing.dossier, ReferralKind.ACROSS, thing.place) if thing is not None else None
    if thing is None or sent is None:
        return None
    if sent.answered_on is None:
        step = _now(_("等承接单位答复"), sent.to_place, _("答复，或者说明为什么退回"), sent.due, today)
        return replace(step, who=sent.where)
    if sent.outcome == Outcome.PLANNED and isinstance(thing, Proposal):
        step = _now(_("承接单位办理"), sent.to_place, _("办好以后再答复；没有办的，退回"), None, today)
        return replace(step, who=sent.where)
    if sent.outcome == Outcome.RETURNED:
        return _now(_("已退回"), thing.place, _("再转给有关单位，或者重新初审"), None, today)
    return None


def _state(matter: Matter) -> str:
    """The state of the furthest thing; of several projects, of one that still goes on."""
    going_on = [one for one in matter.projects if one.state not in ENDED]
    furthest = next(iter([*going_on, *matter.projects]), None) or matter.goes_on or matter.head
    return furthest.state if furthest is not None else ""


def summary(matter: Matter) -> str:
    """One plain sentence: what became of it, and what comes next."""
    head, others = matter.head, max(len(matter.suggestions) - 1, 0)
    start = _("这件事来自一条建议") if head is not None else _("这件事")
    if len(matter.rests_on) > 1:
        start = _("%(n)s件建议案合并立项，来自%(said)s条建议") % {"n": len(matter.rests_on), "said": others + 1}
    elif others:
        start = _("%(n)s条同样的建议合并为一项") % {"n": others + 1}
    return _("%(start)s，%(now)s。") % {"start": start, "now": stands(matter)}


def _ahead(matter: Matter, today: date) -> list[PathStep]:
    """What is next, and the steps behind it."""
    if matter.projects:
        return _works_ahead(matter.projects, today)
    proposal = matter.goes_on
    if proposal is not None and proposal.state == ProposalState.ADOPTED:
        return _carried_out(proposal.place, None, today)
    if proposal is not None:
        taken_on = proposal.state == ProposalState.TAKEN_ON
        later = [] if taken_on else _carried_out(proposal.place, None, today, here=-1)
        return [_proposed(proposal, today), *later]
    if matter.head is None:
        return []
    place = _joined_at(matter.suggestions) or matter.head.place
    return [*_received(matter.head, place, today), *_carried_out(place, None, today, here=-1)]


def _joined_at(suggestions: list[Suggestion]) -> Place | None:
    """Who goes on with what several places said: the nearest place above them, which has put it together."""
    return common_place([one.place for one in suggestions])


def _received(head: Suggestion, place: Place, today: date) -> list[PathStep]:
    """What a suggestion waits for that is in no proposal."""
    council = _("议事协商会审议")
    if head.state == SuggestionState.VALID:
        return [_now(council, place, _("形成建议案，提请审议"), None, today)]
    if head.state == SuggestionState.APPEALED:
        now = _now(_("复核"), place, _("由做初审以外的人复核，答复提出人"), head.answer_due, today)
    elif head.state == SuggestionState.MORE_WORK:
        now = PathStep("resident", _("补充材料"), "now", next=_("提出人补充材料，再次初审"))
    else:
        asks = _("%(here)s对照四项标准初审") % {"here": place.word_in_reply}
        now = _now(_("初审"), place, asks, head.screen_due, today)
    return [now, PathStep(lane_of(place), council, "ahead")]


def _proposed(proposal: Proposal, today: date) -> PathStep:
    """What a proposal waits for: the council, or the place above."""
    if proposal.state == ProposalState.HANDED_DOWN:
        return _handed_down(proposal, today)
    sent = last_way_up(proposal.dossier) if proposal.state in ABOVE else None
    if sent is not None:
        told, above = {"place": sent.to_place}, sent.to_place
        if proposal.state == ProposalState.REPORTED_UP:
            return _now(_("等待答复"), above, _("%(place)s研究答复") % told, sent.due, today)
        return _in_hand(proposal, above, today)
    meeting = proposal.agenda_item.meeting if proposal.agenda_item else None
    pending = proposal.state == ProposalState.PENDING
    asks = _("继续协商，再次提请审议") if pending else _("提请议事协商会审议表决")
    day = meeting.day if meeting and not pending and meeting.day >= today else None
    return _now(_("议事协商会审议"), proposal.place, asks, day, today)


def _in_hand(proposal: Proposal, above: Place, today: date) -> PathStep:
    """The place above does it: the section that has it in hand opens a project by a day."""
    sent = waiting_referral(proposal.dossier, ReferralKind.INSIDE, above)
    if sent is None:
        return _now(_("由上级办理"), above, _("%(place)s办理，结果再答复") % {"place": above}, None, today)
    step = _now(_("由上级办理"), above, _("%(section)s立项") % {"section": sent.receiver}, sent.due, today)
    return replace(step, who=f"{above}{sent.receiver}")


def _handed_down(proposal: Proposal, today: date) -> PathStep:
    """The place says whether it carries out what the one above has answered that it does."""
    here = proposal.place
    sent = waiting_referral(proposal.dossier, ReferralKind.DOWN, here.parent) if here.parent is not None else None
    asks = _("回复是否承办；不能承办的，写明理由退回")
    return _now(_("上级交办，等本地同意"), here, asks, sent.due if sent is not None else None, today)


def _now(title: str, place: Place | None, asks: str, due: date | None, today: date) -> PathStep:
    """What is next, in the lane of the place that is to do it."""
    left = workdays_between(today, due, holidays()) if due else None
    who = str(place or "")
    return PathStep(lane_of(place), title, "now", who=who, next=asks, by=due, days_left=left)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a project: what it is called, what it asks for, and by when it is due."""

    title: str
    asks: str
    due: date | None = None


def _works_ahead(projects: list[Project], today: date) -> list[PathStep]:
    """Of each project that still goes on what is next; behind that, what the one that is furthest behind has before it."""
    left = sorted((one for one in projects if one.state not in OVER_FOR_GOOD), key=_here)
    if len(projects) == 1 or not left:
        return [step for one in left for step in _carried_out(one.place, one, today)]
    nexts = [(one, _carried_out(one.place, one, today)) for one in left]
    named = [_("%(what)s：%(which)s") % {"what": ahead[0].title, "which": one.title} for one, ahead in nexts]
    return [
        *(replace(ahead[0], title=name) for name, (_one, ahead) in zip(named, nexts, strict=True)),
        *nexts[0][1][1:],
    ]


def _carried_out(place: Place, project: Project | None, today: date, *, here: int = 0) -> list[PathStep]:
    """Plan, publicity, work, acceptance, review: from where the project stands; -1 before the proposal is adopted."""
    here = _here(project) if project is not None else here
    ahead = [(n, stage) for n, stage in enumerate(_stages(project, today)) if n >= here]
    return [
        _now(stage.title, place, stage.asks, stage.due, today)
        if n == here
        else PathStep(lane_of(place), stage.title, "ahead")
        for n, stage in ahead
    ]


def _here(project: Project) -> int:
    state = ProjectState(project.state)
    return PROJECT_ORDER.index(ProjectState.UNDERWAY if state == ProjectState.RECTIFYING else state)


def _stages(project: Project | None, today: date) -> list[Stage]:
    return [
        Stage(_("制定方案") if project else _("立项，制定方案"), _("写明责任人、时限、标准和后期维护")),
        _publicity(project, today),
        Stage(_("实施"), _work_asks(project), project.due if project else None),
        Stage(_("监督小组验收"), _("对照完成标准签字")),
        Stage(_("年终评议"), _("逐项测评满意度")),
    ]


def _publicity(project: Project | None, today: date) -> Stage:
    """A notice that has run its time is not late: the work may begin."""
    last = project.notice.last_day if project is not None and project.notice is not None else None
    if last is not None and last < today:
        return Stage(_("方案公示"), _("公示期已满，没有未决异议就开工"))
    return Stage(_("方案公示"), _("听取异议"), last)


def _work_asks(project: Project | None) -> str:
    if project is not None and project.state == ProjectState.RECTIFYING:
        return _("按意见整改，再报告完工")
    return _("按方案实施，已完成%(n)s%%") % {"n": project.percent if project else 0}
