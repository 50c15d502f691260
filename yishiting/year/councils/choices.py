"""What may be said of candidates, seats and visits, in fixed words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Route(models.TextChoices):
    """The three routes to candidacy, and the name that voters write themselves."""

    NOMINATION = "nomination", _("党组织或居（村）委会提名")
    RECOMMENDATION = "recommendation", _("居（村）民推荐")
    SELF_NOMINATION = "self_nomination", _("自荐")
    SENT = "sent", _("推派")
    WRITTEN_IN = "written_in", _("投票时另选")
    ENTERED = "entered", _("随在任一届登记")


class Publishable(models.TextChoices):
    """What of a candidate may be published besides the name, if they agree."""

    GENDER = "gender", _("性别")
    BIRTH_YEAR = "birth_year", _("出生年份")
    UNIT = "unit", _("单位或楼院")
    INTRODUCTION = "introduction", _("简介")


class Leaving(models.TextChoices):
    """Why a representative leaves before the term is over."""

    RESIGNED = "resigned", _("本人辞去")
    MOVED = "moved", _("迁出本地或离开原单位")
    LOST = "lost", _("资格终止")
    REPLACED = "replaced", _("推派的单位另派")
    OTHER = "other", _("其他")


class OutreachKind(models.TextChoices):
    """How a representative meets people between the meetings."""

    HOME = "home", _("入户走访")
    RECEPTION = "reception", _("接待居民")
    SITE = "site", _("现场察看")
