"""What may be said of a district matter, in fixed words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Difficulty(models.TextChoices):
    """Why a matter has found no door so far: these stand on the one-stop list."""

    POLICY_EDGE = "policy_edge", _("政策边缘问题")
    OLD_DEBT = "old_debt", _("历史遗留问题")
    OVERLAP = "overlap", _("多部门职能交叉问题")


class Body(models.TextChoices):
    """Who decides on a matter of the district, in order."""

    COMMITTEE = "committee", _("区委工委")
    OFFICE = "office", _("领导小组办公室")
    GROUP = "group", _("领导小组")
    CONSULTATION = "consultation", _("区级民主协商会")
    SPECIAL = "special", _("专题协商会")
    HEADS_MEETING = "heads_meeting", _("区长办公会")
    STANDING_COMMITTEE = "standing_committee", _("区委常委会")


class Verdict(models.TextChoices):
    """What a body came to."""

    PASSED = "passed", _("同意")
    RETURNED = "returned", _("退回")
    DECLINED = "declined", _("不同意")
    AGREED = "agreed", _("议定")
    PENDING = "pending", _("待定")


class Role(models.TextChoices):
    """In what role a unit handles a matter."""

    LEAD = "lead", _("主办")
    SUPPORT = "support", _("协办")


class WithWhom(models.TextChoices):
    """With whom the handling unit was in touch."""

    PROPOSER = "proposer", _("提出人")
    DEPUTY = "deputy", _("人大代表、政协委员")
    PLACE = "place", _("街乡、社区（村）")
    UTILITY = "utility", _("水电气热等专业单位")
    OTHER = "other", _("其他单位")


class CoordinationKind(models.TextChoices):
    """How a hard case is moved."""

    SPECIAL = "special", _("专题调度")
    CITY = "city", _("与市级部门协调")
    VISIT = "visit", _("区领导现场调研")


class ResultKind(models.TextChoices):
    """The three results of handling, each with its own duties."""

    SOLVED = "solved", _("已经解决")
    PLANNED = "planned", _("列入计划，创造条件解决")
    INFEASIBLE = "infeasible", _("确实不可行，说明情况")


class Satisfaction(models.TextChoices):
    """What a proposer says of the answer."""

    SATISFIED = "satisfied", _("满意")
    MOSTLY = "mostly", _("基本满意")
    NOT_SATISFIED = "not_satisfied", _("不满意")
