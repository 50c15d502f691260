"""Where a matter stands, as the end of the one sentence about it."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.matters import Matter
from yishiting.ground.common.days import said as day_said
from yishiting.ground.seasons.queries import holidays
from yishiting.methods.workdays import workdays_between
from yishiting.year.dossiers.models import Outcome, ReferralKind
from yishiting.year.dossiers.queries import last_sent
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import AT_WORK
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

OF_A_SUGGESTION = {
    SuggestionState.RECEIVED: gettext_lazy("正在等待初审"),
    SuggestionState.MORE_WORK: gettext_lazy("等提出人补充材料"),
    SuggestionState.SETTLED: gettext_lazy("已经当场解决"),
    SuggestionState.VALID: gettext_lazy("初审认定有效，等待写成建议案"),
    SuggestionState.TRANSFERRED: gettext_lazy("已经转给有关单位办理"),
    SuggestionState.NOT_ADMISSIBLE: gettext_lazy("没有受理，理由凭受理号可以查看"),
    SuggestionState.APPEALED: gettext_lazy("提出人不同意初审结果，正在复核"),
    SuggestionState.MERGED: gettext_lazy("已经和同样的建议合在一起办理"),
    SuggestionState.SPLIT: gettext_lazy("已经分成几件事分别办理"),
    SuggestionState.STRUCK: gettext_lazy("录入有误，已经撤销"),
}
OF_A_PROPOSAL = {
    ProposalState.DRAFTED: gettext_lazy("已经写成建议案，等待提请审议"),
    ProposalState.TABLED: gettext_lazy("已经写成建议案，提请议事协商会审议"),
    ProposalState.ADOPTED: gettext_lazy("建议案已经审议通过，等待立项"),
    ProposalState.PENDING: gettext_lazy("建议案列为待定，还要继续协商"),
    ProposalState.DECLINED: gettext_lazy("建议案没有通过，理由已经说明"),
    ProposalState.REPORTED_UP: gettext_lazy("建议案已经报送上级，等待答复"),
    ProposalState.TAKEN_ON: gettext_lazy("建议案已经报送上级，由上级办理"),
    ProposalState.PASSED_ON: gettext_lazy("建议案已经转给有关单位或者别的地方，等待答复"),
    ProposalState.HANDED_DOWN: gettext_lazy("上级答复由本地办理，等本地回复是否承办"),
    ProposalState.NOT_NOW: gettext_lazy("暂时不办，具备什么条件、哪一天再研究已经写明"),
    ProposalState.NOT_FEASIBLE: gettext_lazy("上级答复不可行，理由已经说明"),
}
OF_A_PROJECT = {
    ProjectState.PLANNING: gettext_lazy("已经立为实事项目，正在制定方案"),
    ProjectState.PUBLICISED: gettext_lazy("已经立为实事项目，方案正在公示"),
    ProjectState.UNDERWAY: gettext_lazy("已经立为实事项目，正在实施"),
    ProjectState.COMPLETED: gettext_lazy("已经立为实事项目，已完工，等待验收"),
    ProjectState.RECTIFYING: gettext_lazy("已经立为实事项目，正在整改"),
    ProjectState.ACCEPTED: gettext_lazy("已经立为实事项目，验收合格，等待年终评议"),
    ProjectState.REVIEWED: gettext_lazy("已经立为实事项目，验收合格，年终评议达标"),
    ProjectState.STOPPED: gettext_lazy("曾经立为实事项目，已经终止，原因已经说明"),
}


#: The same of one of several projects, after its title.
AMONG_SEVERAL = {
    ProjectState.PLANNING: gettext_lazy("正在制定方案"),
    ProjectState.PUBLICISED: gettext_lazy("方案正在公示"),
    ProjectState.UNDERWAY: gettext_lazy("正在实施"),
    ProjectState.COMPLETED: gettext_lazy("已完工，等待验收"),
    ProjectState.RECTIFYING: gettext_lazy("正在整改"),
    ProjectState.ACCEPTED: gettext_lazy("验收合格，等待年终评议"),
    ProjectState.REVIEWED: gettext_lazy("验收合格，年终评议达标"),
    ProjectState.STOPPED: gettext_lazy("已经终止，原因已经说明"),
}


def _one_of_several(project: Project) -> str:
    return f"{AMONG_SEVERAL[ProjectState(project.state)]}{how_far(project)}"


def how_far(project: Project) -> str:
    """How far the work has come and by when it is to be done; late is called late, as the mark below says it."""
    today = timezone.localdate()
    if project.due is None or project.state not in AT_WORK:
        return ""
    told = {"percent": project.percent, "day": day_said(project.due, "plain")}
    if today > project.due:
        told["n"] = str(workdays_between(project.due, today, holidays()))
        return _("，进度%(percent)s%%，原定%(day)s前完成，已超期%(n)s个工作日") % told
    return _("，进度%(percent)s%%，计划%(day)s前完成") % told


#: What a proposal that was passed on has come to, by the answer.
ACROSS: dict[str, Promise] = {
    Outcome.DONE: gettext_lazy("建议案转给承接单位，已经办好"),
    Outcome.PLANNED: gettext_lazy("建议案转给承接单位，已列入计划办理"),
}


def passed_across(matter: Matter) -> Suggestion | Proposal | None:
    """What of the matter was passed on to a unit or another place, while nothing else goes on."""
    if matter.goes_on is not None:
        return matter.goes_on if matter.goes_on.state == ProposalState.PASSED_ON else None
    head = matter.head
    return head if head is not None and head.state == SuggestionState.TRANSFERRED else None


def _proposal_stands(proposal: Proposal) -> str | Promise:
    passed_on = proposal.state == ProposalState.PASSED_ON
    sent = last_sent(proposal.dossier, ReferralKind.ACROSS, proposal.place) if passed_on else None
    return ACROSS.get(sent.outcome if sent else "", OF_A_PROPOSAL[ProposalState(proposal.state)])


def stands(matter: Matter) -> str | Promise:
    """What the furthest things of the matter have come to: the projects, or the proposal, or the suggestion."""
    if len(matter.projects) > 1:
        told = [_("“%(title)s”%(now)s") % {"title": one.title, "now": _one_of_several(one)} for one in matter.projects]
        return _("立为%(n)s个实事项目：%(each)s") % {"n": len(told), "each": _("；").join(told)}
    if matter.projects:
        project = matter.projects[0]
        return f"{OF_A_PROJECT[ProjectState(project.state)]}{how_far(project)}"
    if matter.goes_on is not None:
        return _proposal_stands(matter.goes_on)
    return OF_A_SUGGESTION[SuggestionState(matter.head.state)] if matter.head else ""
