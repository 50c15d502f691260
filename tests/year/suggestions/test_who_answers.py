"""Where the rules say so, nothing goes past the screening before somebody answers for it; they are told, and it waits."""

from datetime import date

import pytest

from tests.cast import OPERATOR, Cast
from tests.factories import proposals as P
from yishiting.ground.common.refused import Refused
from yishiting.ground.notices.models import Message
from yishiting.ground.organisations.actions import register_organisation
from yishiting.ground.organisations.models import OrganisationKind
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.ground.seasons.actions import adopt_rulebook
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.suggestions.actions import answer_many, answer_suggestion, assign_suggestion
from yishiting.year.suggestions.models import AnswerKind, Suggestion

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)
SAID = {"kind": AnswerKind.EXPLAINED, "text": "已经请供电公司来看过。"}


@pytest.fixture
def valid(cast: Cast) -> Suggestion:
    """A valid suggestion with its level, where somebody is to be named first."""
    changes = {"suggestion.assign_first": True}
    adopt_rulebook(cast.district, by=cast.sun, year=2026, changes=changes, in_force_from=TODAY)
    one = P.valid(cast)
    Suggestion.objects.filter(pk=one.pk).update(responsible_level=ResponsibleLevel.COMMUNITY)
    return Suggestion.objects.get(pk=one.pk)


def waits(cast: Cast) -> list[str]:
    return [one.verb for one in waiting_for(cast.wang, TODAY)]


def test_nothing_is_answered_or_drafted_before_somebody_answers_for_it(cast: Cast, valid: Suggestion) -> None:
    for tried in (
        lambda: answer_suggestion(valid, by=cast.liu, **SAID),
        lambda: answer_many(cast.zaobei, by=cast.liu, suggestions=[valid], **SAID),
        lambda: P.drafted(cast, suggestions=[valid]),
    ):
        with pytest.raises(Refused, match="请先“确定责任人”"):
            tried()
    assert "suggestion.assign" in waits(cast)
    assert "suggestion.answer" not in waits(cast)


def test_whoever_answers_for_it_is_told_and_it_goes_on(cast: Cast, valid: Suggestion) -> None:
    section = register_organisation(cast.maizidian, by=OPERATOR, kind=OrganisationKind.SECTION, name="城市建设管理科")
    assign_suggestion(valid, by=cast.liu, responsible=cast.wang, section=section)
    assert Message.objects.get(template="suggestion.assign").to == cast.wang
    assert Suggestion.objects.get(pk=valid.pk).section == section
    assert "suggestion.answer" in waits(cast)
    assert answer_suggestion(Suggestion.objects.get(pk=valid.pk), by=cast.liu, **SAID).kind == AnswerKind.EXPLAINED


def test_whoever_names_themselves_is_not_told(cast: Cast, valid: Suggestion) -> None:
    assign_suggestion(valid, by=cast.liu, responsible=cast.liu)
    assert not Message.objects.filter(template="suggestion.assign").exists()


def test_a_community_need_not_name_somebody_first(cast: Cast) -> None:
    assert answer_suggestion(P.valid(cast), by=cast.liu, **SAID).pk
