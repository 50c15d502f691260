"""意见征求 at the desk."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories.consultations import SEEDS, answered, drafted, opened, published
from tests.factories.proposals import tabled
from yishiting.ground.accounts.actors import Visitor
from yishiting.year.consultations.actions import (
    close_consultation,
    open_consultation,
    propose_statement,
    seed_statement,
)
from yishiting.year.consultations.models import Consultation, Statement


def test_from_the_draft_to_the_published_result(cast: Cast, sign_in) -> None:
    liu, wang = sign_in(cast.liu), sign_in(cast.wang)
    words = {"title": "停车", "question": "夜里车停哪里？", "opens": "3月1日", "closes": "3月15日"}
    page = liu.post(reverse("do", args=["consultation.draft", cast.zaobei.code]), words, follow=True)
    made = Consultation.objects.get()
    assert "再写几条看法" in page.content.decode()
    for text in SEEDS[:3]:
        liu.post(reverse("do", args=["statement.seed", made.pk]), {"text": text})
    assert (
        "这一步由本地的" in liu.post(reverse("do", args=["consultation.open", made.pk]), follow=True).content.decode()
    )
    assert "已开始征求" in wang.post(reverse("do", args=["consultation.open", made.pk]), follow=True).content.decode()
    answered(made, 2)
    assert "表态表已封存" in liu.post(reverse("do", args=["consultation.close", made.pk]), follow=True).content.decode()
    assert "还没有公布" in liu.get(reverse("desk-consultation-result", args=[made.pk])).content.decode()
    assert (
        "结果已公布" in wang.post(reverse("do", args=["consultation.publish", made.pk]), follow=True).content.decode()
    )
    made.refresh_from_db()
    assert made.state == "published"


def test_a_consultation_may_be_about_a_proposal_and_leads_to_it(cast: Cast, sign_in) -> None:
    liu, (proposal, _meeting) = sign_in(cast.liu), tabled(cast)
    url = reverse("do", args=["proposal.consult", proposal.pk])
    words = {"title": "停车", "question": "？", "opens": "3月1日", "closes": "3月15日"}
    assert url in liu.get(reverse("desk-proposal", args=[proposal.pk])).content.decode()
    page = liu.post(url, words, follow=True)
    made = Consultation.objects.get()
    assert page.request["PATH_INFO"] == reverse("desk-consultation", args=[made.pk])
    assert (made.subject_kind, made.subject_id) == ("proposal", str(proposal.pk))
    for text in SEEDS[:3]:
        seed_statement(made, by=cast.liu, text=text)
    open_consultation(made, by=cast.wang)
    page = liu.get(reverse("consultation", args=[made.pk])).content.decode()
    assert reverse("public-proposal", args=[proposal.pk]) in page


def test_closing_asks_once_more(cast: Cast, sign_in) -> None:
    made, liu = opened(cast), sign_in(cast.liu)
    page = liu.get(reverse("do", args=["consultation.close", made.pk])).content.decode()
    assert "现在提前" in page
    made.refresh_from_db()
    assert made.state == "open"


def test_a_draft_is_changed_and_a_stale_page_is_refused(cast: Cast, sign_in) -> None:
    made, liu = drafted(cast), sign_in(cast.liu)
    words = {
        "title": "新名称",
        "question": "？",
        "opens": "2026-03-02",
        "closes": "2026-03-20",
        "revision": made.revision,
    }
    url = reverse("do", args=["consultation.amend", made.pk])
    assert liu.post(url, words).status_code == 302
    stale = liu.post(url, words)
    assert stale.status_code == 422
    assert "已经被别人处理过" in stale.content.decode()


def test_moderation_shows_or_sets_aside_with_a_reason(cast: Cast, sign_in) -> None:
    made, liu = opened(cast), sign_in(cast.liu)
    for n in range(2):
        propose_statement(made, by=Visitor(), text=f"补充{n}", token=f"browser-number-000{n}")
    here = reverse("desk-consultation", args=[made.pk])
    assert "等您审核的看法2条" in liu.get(here).content.decode()
    first, second = Statement.objects.filter(state="proposed")
    liu.post(reverse("do", args=["statement.moderate", first.pk]), {"shown": "yes"})
    url = reverse("do", args=["statement.moderate", second.pk])
    refused = liu.post(url, {"shown": "no", "reason": ""})
    assert refused.status_code == 422
    assert "请写明原因" in refused.content.decode()
    told = liu.post(url, {"shown": "no", "reason": "和第1条重复", "room": "desk"}, follow=True)
    assert "原因会告诉提出的人" in told.content.decode()
    assert told.request["PATH_INFO"] == here
    assert [Statement.objects.get(pk=one.pk).state for one in (first, second)] == ["shown", "set_aside"]
    assert "和第1条重复" in liu.get(here).content.decode()


def test_several_views_are_moderated_at_once(cast: Cast, sign_in) -> None:
    made, liu = opened(cast), sign_in(cast.liu)
    added = [propose_statement(made, by=Visitor(), text=f"补充{n}", token=f"browser-number-000{n}") for n in range(2)]
    address = reverse("desk-list-bulk", args=["consultation-statements"])
    wanted = {"of": str(made.pk), "way": "statement.moderate", "pick": [one.token for one in added]}
    asked = liu.post(address, wanted)
    kept = {**wanted, **dict(asked.context["kept"])}
    refused = liu.post(address, {**kept, "reason": ""})
    assert "请选一项" in refused.content.decode()
    liu.post(address, {**kept, "shown": "no", "reason": "另有建议渠道"})
    told = [Statement.objects.get(pk=one.pk) for one in added]
    assert {(one.state, one.reason) for one in told} == {("set_aside", "另有建议渠道")}


def test_what_is_shown_can_be_set_aside_and_the_other_way(cast: Cast, sign_in) -> None:
    made, liu = opened(cast, seeds=3), sign_in(cast.liu)
    here, first = reverse("desk-consultation", args=[made.pk]), made.statements.first()
    url = reverse("do", args=["statement.moderate", first.pk])
    page = liu.get(here).content.decode()
    assert page.count("shown=no") == 3
    assert 'name="shown"' not in page
    liu.post(url, {"shown": "no", "reason": "重复"})
    page = liu.get(here).content.decode()
    assert page.count("shown=no") == 2
    assert page.count('name="shown" value="yes"') == 1


def test_nothing_is_seen_of_the_result_while_people_answer(cast: Cast, sign_in) -> None:
    made = opened(cast)
    answered(made, 3)
    page = sign_in(cast.liu).get(reverse("desk-consultation-result", args=[made.pk])).content.decode()
    assert "截止以后才有结果" in page
    assert SEEDS[0] not in page


def test_closing_with_unmoderated_views_says_so(cast: Cast, sign_in) -> None:
    made = opened(cast)
    propose_statement(made, by=cast.lu, text="周末可以晚一点")
    page = sign_in(cast.liu).post(reverse("do", args=["consultation.close", made.pk]), follow=True).content.decode()
    assert "1 条看法没有审核" in page


@pytest.mark.parametrize("who", ["qian", "lu", "zhou"])
def test_others_do_not_come_in(cast: Cast, sign_in, who: str) -> None:
    made = close_consultation(opened(cast), by=cast.liu)
    browser = sign_in(getattr(cast, who))
    for name in ("desk-consultation", "desk-consultation-result"):
        assert browser.get(reverse(name, args=[made.pk])).status_code == 403
    assert browser.get(reverse("desk-consultations", args=[cast.zaobei.code])).status_code == 403


def test_lists_and_pages_ask_no_more_as_they_grow(cast: Cast, sign_in) -> None:
    wang, url = sign_in(cast.wang), reverse("desk-consultations", args=[cast.zaobei.code])
    small = opened(cast, seeds=3)
    one = queries_of(wang, url)
    large = opened(cast, seeds=6, title="二")
    opened(cast, title="三")
    assert queries_of(wang, url) == one
    pages = [queries_of(wang, reverse("desk-consultation", args=[made.pk])) for made in (small, large)]
    assert pages[0] == pages[1]


def test_a_published_result_is_the_same_at_the_desk(cast: Cast, sign_in) -> None:
    page = sign_in(cast.liu).get(reverse("desk-consultation-result", args=[published(cast).pk])).content.decode()
    assert "打印报告" in page
    assert "共同看法" in page
