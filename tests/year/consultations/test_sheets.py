"""Sheets of paper are checked against the people of their session: each once, and no more than came."""

from datetime import timedelta

import pytest

from tests.cast import TODAY, Cast
from tests.factories.consultations import open_one
from yishiting.ground.common.refused import Refused
from yishiting.year.consultations.actions import answer_questionnaire
from yishiting.year.consultations.models import Origin, Questionnaire, Response
from yishiting.year.suggestions.actions.sessions import amend_session, hold_session, withdraw_session
from yishiting.year.suggestions.models import Channel, SolicitationSession

pytestmark = pytest.mark.django_db
GIVEN = {"q1": "4至6号楼"}


def held(cast: Cast, **more: object) -> SolicitationSession:
    words = {"title": "楼门座谈会", "channel": Channel.FORUM, "held_on": TODAY, "resident": 2}
    return hold_session(cast.zaobei, by=cast.liu, **{**words, **more})


def keyed(cast: Cast, asked: Questionnaire, session: SolicitationSession | str, sheet: int | None) -> Response:
    key = session if isinstance(session, str) else str(session.pk)
    paper = {"origin": Origin.PAPER, "session_id": key, "sheet": sheet}
    return answer_questionnaire(asked, by=cast.liu, answers=GIVEN, **paper)


def test_each_sheet_once_and_no_more_than_people(cast: Cast) -> None:
    asked, session = open_one(cast), held(cast)
    keyed(cast, asked, session, 1)
    for sheet, field, words in ((1, "sheet", "已经录过"), (3, "sheet", "登记了2人"), (None, "sheet", "纸上的编号")):
        with pytest.raises(Refused, match=words) as refused:
            keyed(cast, asked, session, sheet)
        assert refused.value.field == field
    assert keyed(cast, asked, session, 2).number == 2
    other = held(cast, title="另一场")
    assert keyed(cast, asked, other, 1).sheet == 1, "every session counts its own"


def test_the_session_is_one_that_could_have_them(cast: Cast) -> None:
    asked, gone = open_one(cast), held(cast)
    withdraw_session(gone, by=cast.liu, reason="登记了两遍")
    early = held(cast, held_on=asked.opens - timedelta(days=1))
    strange = hold_session(cast.zaonan, by=cast.qian, title="座谈", channel=Channel.FORUM, held_on=TODAY, resident=9)
    for session in (gone, early, strange, "nonsense"):
        with pytest.raises(Refused) as refused:
            keyed(cast, asked, session, 1)
        assert refused.value.field == "session_id"


def test_the_people_of_a_session_are_never_fewer_than_its_sheets(cast: Cast) -> None:
    asked, session = open_one(cast), held(cast)
    keyed(cast, asked, session, 2)
    with pytest.raises(Refused, match="第2号"):
        amend_session(session, by=cast.liu, reason="数错了", resident=1)
    amend_session(session, by=cast.liu, reason="数错了", resident=3)
    assert keyed(cast, asked, session, 3).number == 2


def test_the_desk_types_one_after_the_other(cast: Cast, sign_in) -> None:
    asked, session = open_one(cast), held(cast)
    page = f"/desk/questionnaires/{asked.pk}/paper/"
    desk = sign_in(cast.liu)
    first = desk.post(page, {**GIVEN, "session_id": str(session.pk), "sheet": "1"})
    assert first.status_code == 302, first.content.decode()
    following = desk.get(first.url).content.decode()
    assert 'name="sheet" value="2"' in following
    again = desk.post(page, {**GIVEN, "session_id": str(session.pk), "sheet": "1"})
    assert again.status_code == 422
    assert "已经录过" in again.content.decode()
