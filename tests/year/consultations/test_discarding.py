"""Drafts nobody has answered are thrown away; what has been opened is declared void."""

import pytest

from tests.cast import Cast
from tests.factories import consultations
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.year.consultations.actions import discard_consultation, discard_questionnaire
from yishiting.year.consultations.queries import consultations_at, questionnaires_at

pytestmark = pytest.mark.django_db


def test_drafts_are_thrown_away(cast: Cast) -> None:
    one, other = consultations.drafted(cast), consultations.a_questionnaire(cast)
    with pytest.raises(NotAllowed):
        discard_consultation(one, by=cast.lu)
    discard_consultation(one, by=cast.liu)
    discard_questionnaire(other, by=cast.liu, reason="重复了")
    assert not consultations_at(cast.zaobei).exists()
    assert not questionnaires_at(cast.zaobei).exists()


def test_what_is_open_is_no_draft(cast: Cast) -> None:
    with pytest.raises(Refused, match="已经开始的，请“意见征求作废”或“问卷作废”"):
        discard_consultation(consultations.opened(cast), by=cast.liu)
    with pytest.raises(Refused, match="已经开始的，请“意见征求作废”或“问卷作废”"):
        discard_questionnaire(consultations.open_one(cast), by=cast.liu)
