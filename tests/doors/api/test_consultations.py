"""Consultations and questionnaires through the API."""

from typing import Any

from django.test import Client

from tests.cast import Cast
from tests.doors.api.program import Program
from tests.doors.counting import queries_of
from tests.factories.consultations import QUESTIONS, SEEDS, a_questionnaire, drafted, open_one, opened, published
from yishiting.ground.ledger.models import Entry
from yishiting.year.consultations.actions import discard_consultation, discard_questionnaire
from yishiting.year.consultations.models import OpinionVote, Participant, Response

WORDS: dict[str, Any] = {"title": "停车", "question": "夜里停哪里？", "opens": "2026-03-01", "closes": "2026-03-15"}


def test_a_consultation_from_the_draft_to_the_result(cast: Cast) -> None:
    liu, wang, lu = (Program(person=one) for one in (cast.liu, cast.wang, cast.lu))
    made = liu.post(f"/places/{cast.zaobei.code}/consultation-draft", 201, **WORDS)
    here = f"/consultations/{made['id']}"
    Program().get(here, 404)
    assert liu.post(f"{here}/amend", **{**WORDS, "title": "夜间停车"})["title"] == "夜间停车"
    for text in SEEDS[:3]:
        liu.post(f"{here}/statement-seed", 201, text=text)
    liu.post(f"{here}/open", 403)
    assert wang.post(f"{here}/open")["state"] == "open"
    stand = lu.post(f"{here}/answers", number=1, choice=1)
    assert (stand["shown"], stand["answered"]) == (3, {"1": 1})
    assert lu.get(f"{here}/mine")["next"]["number"] in {2, 3}
    said = lu.post(f"{here}/statement-propose", 201, text="白天可以短停")
    assert len(Program().get(f"{here}/statements")) == 3
    liu.post(f"/statements/{said['id']}/moderate", 422, shown=False)
    liu.post(f"/statements/{said['id']}/moderate", shown=False, reason="与第2条重复")
    assert liu.get("/lists/consultation-statements", of=made["id"])["items"][-1]["reason"] == "与第2条重复"
    liu.post(f"{here}/close")
    Program().get(f"{here}/votes", 404)
    told = wang.post(f"{here}/publish")
    assert told["result"]["map"] is None
    assert Program().get(f"{here}/votes")["csv"] == "person,statement,vote\n1,1,1\n"


def test_an_answer_over_the_api_is_kept_once_and_leaves_no_row(cast: Cast) -> None:
    made = opened(cast)
    here, rows = f"/consultations/{made.pk}/answers", Entry.objects.count()
    Program().post(here, 422, number=1, choice=1)
    for choice in (1, -1):
        Program(person=cast.lu).post(here, number=1, choice=choice)
        Program().post(here, number=1, choice=choice, token="a-secret-of-a-visitor")
    assert Program().post(here, 422, number=1, choice=3)["sentence"] == "填写的内容有误：choice（不是可选的值）。"
    Program().post(here, 404, number=99, choice=1, token="a-secret-of-a-visitor")
    assert (Participant.objects.count(), Entry.objects.count()) == (2, rows)
    assert set(OpinionVote.objects.values_list("choice", flat=True)) == {-1}


def test_neither_drafts_nor_authors_are_public(cast: Cast) -> None:
    draft = drafted(cast, title="草稿")
    Program(person=cast.qian).get(f"/consultations/{draft.pk}", 404)
    assert Program(person=cast.liu).get(f"/consultations/{draft.pk}")["title"] == "草稿"
    made = published(cast, people=2)
    listed = Program().get("/consultations/", place=cast.district.code)
    assert [one["title"] for one in listed["items"]] == [made.title]
    assert len(Program(person=cast.liu).get("/lists/consultations", of=cast.zaobei.code)["items"]) == 2
    for stranger in (Program(), Program(person=cast.qian)):
        stranger.get("/lists/consultations", 403, of=cast.zaobei.code)
        stranger.get("/lists/consultation-statements", 403, of=made.pk)
    row = Program(person=cast.liu).get("/lists/consultation-statements", of=made.pk)["items"][0]
    assert set(row) == {
        "id", "revision", "number", "text", "from", "state", "state_label", "heard", "reason",
    }  # fmt: skip


def test_a_questionnaire_from_the_draft_to_the_counts(cast: Cast) -> None:
    liu, wang = Program(person=cast.liu), Program(person=cast.wang)
    words = {key: WORDS[key] for key in ("title", "opens", "closes")}
    made = liu.post(f"/places/{cast.zaobei.code}/questionnaire-draft", 201, **words)
    here = f"/questionnaires/{made['id']}"
    Program().get(here, 404)
    wang.post(f"{here}/open", 409)
    assert len(liu.post(f"{here}/questions", questions=list(QUESTIONS))["questions"]) == 4
    assert liu.post(f"{here}/amend", **words, intro="两分钟")["intro"] == "两分钟"
    wang.post(f"{here}/open")
    answers = {"q1": "1至3号楼", "q2": ["车棚"], "q3": "4", "q4": "石凳太凉"}
    assert Program(person=cast.lu).post(f"{here}/answers", 201, answers=answers) == {"number": 1}
    Program().post(f"{here}/answers", 422, answers={"q1": "9号楼"})
    Program().post(f"{here}/papers", 403, answers=answers)
    paper = liu.post(f"{here}/papers", 201, answers=answers)
    Program().get(f"{here}/counts", 403)
    Program().get(f"{here}/responses", 403)
    assert [one["origin"] for one in liu.get(f"{here}/responses")["items"]] == ["web", "paper"]
    taken = liu.post(f"/responses/{paper['id']}/take-over", key="q4", receipt="2600000011")
    assert taken["taken_over"] == {"q4": "2600000011"}
    liu.post(f"{here}/close")
    wang.post(f"{here}/publish")
    counts = Program().get(f"{here}/counts")
    assert [one["answered"] for one in counts] == [2, 2, 2, 2]
    assert (counts[1]["chosen"]["车棚"], counts[2]["mean"], counts[3]["chosen"]) == (2, "", {})
    assert Response.objects.get(number=1).entered_by is None


def test_lists_ask_no_more_as_they_grow(cast: Cast, client) -> None:
    urls = ["/api/v1/consultations/", "/api/v1/questionnaires/"]
    opened(cast)
    open_one(cast)
    one = [queries_of(client, url) for url in urls]
    for n in range(2):
        opened(cast, title=f"又一项{n}")
        open_one(cast, title=f"又一份{n}")
        a_questionnaire(cast, title=f"草稿{n}")
    assert [queries_of(client, url) for url in urls] == one


def test_a_draft_thrown_away_is_on_no_list_and_has_no_page(cast: Cast) -> None:
    asked, sheet = drafted(cast), a_questionnaire(cast)
    discard_consultation(asked, by=cast.liu)
    discard_questionnaire(sheet, by=cast.liu)
    for kind, one in (("consultations", asked), ("questionnaires", sheet)):
        assert Program().get(f"/{kind}/", place=cast.district.code)["items"] == []
        assert Program(person=cast.liu).get(f"/lists/{kind}", of=cast.zaobei.code)["items"] == []
        for somebody in (Program(), Program(person=cast.liu)):
            somebody.get(f"/{kind}/{one.pk}", 404)
        assert Client().get(f"/{kind}/{one.pk}/").status_code == 404
