"""The path of a matter: the steps walked and the steps ahead, each with who decided, when, by which rule, and why."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.matters import Matter
from yishiting.doors.web.shared.shapes import Lane, PathStep, Walked
from yishiting.doors.web.shared.standing import stands
from yishiting.ground.common.days import said as day_said
from yishiting.ground.ledger.models import Entry
from yishiting.ground.organisations.models import Office
from yishiting.ground.seasons.labels import rules_called
from yishiting.ground.seasons.queries import holidays
from yishiting.methods.workdays import workdays_between
from yishiting.year.evaluation.states import State as ReviewState
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

ENDED = {SuggestionState.SETTLED, SuggestionState.TRANSFERRED, SuggestionState.NOT_ADMISSIBLE, SuggestionState.STRUCK}
DECIDED = {
    ProposalState.ADOPTED: gettext_lazy("审议通过"),
    ProposalState.PENDING: gettext_lazy("列为待定，继续协商"),
    ProposalState.DECLINED: gettext_lazy("审议未通过"),
    ProposalState.REPORTED_UP: gettext_lazy("审议通过"),
    ProposalState.NOT_NOW: gettext_lazy("暂不办理，列明条件"),
}
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
    found = [*_first_words(matter), *_screened(matter, today)]
    if not told:
        found = [replace(step, why=_("理由已告诉提出人。") if step.why else "") for step in found]
    if matter.head is not None and matter.head.state in ENDED:
        return found
    found += _deliberated(matter)
    if matter.proposal is not None and matter.proposal.state in (ProposalState.DECLINED, ProposalState.NOT_NOW):
        return found
    if matter.proposal is not None and matter.proposal.state == ProposalState.REPORTED_UP:
        return [*found, _reported(matter)]
    return found + _carried_out(matter, today)


def summary(matter: Matter) -> str:
    """One plain sentence: what became of it, and what comes next."""
    head, others = matter.head, max(len(matter.suggestions) - 1, 0)
    start = _("这件事来自一条建议") if head is not None else _("这件事")
    if others:
        start = _("%(n)s条同样的建议合并为一项") % {"n": others + 1}
    return _("%(start)s，%(now)s") % {"start": start, "now": f"{stands(matter)}{_percent(matter)}"}


def _percent(matter: Matter) -> str:
    project = matter.project
    if project is None or project.state != ProjectState.UNDERWAY or project.deadline is None:
        return _("。")
    return _("，进度%(percent)s%%，计划%(day)s前完成。") % {
        "percent": project.percent,
        "day": day_said(project.deadline, "plain"),
    }


def _first_words(matter: Matter) -> list[PathStep]:
    head = matter.head
    if head is None:
        return []
    count = len(matter.suggestions)
    why = _("共%(n)s条同样的建议，原话都保留。") % {"n": count} if count > 1 else ""
    return [PathStep("resident", _("提出建议"), "done", who=head.get_channel_display(), on=head.received_on, why=why)]


def _screened(matter: Matter, today: date) -> list[PathStep]:
    head, last = matter.head, matter.screening
    if head is None:
        return []
    if last is None and head.state == SuggestionState.SETTLED:
        return [PathStep("community", _("当场解决"), "done", on=head.answered_on, why=_last_answer(matter))]
    if last is None:
        left = workdays_between(today, head.screen_due, holidays())
        return [
            PathStep("community", _("初审"), "now", next=_("社区对照四项标准初审"), by=head.screen_due, days_left=left)
        ]
    again = _reviewed(matter, head, today)
    waits = _AWAITED.get(SuggestionState(head.state), "")
    walked: Walked = "now" if waits else "stopped" if head.state in ENDED and not again else "done"
    title = _("初审：%(state)s") % {"state": SuggestionState(last.result).label}
    entry = matter.entry("suggestion.screen", head)
    step = _decided("community", title, walked, entry, on=last.screened_on, rule=last.rules_label, why=last.reason)
    return [replace(step, next=waits), *again]


#: What a screened suggestion waits for before the screening is over.
_AWAITED = {
    SuggestionState.MORE_WORK: gettext_lazy("提出人补充材料，再次初审"),
    SuggestionState.RECEIVED: gettext_lazy("社区对照四项标准初审"),
}


def _reviewed(matter: Matter, head: Suggestion, today: date) -> list[PathStep]:
    """The second look the proposer asked for, while it is taken and when it is over."""
    if head.state == SuggestionState.APPEALED:
        left = workdays_between(today, head.answer_due, holidays()) if head.answer_due else None
        asks = _("由做初审以外的人复核，答复提出人")
        return [PathStep("community", _("复核"), "now", next=asks, by=head.answer_due, days_left=left)]
    entry = matter.entry("suggestion.decide_appeal", head)
    if entry is None:
        return []
    kept = head.state == SuggestionState.NOT_ADMISSIBLE
    title = _("复核：维持原来的结果") if kept else _("复核：改为有效建议")
    on = timezone.localdate(entry.at)
    return [_decided("community", title, "stopped" if kept else "done", entry, on=on, rule=entry.rules, why="")]


def _last_answer(matter: Matter) -> str:
    return matter.answers[-1].text if matter.answers else ""


def _deliberated(matter: Matter) -> list[PathStep]:
    proposal, title = matter.proposal, _("议事协商会审议")
    if proposal is None:
        ready = matter.head is not None and matter.head.state == SuggestionState.VALID
        return [
            PathStep("community", title, "now" if ready else "ahead", next=_("形成建议案，提请审议") if ready else "")
        ]
    if proposal.state in (ProposalState.DRAFTED, ProposalState.TABLED):
        meeting = proposal.agenda_item.meeting if proposal.agenda_item else None
        return [
            PathStep(
                "community",
                title,
                "now",
                next=_("提请议事协商会审议表决"),
                by=meeting.day if meeting else None,
            )
        ]
    pending = proposal.state == ProposalState.PENDING
    stopped = proposal.state in (ProposalState.DECLINED, ProposalState.NOT_NOW)
    decided = _decided(
        "community",
        DECIDED[ProposalState(proposal.state)],
        "now" if pending else "stopped" if stopped else "done",
        matter.entry("proposal.decide", proposal),
        on=proposal.decided_on,
        rule=proposal.resolution_number or proposal.rules_label,
        why=proposal.decision_reason or proposal.conditions,
    )
    return [replace(decided, next=_("继续协商，再次提请审议")) if pending else decided]


def _reported(matter: Matter) -> PathStep:
    proposal = matter.proposal
    place = str(proposal.reported_to or "") if proposal else ""
    on = proposal.reported_on if proposal else None
    return PathStep("subdistrict", _("报送%(place)s") % {"place": place}, "now", on=on, next=_("等待上级研究答复"))


def _carried_out(matter: Matter, today: date) -> list[PathStep]:
    """Plan, publicity, work, acceptance, review: done up to where the project stands."""
    project = matter.project
    if project is not None and project.state == ProjectState.STOPPED:
        return [PathStep("community", _("项目终止"), "stopped", why=project.stop_reason)]
    return [_stage(stage, n, _here(matter), today) for n, stage in enumerate(_stages(matter))]


def _here(matter: Matter) -> int:
    """At which stage the project stands; -1 before the proposal is adopted."""
    if matter.project is None:
        return 0 if matter.proposal is not None and matter.proposal.state == ProposalState.ADOPTED else -1
    state = ProjectState(matter.project.state)
    return PROJECT_ORDER.index(ProjectState.UNDERWAY if state == ProjectState.RECTIFYING else state)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a project: what it is called, what it asks for, when it was done, by which verb, and by when it is due."""

    title: str
    asks: str
    done_on: date | None = None
    entry: Entry | None = None
    due: date | None = None
    rule: str = ""
    why: str = ""


def _stages(matter: Matter) -> list[Stage]:
    project, last = matter.project, matter.reviews[-1] if matter.reviews else None
    notice = project.notice if project else None
    said = matter.entry
    return [
        Stage(
            _("立项，制定方案"),
            _("写明责任人、时限、标准和后期维护"),
            timezone.localdate(project.created_at) if project else None,
            said("project.open", project),
            rule=project.rules_label if project else "",
        ),
        Stage(
            _("方案公示"),
            _("听取异议"),
            notice.posted_on if notice else None,
            said("project.publicise_plan", project),
            notice.last_day if notice else None,
        ),
        Stage(
            _("实施"),
            _work_asks(project),
            project.started_on if project else None,
            said("project.start", project),
            project.due if project else None,
        ),
        Stage(
            _("监督小组验收"),
            _("对照完成标准签字"),
            project.accepted_on if project else None,
            said("project.accept", project),
        ),
        Stage(
            _("年终评议"),
            _("逐项测评满意度"),
            last.declared_on if last else None,
            said("review.declare", last),
            rule=last.rules_label if last else "",
            why=_review_says(matter),
        ),
    ]


def _work_asks(project: Project | None) -> str:
    if project is not None and project.state == ProjectState.RECTIFYING:
        return _("按意见整改，再报告完工")
    return _("按方案实施，已完成%(n)s%%") % {"n": project.percent if project else 0}


def _stage(stage: Stage, n: int, here: int, today: date) -> PathStep:
    if n < here:
        return _decided("community", stage.title, "done", stage.entry, on=stage.done_on, rule=stage.rule, why=stage.why)
    if n > here:
        return PathStep("community", stage.title, "ahead")
    left = workdays_between(today, stage.due, holidays()) if stage.due else None
    return PathStep("community", stage.title, "now", why=stage.why, next=stage.asks, by=stage.due, days_left=left)


def _review_says(matter: Matter) -> str:
    done = [one for one in matter.reviews if one.state != ReviewState.LISTED]
    return str(done[-1].result.get("says", "")) if done else ""


def _decided(
    lane: Lane, title: str | Promise, walked: Walked, entry: Entry | None, *, on: date | None, rule: str, why: str
) -> PathStep:
    return PathStep(lane, title, walked, who=_office(entry), on=on, rule=rules_called(rule), why=why)


def _office(entry: Entry | None) -> str:
    if entry is None or not entry.office:
        return ""
    return str(Office(entry.office).label) if entry.office in Office.values else entry.office
