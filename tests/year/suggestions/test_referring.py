"""转办: it waits with whoever has it, an answer reaches the proposer, and what is sent back is passed on or screened anew."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.suggestions import ALL_PASS, a_suggestion
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.notices.models import Message
from yishiting.ground.organisations.models import Organisation
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.dossiers.models import Referral
from yishiting.year.suggestions.actions import (
    appeal,
    decide_appeal,
    note_reply,
    pass_on,
    screen_again,
    screen_suggestion,
    send_back,
)
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)


def fresh(one: Suggestion) -> Suggestion:
    return Suggestion.objects.get(pk=one.pk)


def transferred(cast: Cast) -> Suggestion:
    said = {"result": "transferred", "reason": "这段路由街道管", "transferred_to": "街道城管科"}
    return screen_suggestion(a_suggestion(cast, by=cast.lu), by=cast.liu, **ALL_PASS, **said)


def lines(person, verb: str, today: date = TODAY) -> list[str]:
    return [one.pk for one in waiting_for(person, today) if one.verb == verb]


def test_what_is_passed_on_waits_for_the_answer_with_its_day(cast: Cast) -> None:
    one = transferred(cast)
    sent = Referral.objects.get()
    assert (sent.kind, sent.where, sent.from_place, sent.reason) == (
        "across",
        "街道城管科",
        cast.zaobei,
        "这段路由街道管",
    )
    assert lines(cast.liu, "suggestion.note_reply") == [str(one.pk)]
    now = steps(matter_of(one), TODAY)[-1]
    assert (now.who, now.by, now.walked) == ("街道城管科", sent.due, "now")
    late = next(
        one for one in waiting_for(cast.liu, sent.due + timedelta(days=1)) if one.verb == "suggestion.note_reply"
    )
    assert late.late(sent.due + timedelta(days=1))


def test_the_answer_of_the_unit_reaches_the_proposer_and_a_second_one_stands_beside_it(cast: Cast) -> None:
    one = transferred(cast)
    note_reply(fresh(one), by=cast.liu, outcome="planned", text="列入本月维修。", answered_by="周工")
    note_reply(fresh(one), by=cast.liu, outcome="done", text="已经补好。")
    assert list(Referral.objects.values_list("answer", "outcome")) == [
        ("列入本月维修。", "planned"),
        ("已经补好。", "done"),
    ]
    told = "".join(Message.objects.filter(to=cast.lu).values_list("body", flat=True))
    assert "周工答复：列入本月维修。" in told
    assert "街道城管科答复：已经补好。" in told
    assert lines(cast.liu, "suggestion.note_reply") == []
    titles = [str(step.title) for step in steps(matter_of(fresh(one)), TODAY)]
    assert titles[-2:] == ["承接单位答复：列入计划办理", "承接单位答复：已经办好"]


def test_what_is_sent_back_is_passed_on_to_a_unit_on_file_or_screened_anew(cast: Cast) -> None:
    one, here = transferred(cast), cast.maizidian
    unit = Organisation.objects.create(place=here, kind="department", name="区城管委")
    with pytest.raises(Refused, match="在等答复"):
        pass_on(fresh(one), by=cast.liu, unit=unit, reason="是主干路")
    send_back(fresh(one), by=cast.liu, reason="是主干路，归区城管委")
    assert lines(cast.liu, "suggestion.pass_on") == [str(one.pk)]
    assert "退回" in Message.objects.filter(to=cast.lu).latest("created_at").body
    pass_on(fresh(one), by=cast.liu, unit=unit, reason="是主干路")
    assert lines(cast.liu, "suggestion.pass_on") == []
    assert Referral.objects.latest("created_at").where == "区城管委"
    send_back(fresh(one), by=cast.liu, reason="到期没有答复")
    screen_again(fresh(one), by=cast.liu, reason="由社区自己办")
    assert fresh(one).state == State.RECEIVED
    assert lines(cast.liu, "suggestion.pass_on") == []


def test_exactly_one_receiver_is_named(cast: Cast) -> None:
    one = send_back(transferred(cast), by=cast.liu, reason="不归我们")
    for given in ({}, {"receiver": "区水务局", "there": cast.zaonan}):
        with pytest.raises(Refused, match="只填一处"):
            pass_on(fresh(one), by=cast.liu, reason="归别处", **given)


def test_another_place_answers_what_was_passed_on_to_it_and_nobody_else(cast: Cast, sign_in) -> None:
    one = send_back(transferred(cast), by=cast.liu, reason="不归我们")
    with pytest.raises(NotAllowed):
        note_reply(fresh(one), by=cast.qian, outcome="done", text="修好了")
    pass_on(fresh(one), by=cast.liu, there=cast.zaonan, reason="灯在南里")
    assert fresh(one).dossier.lies_at == cast.zaonan
    assert lines(cast.qian, "suggestion.note_reply") == [str(one.pk)]
    desk: Client = sign_in(cast.qian)
    address = reverse("do", args=["suggestion.note_reply", one.pk])
    assert fresh(one).text in desk.get(address).content.decode()
    desk.post(address, {"outcome": "done", "text": "修好了，试过能亮。"})
    assert Referral.objects.latest("created_at").outcome == "done"
    assert (fresh(one).place, fresh(one).dossier.lies_at) == (cast.zaobei, cast.zaonan)


def test_what_is_let_in_after_all_waits_there_no_longer(cast: Cast) -> None:
    one = transferred(cast)
    appeal(fresh(one), by=cast.lu, text="是社区的路")
    decide_appeal(fresh(one), by=cast.wang, valid=True, decision="是社区的路")
    assert Referral.objects.get().outcome == "recalled"
    assert lines(cast.liu, "suggestion.note_reply") == []
    assert fresh(one).dossier.lies_at == cast.zaobei


def test_it_is_passed_on_by_page_and_by_program_alike(cast: Cast, sign_in) -> None:
    one, desk = send_back(transferred(cast), by=cast.liu, reason="不归我们"), sign_in(cast.liu)
    unit = Organisation.objects.create(place=cast.maizidian, kind="department", name="区城管委")
    address = reverse("do", args=["suggestion.pass_on", one.pk])
    assert "转给名册上的哪个单位" in desk.get(address).content.decode()
    refused = desk.post(address, {"reason": "归别处"})
    assert (refused.status_code, "只填一处" in refused.content.decode()) == (422, True)
    desk.post(address, {"receiver": "区水务局", "reason": "是水管"})
    assert Referral.objects.latest("created_at").where == "区水务局"
    api = f"/api/v1/suggestions/{one.pk}"
    back = desk.post(f"{api}/send-back", {"reason": "不是水管"}, content_type="application/json")
    sent = desk.post(f"{api}/pass-on", {"unit": str(unit.pk), "reason": "是路面"}, content_type="application/json")
    assert (back.status_code, sent.status_code) == (200, 201), sent.content
    assert (sent.json()["receiver"], sent.json()["reason"]) == ("区城管委", "是路面")
    told = desk.post(f"{api}/note-reply", {"outcome": "done", "text": "修好了"}, content_type="application/json")
    assert told.status_code == 201, told.content
