"""问卷 at the desk."""

import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories.consultations import a_questionnaire, open_one
from yishiting.ground.accounts.actors import Visitor
from yishiting.year.consultations.actions import answer_questionnaire
from yishiting.year.consultations.models import Questionnaire, Response
from yishiting.year.suggestions.models import Suggestion

GIVEN: dict[str, Any] = {"q1": "1至3号楼", "q2": ["长椅", "车棚"], "q3": "5", "q4": "石凳太凉，想要木头的"}


def test_a_questionnaire_is_built_question_by_question(cast: Cast, sign_in) -> None:
    liu, wang = sign_in(cast.liu), sign_in(cast.wang)
    words = {"title": "活动室开到几点", "opens": "今天", "closes": "3月20日", "intro": ""}
    liu.post(reverse("do", args=["questionnaire.draft", cast.zaobei.code]), words)
    made = Questionnaire.objects.get()
    add = reverse("question-add", args=[made.pk])
    wrong = liu.post(add, {"kind": "single", "text": "几点合适", "options": "九点"})
    assert wrong.status_code == 422
    assert "至少写两个" in wrong.content.decode()
    liu.post(add, {"kind": "single", "text": "几点合适", "options": "九点\n十点\n", "required": "on"})
    liu.post(add, {"kind": "text", "text": "还想说什么", "options": "不会留下"})
    move = reverse("question-move", args=[made.pk, "q2"])
    liu.post(move, {"how": "up"})
    liu.post(reverse("question-amend", args=[made.pk, "q2"]), {"kind": "text", "text": "您的建议"})
    made.refresh_from_db()
    assert [(one["key"], one["text"], one["options"]) for one in made.questions] == [
        ("q2", "您的建议", []),
        ("q1", "几点合适", ["九点", "十点"]),
    ]
    assert liu.get(reverse("question-amend", args=[made.pk, "q9"])).status_code == 404
    preview = liu.get(reverse("questionnaire-preview", args=[made.pk])).content.decode()
    assert "2. 几点合适" in preview
    assert '<form method="post" action=""' not in preview
    liu.post(move, {"how": "out"})
    wang.post(reverse("do", args=["questionnaire.open", made.pk]))
    made.refresh_from_db()
    assert (made.state, [one["key"] for one in made.questions]) == ("open", ["q1"])
    assert liu.post(add, {"kind": "text", "text": "晚了"}).status_code == 422


def test_paper_is_typed_in_and_counted_apart(cast: Cast, sign_in) -> None:
    made, liu = open_one(cast), sign_in(cast.liu)
    answer_questionnaire(made, by=Visitor(), answers=GIVEN)
    page = liu.post(reverse("questionnaire-paper", args=[made.pk]), {**GIVEN, "session_id": ""}, follow=True)
    assert "第2份已录入" in page.content.decode()
    assert "网上1份，纸质1份" in liu.get(reverse("desk-questionnaire", args=[made.pk])).content.decode()


def test_the_sheet_has_a_row_for_each(cast: Cast, sign_in) -> None:
    made = open_one(cast)
    answer_questionnaire(made, by=Visitor(), answers={**GIVEN, "q4": "=1+1"})
    answer_questionnaire(made, by=cast.liu, answers={"q1": "4至6号楼"}, origin="paper")
    file = sign_in(cast.liu).get(reverse("questionnaire-export", args=[made.pk]))
    rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).active.iter_rows(values_only=True))
    assert rows[2] == ("份号", "来源", "收到", "您住在几号楼", "您常用哪些设施", "您对小花园满意吗", "还想说什么")
    assert rows[3] == (1, "网上填写", "2026-03-05", "1至3号楼", "长椅；车棚", "5", "=1+1")
    assert rows[4][:4] == (2, "纸质代录", "2026-03-05", "4至6号楼")


def test_free_words_become_a_suggestion_once(cast: Cast, sign_in) -> None:
    made, liu = open_one(cast), sign_in(cast.liu)
    response = answer_questionnaire(made, by=Visitor(), answers=GIVEN)
    url = f"{reverse('response-take-over', args=[response.pk])}?key=q4"
    assert GIVEN["q4"] in liu.get(url).content.decode()
    page = liu.post(url, {"text": GIVEN["q4"], "where": "小花园"}, follow=True).content.decode()
    suggestion = Suggestion.objects.get()
    assert (suggestion.channel, suggestion.where, suggestion.recorded_by) == ("questionnaire", "小花园", cast.liu)
    assert Response.objects.get().taken_over == {"q4": suggestion.receipt}
    assert "已转为建议" in page
    again = liu.post(url, {"text": GIVEN["q4"], "where": ""})
    assert "已经转为建议" in again.content.decode()
    assert Suggestion.objects.count() == 1


def test_the_counts_print_with_bars_and_tables(cast: Cast, sign_in) -> None:
    made = open_one(cast)
    for _n in range(5):
        answer_questionnaire(made, by=Visitor(), answers=GIVEN)
    page = sign_in(cast.liu).get(reverse("questionnaire-counts", args=[made.pk])).content.decode()
    assert '<rect width="100.00%"' in page
    assert "可以选几项" in page
    assert GIVEN["q4"] in page


@pytest.mark.parametrize(
    "name",
    [
        "desk-questionnaire",
        "questionnaire-counts",
        "questionnaire-export",
        "questionnaire-texts",
        "questionnaire-paper",
    ],
)
def test_others_do_not_come_in(cast: Cast, sign_in, name: str) -> None:
    url = reverse(name, args=[open_one(cast).pk])
    for who in (cast.qian, cast.lu):
        assert sign_in(who).get(url).status_code == 403


def test_lists_ask_no_more_as_they_grow(cast: Cast, sign_in) -> None:
    liu, made = sign_in(cast.liu), open_one(cast)
    answer_questionnaire(made, by=Visitor(), answers=GIVEN)
    urls = [reverse("desk-questionnaires", args=[cast.zaobei.code])]
    urls += [
        reverse(name, args=[made.pk])
        for name in ("questionnaire-texts", "questionnaire-counts", "questionnaire-export")
    ]
    one = [queries_of(liu, url) for url in urls]
    for n in range(2):
        a_questionnaire(cast, title=f"问卷{n}")
        answer_questionnaire(made, by=Visitor(), answers=GIVEN)
    assert [queries_of(liu, url) for url in urls] == one
