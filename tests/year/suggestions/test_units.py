"""A unit acts as such: it suggests, answers what is passed on to it, is invited and told."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast
from tests.factories import meetings, suggestions
from tests.factories.projects import seated_council
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed
from yishiting.ground.notices.models import Call, Message
from yishiting.ground.notices.queries import inbox
from yishiting.ground.organisations.actions import name_contact, register_organisation
from yishiting.ground.organisations.models import Organisation, OrganisationKind
from yishiting.overview.cycle.units import for_units
from yishiting.year.dossiers.models import Outcome, Referral
from yishiting.year.meetings.actions import invite
from yishiting.year.meetings.models import Role
from yishiting.year.suggestions.actions import note_reply, reply, screen_suggestion, send_back, suggest_for_unit
from yishiting.year.suggestions.models import Channel, Suggestion
from yishiting.year.suggestions.states import State

pytestmark = pytest.mark.django_db
MARKS = dict.fromkeys(("factual", "public_interest", "legality", "feasibility"), "pass")


def a_unit(cast: Cast, name: str = "安居物业公司") -> Organisation:
    unit = register_organisation(cast.zaobei, by=cast.liu, kind=OrganisationKind.PROPERTY_COMPANY, name=name)
    name_contact(unit, by=cast.liu, name="李明", phone=cast.liming.phone)
    return unit


def passed_on(cast: Cast, to: str = "安居物业公司") -> Suggestion:
    one = suggestions.a_suggestion(cast, by=cast.lu)
    screen_suggestion(one, by=cast.liu, **MARKS, result=State.TRANSFERRED, reason="物业管的设施。", transferred_to=to)
    return one


def browser(person: Person) -> Client:
    found = Client()
    found.force_login(person)
    return found


def test_what_is_passed_on_waits_on_the_home_of_the_unit_and_is_answered_there(cast: Cast) -> None:
    unit, one = a_unit(cast), passed_on(cast)
    sent = Referral.objects.get()
    assert sent.unit == unit, "the name that was typed is the unit on file"
    assert "转给您单位" in str(inbox(cast.liming).first().subject)
    (line,) = for_units(cast.liming, TODAY)
    assert (line.verb, line.due) == ("suggestion.reply", sent.due)
    assert for_units(cast.lu, TODAY) == []
    mine = browser(cast.liming)
    assert "安居物业公司" in mine.get(reverse("my-home")).content.decode()
    page = mine.get(reverse("my-unit", args=[unit.pk])).content.decode()
    assert reverse("do", args=["suggestion.reply", one.pk]) in page
    form = mine.get(reverse("do", args=["suggestion.reply", one.pk]))
    assert "物业管的设施" in form.content.decode()
    assert cast.lu.name not in form.content.decode(), "nothing of who said it"
    given = {"outcome": "done", "text": "灯已经换好。"}
    assert mine.post(reverse("do", args=["suggestion.reply", one.pk]), given).status_code == 302
    sent.refresh_from_db()
    assert (sent.outcome, sent.answer) == (Outcome.DONE, "灯已经换好。")
    assert for_units(cast.liming, TODAY) == []
    assert "安居物业公司答复：灯已经换好。" in one.answers.last().text
    with pytest.raises(NotAllowed):
        reply(one, by=cast.liming, outcome=Outcome.DONE, text="再答一次")


def test_nobody_else_answers_for_the_unit(cast: Cast) -> None:
    a_unit(cast)
    one = passed_on(cast)
    assert browser(cast.lu).get(reverse("do", args=["suggestion.reply", one.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        reply(one, by=cast.lu, outcome=Outcome.DONE, text="办好了")
    note_reply(one, by=cast.liu, outcome=Outcome.EXPLAINED, text="物业来电说明。")
    assert for_units(cast.liming, TODAY) == []


def test_a_unit_sends_back_what_is_not_its_own(cast: Cast) -> None:
    a_unit(cast)
    one = passed_on(cast)
    send_back(one, by=cast.liming, reason="这段路归市政。")
    assert Referral.objects.get().outcome == Outcome.RETURNED


def test_a_unit_nobody_knew_enters_the_register_and_is_rung(cast: Cast) -> None:
    passed_on(cast, to="康达电梯公司，电话64170000")
    unit = Organisation.objects.get(name="康达电梯公司")
    assert Referral.objects.get().unit == unit
    assert [one.name for one in Call.objects.all()] == ["康达电梯公司"], "it has no contact yet"


def test_a_unit_suggests_in_its_own_name(cast: Cast) -> None:
    unit = a_unit(cast)
    mine = browser(cast.liming)
    sent = mine.post(reverse("do", args=["organisation.suggest", unit.pk]), {"text": "东门夜里没有照明，建议装灯。"})
    assert sent.status_code == 302
    one = Suggestion.objects.get()
    assert (one.unit, one.proposer, one.channel, one.place) == (unit, cast.liming, Channel.WEB, cast.zaobei)
    assert one.receipt
    assert "安居物业公司" in browser(cast.liu).get(reverse("desk-suggestion", args=[one.pk])).content.decode()
    assert "东门夜里没有照明" in mine.get(reverse("my-unit", args=[unit.pk])).content.decode()
    public = Client().get(reverse("unit", args=[unit.pk])).content.decode()
    assert "东门夜里没有照明" not in public, "not before it was screened"
    assert "网上收到的一条建议" in public
    letter = suggest_for_unit(unit, by=cast.liu, text="来函建议在北门设快递柜。")
    assert (letter.channel, letter.recorded_by, letter.proposer) == (Channel.LETTER, cast.liu, None)
    with pytest.raises(NotAllowed):
        suggest_for_unit(unit, by=cast.lu, text="不是我们单位的。")


def test_a_unit_is_invited_and_told(cast: Cast) -> None:
    unit = a_unit(cast)
    seated_council(cast)
    meeting, _item = meetings.convened(cast, cast.zaobei.council)
    one = invite(meeting, by=cast.liu, role=Role.OBSERVER, name="李明", unit="安居物业公司")
    assert one.organisation == unit
    assert Message.objects.filter(to=cast.liming, subject__contains="会议").exists()
    assert meeting.title in browser(cast.liming).get(reverse("my-unit", args=[unit.pk])).content.decode()
    assert meeting.title in browser(cast.liu).get(reverse("desk-organisation", args=[unit.pk])).content.decode()


def test_the_pages_of_a_unit_open_for_whom_they_are_for(cast: Cast) -> None:
    unit = a_unit(cast)
    assert Client().get(reverse("unit", args=[unit.pk])).status_code == 200
    assert browser(cast.lu).get(reverse("my-unit", args=[unit.pk])).status_code == 403
    assert Client().get(reverse("my-unit", args=[unit.pk])).status_code == 302
