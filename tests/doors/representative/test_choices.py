"""Scoring and voting on a representative's own phone."""

from django.urls import reverse
from django.utils.html import escape

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories import budgeting, scoring
from yishiting.year.budgeting.actions import issue_ballot
from yishiting.year.scoring.models import ScoreSheet
from yishiting.year.scoring.queries import scored_in


def test_one_proposal_after_another(cast: Cast, sign_in) -> None:
    made = scoring.opened(cast)
    judge, phone = scoring.judge_of(made, "李明"), sign_in(cast.liming)
    home = phone.get(reverse("representative-home")).content.decode()
    assert "已打0件，共3件" in home
    first, second, third = scored_in(made)
    address = reverse("my-score", args=[judge.pk, first.pk])
    assert "第1件，共3件" in phone.get(address).content.decode()
    too_much = phone.post(address, {"m0": "12", "m1": "", "m2": "7"})
    assert too_much.status_code == 422
    assert "最多10分" in too_much.content.decode()
    assert "请打分" in too_much.content.decode()
    on = phone.post(address, {"m0": "8", "m1": "7.5", "m2": "10"})
    assert on.url == reverse("my-score", args=[judge.pk, second.pk])
    assert ScoreSheet.objects.get().marks == ["8", "7.5", "10"]
    leave = f"{reverse('do', args=['score_sheet.recuse', judge.pk])}?room=council&scored={second.pk}"
    assert escape(leave) in phone.get(on.url).content.decode()
    assert "checked" in phone.get(leave).content.decode()
    aside = phone.post(leave, {"scored": second.pk, "reason": "我就是申请人"})
    assert aside.url == reverse("my-scoring", args=[judge.pk])
    assert reverse("my-score", args=[judge.pk, third.pk]) in phone.get(aside.url).content.decode()
    done = phone.post(reverse("my-score", args=[judge.pk, third.pk]), {"m0": "5", "m1": "5", "m2": "5"}, follow=True)
    page = done.content.decode()
    assert "每一件都打好了" in page
    assert "已打分：8、7.5、10" in page
    assert "已回避" in page


def test_nobody_opens_the_sheet_of_another(cast: Cast, sign_in) -> None:
    made = scoring.opened(cast)
    judge = scoring.judge_of(made, "李明")
    for someone in (cast.lu, cast.liu, cast.wang):
        assert sign_in(someone).get(reverse("my-scoring", args=[judge.pk])).status_code == 403


def test_a_proposal_of_another_round_is_not_there(cast: Cast, sign_in) -> None:
    one, other = scoring.opened(cast), scoring.opened(cast)
    judge = scoring.judge_of(one, "李明")
    address = reverse("my-score", args=[judge.pk, scored_in(other)[0].pk])
    assert sign_in(cast.liming).get(address).status_code == 404


def test_a_vote_is_cast_once(cast: Cast, sign_in) -> None:
    vote = budgeting.opened(cast)
    me, phone = budgeting.voter(vote, "李明"), sign_in(cast.liming)
    address = reverse("my-budget-vote", args=[me.pk])
    assert "去投票" in phone.get(reverse("representative-home")).content.decode()
    unsure = phone.post(address, {"choices": [1, 3]})
    assert unsure.status_code == 422
    page = phone.post(address, {"choices": [1, 3], "sure": "on"}, follow=True).content.decode()
    assert "您的票已投出" in page
    assert "您已投票" in page
    again = phone.post(address, {"choices": [2], "sure": "on"})
    assert again.status_code == 422
    me.refresh_from_db()
    assert me.ballot.choices == [1, 3]
    assert "去投票" not in phone.get(reverse("representative-home")).content.decode()


def test_who_took_paper_is_sent_to_the_box(cast: Cast, sign_in) -> None:
    vote = budgeting.opened(cast)
    me = budgeting.voter(vote, "李明")
    issue_ballot(me, by=cast.liu)
    page = sign_in(cast.liming).get(reverse("my-budget-vote", args=[me.pk])).content.decode()
    assert "请把票投进票箱" in page
    assert '<form method="post"' not in page[page.index("<main") : page.index("</main")]


def test_the_list_asks_as_often_for_five_as_for_two(cast: Cast, sign_in) -> None:
    phone = sign_in(cast.liming)
    few, many = scoring.opened(cast, 2), scoring.opened(cast, 5)
    counts = [queries_of(phone, reverse("my-scoring", args=[scoring.judge_of(one, "李明").pk])) for one in (few, many)]
    assert counts[0] == counts[1]
