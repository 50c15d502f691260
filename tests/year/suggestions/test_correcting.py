"""What the desk typed wrongly is put right before anything rests on it: slips, contacts, imports, sessions."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.factories import proposals
from tests.factories.sheets import a_csv
from tests.factories.suggestions import ALL_PASS, a_session, a_slip, a_suggestion, a_valid_one
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.year.suggestions.actions import (
    amend_session,
    answer_suggestion,
    correct_contact,
    correct_suggestion,
    import_suggestions,
    merge_suggestions,
    screen_again,
    screen_suggestion,
    strike_suggestion,
    undo_import,
    withdraw_session,
)
from yishiting.year.suggestions.models import AnswerKind, ImportBatch, Suggestion
from yishiting.year.suggestions.queries.intake import sessions_at
from yishiting.year.suggestions.queries.likeness import similar_now
from yishiting.year.suggestions.queries.receipts import by_receipt
from yishiting.year.suggestions.queries.reports import solicitation_report
from yishiting.year.suggestions.queries.search import search
from yishiting.year.suggestions.states import State

pytestmark = pytest.mark.django_db
ROWS = a_csv(
    ("工单编号", "主要内容", "来电人", "电话"),
    ("1001", "北门路灯不亮", "甲", "13900000001"),
    ("1002", "车棚漏雨", "乙", "13900000002"),
)


def brought_in(cast: Cast, channel: str = "hotline") -> ImportBatch:
    return import_suggestions(cast.zaobei, by=cast.liu, channel=channel, name="工单.csv", content=ROWS)


# ── Slips ────────────────────────────────────────────────────────────────


def test_a_slip_is_corrected_and_found_by_its_right_words(cast: Cast) -> None:
    slip = a_slip(cast, text="自行车朋漏雨", where="5号楼", phone="13900000021")
    number = slip.receipt
    correct_suggestion(slip, by=cast.wang, text="自行车棚漏雨", where="6号楼", reason="抄错了")
    slip.refresh_from_db()
    assert (slip.text, slip.where, slip.receipt, slip.corrected) == ("自行车棚漏雨", "6号楼", number, 1)
    assert slip.state == State.RECEIVED
    assert list(search(Suggestion.objects.all(), "车棚")) == [slip]
    assert not search(Suggestion.objects.all(), "车朋").exists()
    entry = Entry.objects.latest("seq")
    assert entry.facts["changed"] == ["title", "text", "where"]
    assert by_receipt(number, "0021") == slip


def test_a_day_is_corrected_within_the_year_and_the_season(cast: Cast) -> None:
    slip = a_slip(cast)
    correct_suggestion(slip, by=cast.liu, received_on=date(2026, 2, 27), reason="看错日期")
    assert slip.received_on == date(2026, 2, 27)
    with pytest.raises(Refused, match="受理号按年度编"):
        correct_suggestion(slip, by=cast.liu, received_on=date(2025, 12, 31), reason="看错日期")
    with pytest.raises(Refused, match="没有变化"):
        correct_suggestion(Suggestion.objects.get(pk=slip.pk), by=cast.liu, reason="点错了")


def test_what_rests_on_a_slip_is_named(cast: Cast) -> None:
    one, other = a_slip(cast, text="楼道灯坏了"), a_slip(cast, text="楼道灯又坏了")
    merge_suggestions(one, by=cast.liu, others=[other])
    for act in (correct_suggestion, strike_suggestion):
        with pytest.raises(Refused, match="已经并入这一条。请先“撤销合并”"):
            act(Suggestion.objects.get(pk=one.pk), by=cast.liu, reason="抄错了")
    with pytest.raises(Refused, match="只有还没有初审的"):
        strike_suggestion(Suggestion.objects.get(pk=other.pk), by=cast.liu, reason="录了两遍")
    screened = a_slip(cast, text="门禁坏了")
    screen_suggestion(screened, by=cast.liu, **ALL_PASS, result="valid")
    for act in (correct_suggestion, strike_suggestion):
        with pytest.raises(Refused, match="只有还没有初审的"):
            act(Suggestion.objects.get(pk=screened.pk), by=cast.liu, reason="抄错了")


def test_what_residents_sent_themselves_stays_theirs(cast: Cast) -> None:
    with pytest.raises(Refused, match="居民自己提的"):
        correct_suggestion(a_suggestion(cast), by=cast.liu, text="别的话", reason="改")
    with pytest.raises(NotAllowed):
        correct_suggestion(a_slip(cast), by=cast.qian, text="别的话", reason="改")


def test_a_wrong_telephone_is_corrected_also_after_the_screening(cast: Cast) -> None:
    one = a_valid_one(cast, phone="13900000029")
    correct_contact(one, by=cast.liu, phone="13900000021", reason="少看一笔")
    assert by_receipt(one.receipt, "0021") == one
    assert by_receipt(one.receipt, "0029") is None
    answer_suggestion(Suggestion.objects.get(pk=one.pk), by=cast.liu, kind=AnswerKind.EXPLAINED, text="下周修。")
    assert Message.objects.filter(template__startswith="suggestion.answered").get().address == "13900000021"
    with pytest.raises(Refused, match="自己的账号"):
        correct_contact(a_suggestion(cast, by=cast.lu), by=cast.liu, phone="13900000022", reason="改")


# ── Imports ──────────────────────────────────────────────────────────────


def test_an_import_is_undone_as_one_and_brought_in_again(cast: Cast) -> None:
    batch = brought_in(cast, "phone")
    undo_import(batch, by=cast.wang, reason="渠道选错了")
    assert Suggestion.objects.standing().count() == 0
    assert [one.state for one in batch.suggestions.all()] == [State.STRUCK, State.STRUCK]
    again = brought_in(cast)
    assert (again.accepted, again.duplicates) == (2, 0)
    with pytest.raises(Refused, match="已经撤销"):
        undo_import(ImportBatch.objects.get(pk=batch.pk), by=cast.wang, reason="再来")


def test_an_import_somebody_has_worked_on_names_what_rests_on_it(cast: Cast) -> None:
    batch = brought_in(cast)
    first = batch.suggestions.get(outside_number="1001")
    screen_suggestion(first, by=cast.liu, **ALL_PASS, result="valid")
    with pytest.raises(Refused, match=f"有1条已经初审、合并或办理：.*{first.receipt[-4:]}（有效建议）"):
        undo_import(batch, by=cast.liu, reason="导错了")
    strike_suggestion(batch.suggestions.get(outside_number="1002"), by=cast.liu, reason="导错了")
    with pytest.raises(NotAllowed):
        undo_import(batch, by=cast.qian, reason="导错了")


def test_an_import_merged_with_another_is_not_undone(cast: Cast) -> None:
    batch = brought_in(cast)
    merge_suggestions(batch.suggestions.get(outside_number="1001"), by=cast.liu, others=[a_slip(cast)])
    with pytest.raises(Refused, match="不能整批撤销"):
        undo_import(batch, by=cast.liu, reason="导错了")


# ── Sessions ─────────────────────────────────────────────────────────────


def test_title_and_day_of_a_session_are_corrected(cast: Cast) -> None:
    session = a_session(cast)
    amend_session(session, by=cast.liu, title="5号楼座谈会", held_on=date(2026, 3, 1), reason="写错楼号")
    session.refresh_from_db()
    assert (session.title, session.held_on, session.participant_count) == ("5号楼座谈会", date(2026, 3, 1), 13)
    with pytest.raises(Refused, match="还没有到日子"):
        amend_session(session, by=cast.liu, held_on=date(2026, 4, 1), reason="写错")


def test_a_session_is_withdrawn_before_anything_was_taken_down_there(cast: Cast) -> None:
    session, kept = a_session(cast), a_session(cast, title="另一场")
    withdraw_session(session, by=cast.liu, reason="登记了两遍")
    assert list(sessions_at(cast.zaobei)) == [kept]
    assert sum(solicitation_report(cast.zaobei, 2026).participants.values()) == kept.participant_count
    with pytest.raises(Refused, match="这里不能选它"):
        a_slip(cast, session=session)
    slip = a_slip(cast, session=kept)
    with pytest.raises(Refused, match="录入过1条建议"):
        withdraw_session(kept, by=cast.liu, reason="登记了两遍")
    strike_suggestion(slip, by=cast.liu)
    withdraw_session(kept, by=cast.liu, reason="登记了两遍")


def test_likeness_goes_by_the_corrected_words(cast: Cast) -> None:
    slip, canteen = a_slip(cast, text="西门口乱停车，堵了消防通道", where=""), "希望在东门建一个老年食堂"
    assert not [one for one in similar_now(cast.zaobei, canteen) if one.suggestion == slip]
    correct_suggestion(slip, by=cast.liu, text=canteen, title="", reason="录串了行")
    assert [one.suggestion for one in similar_now(cast.zaobei, canteen)] == [slip]


# ── Screening ────────────────────────────────────────────────────────────


def test_a_result_clicked_wrongly_is_taken_back_and_screened_anew(cast: Cast) -> None:
    slip = a_slip(cast, phone="13900000021", wants_contact=True)
    marks = ALL_PASS | {"public_interest": "fail"}
    screen_suggestion(slip, by=cast.liu, **marks, result="not_admissible", reason="个人事务。")
    screen_again(slip, by=cast.liu, reason="点错了结果")
    slip.refresh_from_db()
    assert (slip.state, slip.screened_on, slip.answered_on) == (State.RECEIVED, None, None)
    assert "录错了，已撤回" in slip.answers.last().text
    screen_suggestion(slip, by=cast.liu, **ALL_PASS, result="valid")
    answer_suggestion(Suggestion.objects.get(pk=slip.pk), by=cast.liu, kind=AnswerKind.PLANNED, text="四月修。")
    with pytest.raises(Refused, match="已经答复过提出人"):
        screen_again(Suggestion.objects.get(pk=slip.pk), by=cast.liu, reason="又错了")


def test_what_a_proposal_rests_on_is_not_screened_again(cast: Cast) -> None:
    proposal = proposals.drafted(cast)
    with pytest.raises(Refused, match=f"已写入建议案{proposal.number}"):
        screen_again(proposal.suggestions.get(), by=cast.liu, reason="点错了")
