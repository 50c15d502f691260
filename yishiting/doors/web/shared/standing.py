"""Where a matter stands, as the end of the one sentence about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.matters import Matter
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.states import State as ProposalState
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
    ProposalState.HANDED_DOWN: gettext_lazy("上级答复由本地办理，等本地回复是否承办"),
    ProposalState.NOT_NOW: gettext_lazy("暂时不办，具备什么条件再办已经写明"),
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


def stands(matter: Matter) -> str | Promise:
    """What the furthest thing of the matter has come to: the project, or the proposal, or the suggestion."""
    if matter.project is not None:
        return OF_A_PROJECT[ProjectState(matter.project.state)]
    if matter.goes_on is not None:
        return OF_A_PROPOSAL[ProposalState(matter.goes_on.state)]
    return OF_A_SUGGESTION[SuggestionState(matter.head.state)] if matter.head else ""
