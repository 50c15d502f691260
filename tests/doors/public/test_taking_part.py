"""What one reads leads on to what one can do: who votes and how, one's own number, photographs, consent."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.cast import OPERATOR, Cast
from tests.factories import budgeting, consultations, councils, evaluation, publicity
from tests.factories import projects as F
from tests.factories import suggestions as S
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.entrance.actions import consent, publish_privacy_notice
from yishiting.ground.files.queries import attachments_of
from yishiting.instruments.documents.rules import spoken
from yishiting.year.projects.actions import raise_finding
from yishiting.year.suggestions.queries.receipts import look_up, slip_token

NUMBER = "13912340088"
GIVEN = {"q1": "1至3号楼", "q2": ["长椅"], "q3": "5", "q4": "石凳太凉"}


def a_photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), (90, 90, 90)).save(out, "JPEG")
    return SimpleUploadedFile("lamp.jpg", out.getvalue(), "image/jpeg")


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def opened(client: Client, address: str) -> str:
    """Its kind, read to the end as a browser does: closing it would close the database of the test."""
    answer = client.get(address)
    assert b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(answer["Content-Type"])


def test_a_budget_vote_says_who_votes_and_leads_there(cast: Cast, sign_in) -> None:
    vote = budgeting.opened(cast)
    told = page(Client(), "public-budget-vote", vote.pk)
    assert "名册上的25人，一人一票" in told
    assert f"{reverse('sign-in')}?next={reverse('public-budget-vote', args=[vote.pk])}" in told
    mine = budgeting.voter(vote, "李明")
    assert reverse("my-budget-vote", args=[mine.pk]) in page(sign_in(cast.liming), "public-budget-vote", vote.pk)
    assert "去投票" not in page(sign_in(cast.sun), "public-budget-vote", vote.pk)


def test_an_election_and_a_review_say_who_votes(cast: Cast, clock) -> None:
    meeting, _review = evaluation.review_meeting(cast, clock)
    assert "到会的议事代表逐项测评" in page(Client(), "meeting", meeting.pk)


def test_nominating_says_how_one_stands(cast: Cast) -> None:
    councils.a_nominating_term(cast)
    told = page(Client(), "council", cast.zaobei.code)
    assert "居民代表会议的代表投票或举手表决" in told
    assert reverse("stand", args=[cast.zaobei.code]) in told


def test_whoever_is_asked_is_told_that_they_may(cast: Cast) -> None:
    assert "谁都可以参加" in page(Client(), "consultation", consultations.opened(cast).pk)
    assert "每人一份" in page(Client(), "questionnaire", consultations.open_one(cast).pk)


def test_a_ballot_is_summed_up_before_it_is_cast(cast: Cast, sign_in) -> None:
    vote = budgeting.opened(cast)  # 40,000 35,000 50,000 of 100,000
    mine, phone = budgeting.voter(vote, "李明"), sign_in(cast.liming)
    address = reverse("my-budget-vote", args=[mine.pk])
    assert "已选合计0元，还剩100,000元。" in phone.get(address).content.decode()
    summed = phone.post(address, {"choices": ["1", "2"], "count": "1"})
    assert summed.status_code == 200
    told = summed.content.decode()
    assert "已选合计75,000元，还剩25,000元。" in told
    assert told.count("checked") == 2
    over = phone.post(address, {"choices": ["1", "2", "3"], "count": "1"}).content.decode()
    assert "已选合计125,000元，比经费总额多25,000元。" in over
    mine.refresh_from_db()
    assert mine.way == "not_yet"


def test_what_was_left_with_my_number_is_mine(cast: Cast, sign_in) -> None:
    left = S.a_suggestion(cast, text="东门的路灯不亮", phone="139 1234 0088")
    S.a_suggestion(cast, text="别人说的车棚", phone="13912340089")
    me = Person(login=None)
    me.set_phone(NUMBER)
    me.save()
    told = page(sign_in(me), "my-home")
    assert "东门的路灯不亮" in told
    assert slip_token(left) in told
    assert "别人说的车棚" not in told


def test_what_the_former_owner_of_a_number_left_is_not_mine(cast: Cast, sign_in) -> None:
    S.a_suggestion(cast, text="东门的路灯不亮", phone=NUMBER)
    me = Person(login=None)
    me.set_phone(NUMBER)
    me.save()
    Person.objects.filter(pk=me.pk).update(created_at=timezone.now() + timedelta(days=200))
    me.refresh_from_db()
    assert "东门的路灯不亮" not in page(sign_in(me), "my-home")


def test_an_objection_is_followed_under_its_own_number(cast: Cast) -> None:
    said = S.a_suggestion(cast)
    made = publicity.an_objection(publicity.a_notice(cast))
    assert made.receipt[2] == "9"
    assert said.receipt[2] == "0"
    found = Client().post(reverse("follow"), {"receipt": spoken(made.receipt), "tail": ""})
    assert found.url == reverse("objection", args=[made.receipt])


def test_my_objections_stand_in_my_room(cast: Cast, sign_in) -> None:
    made = publicity.an_objection(publicity.a_notice(cast), by=cast.lu)
    assert reverse("objection", args=[made.receipt]) in page(sign_in(cast.lu), "my-home")


def test_the_digits_are_asked_for_where_they_are_needed(cast: Cast) -> None:
    with pytest.raises(Refused, match="后四位") as refused:
        look_up(S.a_suggestion(cast).receipt, "")
    assert refused.value.field == "tail"


def test_consent_is_asked_before_ones_own_rooms(cast: Cast, sign_in) -> None:
    publish_privacy_notice("告知", by=OPERATOR, in_force_from=date(2026, 1, 1))
    me = sign_in(cast.lu)
    for address in (reverse("my-home"), reverse("representative-home")):
        assert me.get(address).url == reverse("consent")
    assert me.get(reverse("my-information")).status_code == 200  # to see and erase what is kept needs no consent
    consent(cast.lu, by=cast.lu)
    assert me.get(reverse("my-home")).status_code == 200


def test_her_photograph_is_seen_by_her_and_by_the_screener(cast: Cast, sign_in) -> None:
    one = S.a_suggestion(cast, photos=[a_photo()])
    photo, token = attachments_of(one).get(), slip_token(one)
    own = reverse("follow-file", args=[token, photo.pk])
    for name in ("follow-one", "suggestion-receipt"):
        assert f'<img src="{own}"' in page(Client(), name, token)
    assert opened(Client(), own) == "image/jpeg"
    other = reverse("follow-file", args=[slip_token(S.a_suggestion(cast, text="另一条")), photo.pk])
    assert Client().get(other).status_code == 404
    desk = sign_in(cast.liu)
    address = reverse("file", args=[photo.pk])
    assert f'<img src="{address}"' in page(desk, "suggestion-screen", one.pk)
    assert opened(desk, address) == "image/jpeg"


def test_a_finding_has_its_photograph(cast: Cast, clock, sign_in) -> None:
    project = F.underway(cast, clock)
    seat = project.supervisors.select_related("representative").first().representative
    F.give_account(seat)
    finding = raise_finding(project, by=seat.person, text="7号楼的灯不亮", photos=[a_photo()])
    address = reverse("file", args=[attachments_of(finding).get().pk])
    for who, name in ((seat.person, "my-project"), (cast.liu, "desk-project")):
        browser = sign_in(who)
        assert f'<img src="{address}"' in page(browser, name, project.pk)
        assert opened(browser, address) == "image/jpeg"
    assert Client().get(address).status_code in (302, 403)


def test_one_browser_answers_a_questionnaire_once(cast: Cast) -> None:
    made, phone = consultations.open_one(cast), Client()
    address = reverse("questionnaire", args=[made.pk])
    assert phone.post(address, GIVEN).status_code == 302
    again = phone.post(address, GIVEN)
    assert again.status_code == 422
    assert "已经填过这份问卷" in again.content.decode()
    assert "已经填过这份问卷" in phone.get(address).content.decode()
    assert Client().post(address, GIVEN).status_code == 302  # another person
    assert made.responses.count() == 2
