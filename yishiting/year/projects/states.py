"""The lifecycle of a project and of a finding."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.lifecycle import Lifecycle, stays, transition


class State(models.TextChoices):
    """Where a project stands."""

    PLANNING = "planning", _("制定方案")
    PUBLICISED = "publicised", _("方案公示")
    UNDERWAY = "underway", _("实施中")
    COMPLETED = "completed", _("完工，等待验收")
    RECTIFYING = "rectifying", _("整改中")
    ACCEPTED = "accepted", _("验收合格")
    REVIEWED = "reviewed", _("评议达标")
    STOPPED = "stopped", _("终止，已说明")


S = State

AT_WORK = (S.UNDERWAY, S.RECTIFYING)
BEFORE_THE_END = (S.PLANNING, S.PUBLICISED, *AT_WORK, S.COMPLETED, S.ACCEPTED)

#: Nothing more is done in these.
OVER = (S.ACCEPTED, S.REVIEWED, S.STOPPED)

RESTS = _("只有还在“制定方案”的项目可以增加或撤回依据的建议案。方案已经公示的，请先“撤回公示”，再“修改方案”。")
AT_ACCEPTANCE = _("项目“报告完工”以后，监督小组才验收签字。")

IN_PLAN = _("承办科室和配合单位写在公示的方案里，公示期间不能改。要改的，请“撤回公示”，再“修改方案”。")

LIFECYCLE = Lifecycle(
    State,
    S.PLANNING,
    *stays(
        "project.write_plan",
        [S.PLANNING],
        _("制定方案"),
        otherwise=_("方案已经公示，不能直接改。异议成立后，或撤回公示后，再“修改方案”。"),
    ),
    *stays("project.set_lead", [S.PLANNING, *AT_WORK, S.COMPLETED], _("调整承办科室和责任领导"), otherwise=IN_PLAN),
    *stays("project.set_partners", [S.PLANNING, *AT_WORK], _("确定配合单位"), otherwise=IN_PLAN),
    *stays(
        "project.set_team",
        [S.PLANNING, *AT_WORK],
        _("组成实施小组"),
        otherwise=_("实施小组写在公示的方案里，公示期间不能改。要改的，请“撤回公示”，再“修改方案”。完工以后不再调整。"),
    ),
    *stays("project.add_basis", [S.PLANNING], _("增加依据的建议案"), otherwise=RESTS),
    *stays("project.remove_basis", [S.PLANNING], _("撤回依据的建议案"), otherwise=RESTS),
    *stays("project.set_supervisors", [S.PLANNING, S.PUBLICISED, *AT_WORK, S.COMPLETED], _("组成监督小组")),
    transition("project.publicise_plan", [S.PLANNING], S.PUBLICISED, _("方案齐全，开始公示")),
    transition("project.revise_plan", [S.PUBLICISED], S.PLANNING, _("异议成立，修改方案")),
    transition("project.start", [S.PUBLICISED], S.UNDERWAY, _("公示期满无未决异议，开工")),
    transition(
        "project.confirm_entry",
        [S.PLANNING],
        S.UNDERWAY,
        _("上级确认登记的在办项目"),
        otherwise=_("只有用“登记在办项目”登记、还没有确认的项目，才要上级确认。"),
    ),
    *stays(
        "project.return_entry",
        [S.PLANNING],
        _("上级退回登记，写明原因"),
        otherwise=_("登记已经确认，不能再退回。不该办的，请当地“终止项目”。"),
    ),
    *stays(
        "project.amend_entry", [S.PLANNING], _("修改登记"), otherwise=_("登记已经确认，不能再改。进展请“记录进展”。")
    ),
    *stays("project.note_progress", AT_WORK, _("记录进展"), otherwise=_("“开工”以后、“报告完工”以前才记录进展。")),
    transition("project.complete", [S.UNDERWAY, S.RECTIFYING], S.COMPLETED, _("报告完工")),
    transition("project.withdraw_completion", [S.COMPLETED], S.UNDERWAY, _("还没有人签字，撤回完工报告")),
    transition("project.withdraw_completion", [S.COMPLETED], S.RECTIFYING, _("还没有人签字，撤回完工报告，继续整改")),
    *stays("project.sign", [S.COMPLETED], _("监督小组成员签字"), otherwise=AT_ACCEPTANCE),
    *stays("project.note_signatures", [S.COMPLETED], _("登记纸质签字"), otherwise=AT_ACCEPTANCE),
    transition("project.accept", [S.COMPLETED], S.ACCEPTED, _("监督小组对照标准验收合格")),
    transition("project.accept", [S.COMPLETED], S.RECTIFYING, _("验收不合格，限期整改")),
    transition("project.pass_review", [S.ACCEPTED], S.REVIEWED, _("年终评议达标")),
    transition("project.fail_review", [S.ACCEPTED], S.RECTIFYING, _("评议未达标，再次整改")),
    *stays("finding.raise", BEFORE_THE_END, _("提出监督意见")),
    transition("project.stop", [S.PLANNING, S.PUBLICISED, S.UNDERWAY, S.RECTIFYING], S.STOPPED, _("终止，写明原因")),
    usual={
        S.PLANNING: ("project.confirm_entry", "project.publicise_plan", "project.write_plan"),
        S.PUBLICISED: "project.start",
        S.UNDERWAY: "project.note_progress",
        S.RECTIFYING: "project.note_progress",
        S.COMPLETED: ("project.accept", "project.sign", "project.note_signatures"),
    },
)


class FindingState(models.TextChoices):
    """Where a finding of the supervision group stands."""

    OPEN = "open", _("待整改")
    ANSWERED = "answered", _("已答复，待确认")
    CLOSED = "closed", _("已确认整改")


FINDING_LIFECYCLE = Lifecycle(
    FindingState,
    FindingState.OPEN,
    transition("finding.answer", [FindingState.OPEN], FindingState.ANSWERED, _("整改并答复")),
    transition("finding.confirm", [FindingState.ANSWERED], FindingState.CLOSED, _("监督小组确认")),
    transition("finding.reject", [FindingState.ANSWERED], FindingState.OPEN, _("监督小组认为没有整改到位")),
    usual={FindingState.OPEN: "finding.answer", FindingState.ANSWERED: "finding.confirm"},
)
