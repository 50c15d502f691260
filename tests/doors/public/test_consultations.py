"""意见征求 and 问卷 as people without an account meet them."""

import csv
import hashlib
import io
import re

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories.consultations import SEEDS, a_questionnaire, answered, drafted, open_one, opened, published
from yishiting.methods.commands.opinions import statements as read_statements
from yishiting.methods.opinions import Consultation as Votes
from yishiting.methods.opinions import Vote, opinion_map
from yishiting.year.consultations.actions import (
    answer_questionnaire,
    close_consultation,
    close_questionnaire,
    open_consultation,
    publish_consultation,
    publish_questionnaire,
    seed_statement,
    void_consultation,
    void_questionnaire,
)
from yishiting.year.consultations.models import Consultation, OpinionVote, Participant, Response, Statement

GIVEN = {"q1": "1至3号楼", "q2": ["长椅"], "q3": "5", "q4": "石凳太凉"}


def asked(browser: Client, made: Consultation) -> int:
    page = browser.get(reverse("consultation", args=[made.pk])).content.decode()
    found = re.search(r'name="number" value="(\d+)"', page)
    assert found, page
    return int(found[1])


def answer(browser: Client, made: Consultation, number: int, choice: str) -> None:
    url = reverse("consultation-answer", args=[made.pk])
    assert browser.post(url, {"number": number, "choice": choice}).status_code == 302


def test_a_visitor_answers_one_after_the_other_until_all_are_done(cast: Cast) -> None:
    made, browser, seen = opened(cast), Client(), []
    for _step in SEEDS:
        seen.append(asked(browser, made))
        answer(browser, made, seen[-1], "1")
    assert sorted(seen) == list(range(1, len(SEEDS) + 1))
    page = browser.get(reverse("consultation", args=[made.pk])).content.decode()
    assert "您都答完了" in page
    assert "改一改" in page
    assert (Participant.objects.count(), OpinionVote.objects.count()) == (1, len(SEEDS))


def test_an_answer_can_be_changed_and_the_last_one_counts(cast: Cast) -> None:
    made, browser = opened(cast), Client()
    number = asked(browser, made)
    answer(browser, made, number, "1")
    again = browser.get(reverse("consultation", args=[made.pk]), {"n": number}).content.decode()
    assert f'name="number" value="{number}"' in again
    assert 'value="1" aria-pressed="true"' in again
    answer(browser, made, number, "-1")
    assert OpinionVote.objects.get().choice == -1


def test_two_browsers_are_two_participants_and_the_cookie_names_nobody(cast: Cast) -> None:
    made = opened(cast)
    for browser in (Client(), Client()):
        answer(browser, made, 1, "0")
        cookie = browser.cookies["opinions"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
    assert Participant.objects.count() == 2


def test_a_cookie_that_was_tampered_with_is_no_cookie(cast: Cast) -> None:
    made, browser = opened(cast), Client()
    browser.cookies["opinions"] = "somebody-elses-token:1abc:forged"
    answer(browser, made, 1, "1")
    answer(browser, made, 1, "-1")
    assert (Participant.objects.count(), OpinionVote.objects.get().choice) == (1, -1)


def test_a_signed_in_person_needs_no_cookie(cast: Cast, sign_in) -> None:
    made, browser = opened(cast), sign_in(cast.lu)
    answer(browser, made, 1, "1")
    assert "opinions" not in browser.cookies
    assert sign_in(cast.lu).get(reverse("consultation", args=[made.pk])).content.decode().count("您已经答了1条") == 1


def test_nonsense_is_refused_with_a_sentence(cast: Cast) -> None:
    made, browser = opened(cast), Client()
    url = reverse("consultation-answer", args=[made.pk])
    assert "请选同意" in browser.post(url, {"number": 1, "choice": "7"}, follow=True).content.decode()
    assert browser.post(url, {"number": 99, "choice": "1"}).status_code == 404
    assert browser.get(url).status_code == 405


def test_a_view_is_added_without_an_account(cast: Cast) -> None:
    made, browser = opened(cast), Client()
    url = reverse("statement-propose", args=[made.pk])
    page = browser.post(url, {"text": SEEDS[0]})
    assert page.status_code == 422
    assert "已经有一条一样的看法" in page.content.decode()
    assert "经办人看过以后" in browser.post(url, {"text": "周末可以晚一点"}, follow=True).content.decode()
    assert Statement.objects.get(text="周末可以晚一点").state == "proposed"


def test_what_is_void_says_why(cast: Cast) -> None:
    made, asked = opened(cast), open_one(cast)
    void_consultation(made, by=cast.wang, reason="问题写错了")
    void_questionnaire(asked, by=cast.wang, reason="题目有误")
    for page, why in (("consultation", "问题写错了"), ("questionnaire", "题目有误")):
        thing = made if page == "consultation" else asked
        text = Client().get(reverse(page, args=[thing.pk])).content.decode()
        assert f"作废原因：{why}" in text
        assert 'name="choice"' not in text
        assert 'name="q1"' not in text
    listed = Client().get(reverse("place-consultations", args=[cast.zaobei.code])).content.decode()
    assert listed.count("作废") == 2


def test_drafts_and_unpublished_results_are_not_there(cast: Cast) -> None:
    draft, made = drafted(cast, title="草稿"), opened(cast)
    assert Client().get(reverse("consultation", args=[draft.pk])).status_code == 404
    answered(made, 2)
    close_consultation(made, by=cast.liu)
    for name in (
        "consultation-result",
        "consultation-report",
        "consultation-picture",
        "consultation-votes",
        "consultation-statements",
    ):
        assert Client().get(reverse(name, args=[made.pk])).status_code == 404
    assert "结果正在整理" in Client().get(reverse("consultation", args=[made.pk])).content.decode()


def test_the_result_says_common_ground_first_and_minority_views_always(cast: Cast) -> None:
    page = Client().get(reverse("consultation-result", args=[published(cast).pk])).content.decode()
    places = [
        page.index(f"<h2>{title}")
        for title in ("共同看法", "各组不同的看法", "少数人的看法", "甲组", "每一条看法的人数")
    ]
    assert places == sorted(places)
    assert "picture.svg" in page
    assert "24人表态，24人同意" in page


def test_the_files_give_the_same_map_again(cast: Cast, tmp_path) -> None:
    made, browser = published(cast), Client()
    file = browser.get(reverse("consultation-votes", args=[made.pk])).content
    assert hashlib.sha256(file).hexdigest() == made.table_hash
    rows = list(csv.DictReader(io.StringIO(file.decode())))
    again = opinion_map(Votes(tuple(Vote(row["person"], row["statement"], int(row["vote"])) for row in rows)))
    assert again.as_dict(people=False) == made.result["map"]
    texts = tmp_path / "statements.csv"
    texts.write_bytes(browser.get(reverse("consultation-statements", args=[made.pk])).content)
    named, set_aside = read_statements(
        type("Args", (), {"statements": texts, "votes": texts, "no_statements": False, "strict": False})
    )
    assert (named["1"], set_aside) == (SEEDS[0], frozenset())


def test_words_in_the_file_are_shown_by_a_spreadsheet_and_not_computed(cast: Cast) -> None:
    made = drafted(cast)
    for words in ('=HYPERLINK("http://example.com","看这里")', "＋1，同意楼上", "-1层也要装灯"):
        seed_statement(made, by=cast.liu, text=words)
    open_consultation(made, by=cast.wang)
    answered(made, 24)
    publish_consultation(close_consultation(made, by=cast.liu), by=cast.wang)
    file = Client().get(reverse("consultation-statements", args=[made.pk])).content
    assert file.startswith(b"\xef\xbb\xbf")
    texts = [row["text"] for row in csv.DictReader(io.StringIO(file.decode("utf-8-sig")))]
    assert {one[0] for one in texts if "HYPERLINK" in one or "同意楼上" in one or "层也要" in one} == {"'"}
    assert SEEDS[0] in texts


def test_the_picture_and_the_sheet(cast: Cast) -> None:
    made, browser = published(cast), Client()
    picture = browser.get(reverse("consultation-picture", args=[made.pk]))
    assert picture["Content-Type"] == "image/svg+xml"
    assert "甲组 12 人" in picture.content.decode()
    assert made.table_hash in browser.get(reverse("consultation-report", args=[made.pk])).content.decode()


def test_few_people_get_counts_and_the_reason(cast: Cast) -> None:
    made = published(cast, people=3)
    page = Client().get(reverse("consultation-result", args=[made.pk])).content.decode()
    assert "不到20人" in page
    assert "picture.svg" not in page
    assert Client().get(reverse("consultation-picture", args=[made.pk])).status_code == 404


def test_the_list_of_a_place_asks_no_more_for_three_than_for_one(cast: Cast) -> None:
    url = reverse("place-consultations", args=[cast.zaobei.code])
    opened(cast)
    open_one(cast)
    one = queries_of(Client(), url)
    for n in range(2):
        opened(cast, title=f"另一项{n}")
        open_one(cast, title=f"问卷{n}")
    assert queries_of(Client(), url) == one
    assert Client().get(url).content.decode().count("问卷1") == 1


def test_a_statement_page_asks_no_more_with_more_statements(cast: Cast) -> None:
    few, many = opened(cast, seeds=3), opened(cast, seeds=6, title="更多")
    one, more = (queries_of(Client(), reverse("consultation", args=[made.pk])) for made in (few, many))
    assert one == more


def test_a_questionnaire_is_filled_in_without_an_account(cast: Cast, sign_in) -> None:
    made = open_one(cast)
    url = reverse("questionnaire", args=[made.pk])
    page = Client().post(url, {"q2": "长椅"})
    assert page.status_code == 422
    assert "请选一项" in page.content.decode()
    assert "收到了" in sign_in(cast.lu).post(url, GIVEN, follow=True).content.decode()
    kept = Response.objects.get()
    assert (kept.answers, kept.entered_by, kept.origin) == (GIVEN, None, "web")


def test_a_questionnaire_sent_twice_is_taken_once(cast: Cast) -> None:
    made, browser = open_one(cast), Client()
    once = {"once": "0e3c8b0e-7c5b-4a1e-9d53-1f6f0f4d2a11"}
    for _time in range(2):
        browser.post(reverse("questionnaire", args=[made.pk]), {**GIVEN, **once})
    assert Response.objects.count() == 1


def test_counts_are_public_and_free_words_are_not(cast: Cast) -> None:
    made = open_one(cast)
    for n in range(6):
        answer_questionnaire(made, by=cast.liu, answers={**GIVEN, "q3": str(n % 5 + 1)}, origin="paper")
    url = reverse("questionnaire-result", args=[made.pk])
    assert Client().get(url).status_code == 404
    publish_questionnaire(close_questionnaire(made, by=cast.liu), by=cast.wang)
    page = Client().get(url).content.decode()
    assert "6人回答，平均 2.7 分" in page
    assert '<td class="number">100.00%</td>' in page
    assert "石凳太凉" not in page
    assert "已经截止" in Client().get(reverse("questionnaire", args=[made.pk])).content.decode()


def test_few_answers_give_no_shares(cast: Cast) -> None:
    made = open_one(cast)
    answer_questionnaire(made, by=cast.liu, answers=GIVEN, origin="paper")
    publish_questionnaire(close_questionnaire(made, by=cast.liu), by=cast.wang)
    page = Client().get(reverse("questionnaire-result", args=[made.pk])).content.decode()
    assert "不到5人，不算百分比" in page
    assert '<td class="number">100.00%</td>' not in page


def test_a_draft_questionnaire_is_not_there(cast: Cast) -> None:
    assert Client().get(reverse("questionnaire", args=[a_questionnaire(cast).pk])).status_code == 404
