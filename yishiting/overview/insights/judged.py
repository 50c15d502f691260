"""The facts by which subdistricts, townships and departments are judged: what was done in time, what residents say of it."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from yishiting.instruments.publicity.models import Objection
from yishiting.overview.insights.counting import Counted, Figure, Period, Rows
from yishiting.year.dossiers.models import Referral, ReferralKind
from yishiting.year.evaluation.models import Review
from yishiting.year.evaluation.states import State as ReviewState
from yishiting.year.matters.choices import Role, Satisfaction
from yishiting.year.matters.models import Dispatch, Opinion, Rating, Result
from yishiting.year.matters.states import DispatchState, OpinionState
from yishiting.year.projects.models import Finding, Project
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

#: What is no case of its own: it was taken down by mistake, lives on in another, or was settled where it was said.
NO_CASE = (SuggestionState.STRUCK, SuggestionState.SPLIT)
PLACE = "place__division_path"


def in_time(done: str, due: str) -> Q:
    """Done, and on its last day at the latest."""
    return Q(**{f"{done}__isnull": False, f"{done}__lte": F(due)})


def answers_of(result: Any) -> Counted:
    """Satisfied and mostly satisfied of the valid answers of one review, or none where it kept no counts."""
    kept = (result or {}).get("answers") or {}
    return Counted(kept.get("satisfied", 0) + kept.get("mostly", 0), kept.get("valid", 0))


def _declared(period: Period) -> Rows:
    rows = Review.objects.filter(period.within("declared_on"), state__in=(ReviewState.PASSED, ReviewState.FAILED))
    return rows.select_related("place", "project")


def _screened(period: Period) -> Rows:
    return Suggestion.objects.filter(period.within("screen_due")).exclude(state__in=NO_CASE).select_related("place")


def _answered(period: Period) -> Rows:
    own = Suggestion.objects.filter(period.within("answer_due"), merged_into=None)
    return own.exclude(state__in=NO_CASE).select_related("place")


def _due_works(period: Period) -> Rows:
    rows = Project.objects.filter(period.within("deadline"))
    return rows.exclude(state__in=(ProjectState.PLANNING, ProjectState.STOPPED)).select_related("place")


def _findings(period: Period) -> Rows:
    return Finding.objects.filter(period.within("due")).select_related("place", "project")


def _objections(period: Period) -> Rows:
    return Objection.objects.filter(period.within("answer_due")).select_related("place", "notice")


def _reported(period: Period) -> Rows:
    rows = Referral.objects.filter(period.within("due"), kind=ReferralKind.UP)
    return rows.select_related("to_place", "dossier")


OF_PLACES = (
    Figure(
        "satisfaction",
        _("居民满意率"),
        _("评议会上的有效评价"),
        _("满意和基本满意"),
        _declared,
        PLACE,
        says="project__title",
        day="declared_on",
        answers=("result", answers_of),
    ),
    Figure(
        "reviews_passed",
        _("评议达标率"),
        _("宣布过评议结果的项目"),
        _("达到标准"),
        _declared,
        PLACE,
        Q(state=ReviewState.PASSED),
        "project__title",
        "declared_on",
    ),
    Figure(
        "works_in_time",
        _("项目按期完成率"),
        _("到了完成时限的实事项目"),
        _("在时限以前完工"),
        _due_works,
        PLACE,
        in_time("completed_on", "deadline"),
        day="deadline",
    ),
    Figure(
        "answers_in_time",
        _("建议按期答复率"),
        _("到了答复期限的有效建议"),
        _("按期答复"),
        _answered,
        PLACE,
        in_time("answered_on", "answer_due"),
        day="answer_due",
    ),
    Figure(
        "screening_in_time",
        _("初审按期率"),
        _("到了初审期限的建议"),
        _("按期初审"),
        _screened,
        PLACE,
        in_time("screened_on", "screen_due") | Q(state__in=(SuggestionState.SETTLED, SuggestionState.MERGED)),
        day="screen_due",
    ),
    Figure(
        "findings_in_time",
        _("监督意见按期整改率"),
        _("到了整改期限的监督意见"),
        _("按期整改并答复"),
        _findings,
        PLACE,
        in_time("answered_on", "due"),
        "text",
        "due",
    ),
    Figure(
        "reported_in_time",
        _("下级报送按期答复率"),
        _("下级报送、到了答复期限的事项"),
        _("按期答复"),
        _reported,
        "to_place__division_path",
        in_time("answered_on", "due"),
        "dossier__number",
        "due",
    ),
    Figure(
        "objections_in_time",
        _("异议按期答复率"),
        _("到了答复期限的公示异议"),
        _("按期答复"),
        _objections,
        PLACE,
        in_time("answered_on", "answer_due"),
        "receipt",
        "answer_due",
    ),
)


def _led(period: Period) -> Rows:
    """What a unit leads, with an answer due in the period."""
    rows = Dispatch.objects.filter(period.within("matter__due"), role=Role.LEAD, state=DispatchState.COUNTERSIGNED)
    return rows.select_related("place", "unit", "matter")


def _signing(period: Period) -> Rows:
    rows = Dispatch.objects.filter(period.within("due")).exclude(state=DispatchState.REPLACED)
    return rows.select_related("place", "unit", "matter")


def _opinions(period: Period) -> Rows:
    rows = Opinion.objects.filter(period.within("due")).exclude(state=OpinionState.WITHDRAWN)
    return rows.select_related("place", "unit", "matter")


def _rated(period: Period) -> Rows:
    """What proposers said of answers, each with the unit that led; those that helped are not judged by it."""
    led = Q(matter__dispatches__role=Role.LEAD, matter__dispatches__state=DispatchState.COUNTERSIGNED)
    rows = Rating.objects.filter(led, period.within("rated_on")).annotate(leader=F("matter__dispatches__unit"))
    return rows.select_related("place", "matter")


_ANSWERED = Result.objects.filter(
    matter=OuterRef("matter"), round=OuterRef("matter__round"), answered_on__lte=OuterRef("matter__due")
)
OF_UNITS = (
    Figure(
        "rated_by_proposers",
        _("提出人满意率"),
        _("提出人对答复的评价"),
        _("满意和基本满意"),
        _rated,
        "leader",
        ~Q(satisfaction=Satisfaction.NOT_SATISFIED),
        "matter__title",
        "rated_on",
    ),
    Figure(
        "matters_in_time",
        _("主办事项按期答复率"),
        _("主办、到了办理期限的区级事项"),
        _("按期答复"),
        _led,
        "unit",
        Q(Exists(_ANSWERED)),
        "matter__title",
        "matter__due",
    ),
    Figure(
        "opinions_in_time",
        _("论证意见按期出具率"),
        _("到了期限的征求意见"),
        _("按期出具"),
        _opinions,
        "unit",
        in_time("given_on", "due"),
        "matter__title",
        "due",
    ),
    Figure(
        "signed_in_time",
        _("会签按期率"),
        _("到了会签期限的分派"),
        _("按期会签或退回"),
        _signing,
        "unit",
        in_time("signed_on", "due") | in_time("returned_on", "due"),
        "matter__title",
        "due",
    ),
)
EVERY = {one.code: one for one in (*OF_PLACES, *OF_UNITS)}
