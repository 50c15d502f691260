"""What each season is for, in the order of the year: what it opens, and what must be done before it ends.

The dates are data (`ground.seasons.Window`); the sentences are those of the case.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.seasons.models import Season


@dataclass(frozen=True, slots=True)
class SeasonPlan:
    """One season of a community's year."""

    season: Season
    says: str | Promise
    opens: tuple[str, ...]


YEAR = (
    SeasonPlan(
        Season.CONSULTATION,
        _("集中问需、问计、问政：征集建议，初审，合并，提请议事协商会审议。"),
        ("suggestion.submit", "suggestion.take_down", "suggestion.import", "session.hold"),
    ),
    SeasonPlan(
        Season.DELIVERY,
        _("一个项目一个小组，一项实事一个方案：制定方案，公示，实施，监督。"),
        ("project.publicise_plan", "project.start", "project.note_progress", "project.complete"),
    ),
    SeasonPlan(
        Season.REVIEW,
        _("完成得好不好，由群众评：逐项评议，测评满意度，商议下一年的实事。"),
        ("review.list", "review.declare"),
    ),
)
