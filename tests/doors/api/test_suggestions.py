"""Suggestions through the API after they were taken in: done, refused with the same sentences, nobody's name."""

import json
from typing import Any

from django.test import Client

from tests.cast import OPERATOR, Cast
from tests.factories.suggestions import ALL_PASS, a_refused_one, a_slip, a_suggestion, a_valid_one, many_alike
from yishiting.ground.ledger.models import Entry
from yishiting.year.suggestions.actions import load_categories, screen_suggestion
from yishiting.year.suggestions.models import Suggestion, Unlike
from yishiting.year.suggestions.states import State

ROOT = "/api/v1/suggestions"


def post(browser: Client, path: str, *, headers: dict[str, str] | None = None, **body: Any) -> Any:
    return browser.post(f"{ROOT}{path}", json.dumps(body), content_type="application/json", headers=headers or {})


def test_screened_refused_and_stale(cast: Cast, sign_in) -> None:
    one, desk = a_suggestion(cast), sign_in(cast.liu)
    wrong = post(desk, f"/{one.pk}/screen", **(ALL_PASS | {"factual": "fail"}), result="valid")
    assert (wrong.status_code, wrong.json()["field"]) == (422, "result")
    assert "四项标准都符合" in wrong.json()["sentence"]
    stranger = post(sign_in(cast.qian), f"/{one.pk}/screen", **ALL_PASS, result="valid")
    assert (stranger.status_code, "本地" in stranger.json()["sentence"]) == (403, True)
    told = post(desk, f"/{one.pk}/screen", **ALL_PASS, result="valid").json()
    assert (told["state"], told["screenings"][0]["marks"]) == ("valid", ALL_PASS)
    again = post(desk, f"/{one.pk}/screen", headers={"If-Match": str(one.revision)}, **ALL_PASS, result="valid")
    assert again.status_code == 409


def test_merged_kept_apart_unmerged(cast: Cast, sign_in) -> None:
    main, twin, other = many_alike(cast, 3)
    desk = sign_in(cast.liu)
    assert desk.get(f"{ROOT}/alike", {"place": cast.zaobei.code}).json() == [[str(x.pk) for x in (main, twin, other)]]
    merged = post(desk, f"/{main.pk}/merge", others=[str(twin.pk)]).json()
    assert (merged["merged_here"], merged["households"]) == ([str(twin.pk)], 2)
    assert post(desk, f"/{main.pk}/keep-apart", other=str(other.pk)).status_code == 200
    assert Unlike.objects.count() == 1
    assert desk.get(f"{ROOT}/alike", {"place": cast.zaobei.code}).json() == []
    assert post(desk, f"/{twin.pk}/unmerge", reason=" ").json()["field"] == "reason"
    assert post(desk, f"/{twin.pk}/unmerge", reason="另一盏灯").json()["state"] == "received"
    far = a_slip(cast, place=cast.zaonan, by=cast.qian)
    refused = post(desk, f"/{main.pk}/merge", others=[str(far.pk)])
    assert "麦子店街道合并" in refused.json()["sentence"]


def test_split_and_put_together(cast: Cast, sign_in) -> None:
    one, desk = a_suggestion(cast), sign_in(cast.liu)
    assert post(desk, f"/{one.pk}/split", parts=["灯坏了"]).status_code == 422
    parts = post(desk, f"/{one.pk}/split", parts=["灯坏了", "车棚漏雨"]).json()
    assert [part["title"] for part in parts] == ["灯坏了", "车棚漏雨"]
    assert post(desk, f"/{one.pk}/unsplit", reason="一件事").json()["state"] == "received"
    assert post(desk, f"/{one.pk}/unsplit", reason="一件事").status_code == 409


def test_classed_assigned_answered(cast: Cast, sign_in) -> None:
    load_categories(cast.district, by=OPERATOR)
    one, desk = a_valid_one(cast), sign_in(cast.liu)
    offered = desk.get(f"{ROOT}/{one.pk}/proposed").json()
    assert offered["category"][0]["value"] == "环境/设施维修"
    assert 0 < offered["category"][0]["confidence"] < 1
    assert post(desk, f"/{one.pk}/classify", category="没有", responsible_level="community").status_code == 422
    told = post(desk, f"/{one.pk}/classify", category="环境/设施维修", responsible_level="district").json()
    assert told["category"] == "环境/设施维修"
    led = post(desk, f"/{one.pk}/assign", responsible=str(cast.wang.pk))
    assert "社区不能作主办单位" in led.json()["sentence"]
    assert post(desk, f"/{one.pk}/answer", kind="planned", text="六月底前换好").status_code == 201
    assert desk.get(f"{ROOT}/{one.pk}").json()["answers"][0]["text"] == "六月底前换好"


def test_supplemented_and_appealed_without_an_account(cast: Cast, sign_in, client: Client) -> None:
    one, desk = a_suggestion(cast), sign_in(cast.liu)
    post(desk, f"/{one.pk}/screen", **(ALL_PASS | {"factual": "more_work"}), result="more_work", reason="哪一盏")
    wrong = post(client, f"/{one.pk}/supplement", text="二层那盏", tail="9999")
    assert (wrong.status_code, wrong.json()["field"]) == (403, "tail")
    assert post(client, f"/{one.pk}/supplement", text="二层那盏", tail="0021").status_code == 201
    other = a_refused_one(cast, phone="13900000022")
    asked = post(client, f"/{other.pk}/appeal", text="整栋楼", tail="0022")
    assert asked.status_code == 201
    assert desk.get("/api/v1/lists/appeals", {"of": cast.zaobei.code}).json()["total"] == 1
    assert post(desk, f"/{other.pk}/decide-appeal", valid=True, decision="影响整栋楼").status_code == 403
    told = post(sign_in(cast.wang), f"/{other.pk}/decide-appeal", valid=True, decision="影响整栋楼").json()
    assert told["state"] == State.VALID


def test_the_bank_reads_by_office_and_names_nobody(cast: Cast, sign_in, client: Client) -> None:
    one = a_suggestion(cast, name="陆桂芳")
    a_slip(cast, place=cast.zaonan, by=cast.qian)
    assert client.get("/api/v1/lists/bank").status_code == 403
    assert sign_in(cast.lu).get("/api/v1/lists/bank").status_code == 403
    assert sign_in(cast.zhao).get("/api/v1/lists/bank").json()["total"] == 2
    answer = sign_in(cast.liu).get("/api/v1/lists/bank", {"q": "楼道灯"})
    assert [row["receipt"] for row in answer.json()["items"]] == [one.receipt]
    assert "陆桂芳" not in answer.content.decode()
    assert sign_in(cast.liu).get("/api/v1/lists/screening-at-once", {"of": cast.zaobei.code}).json()["total"] == 1


def test_in_full_with_a_reason_only(cast: Cast, sign_in) -> None:
    a_suggestion(cast, name="陆桂芳")
    asked = {"place": cast.zaobei.code, "reason": "电话回访"}
    assert post(sign_in(cast.liu), "/export", **asked).status_code == 403
    assert post(sign_in(cast.wang), "/export", **asked | {"reason": " "}).json()["field"] == "reason"
    told = post(sign_in(cast.wang), "/export", **asked).json()
    assert [row["proposer_name"] for row in told] == ["陆桂芳"]
    assert Entry.objects.get(verb="suggestion.export").facts["rows"] == 1


def test_what_sounds_alike_and_why(cast: Cast, client: Client) -> None:
    one = a_suggestion(cast)
    found = post(client, "/similar", place=cast.zaobei.code, text="3号楼2单元楼道灯坏了", where="3号楼2单元").json()
    assert (found[0]["suggestion"]["id"], found[0]["suggestion"]["title"]) == (str(one.pk), "网上收到的一条建议")
    assert found[0]["reasons"]
    assert "receipt" not in found[0]["suggestion"]
    screen_suggestion(one, by=cast.liu, **ALL_PASS, result="valid")
    found = post(client, "/similar", place=cast.zaobei.code, text="3号楼2单元楼道灯坏了", where="3号楼2单元").json()
    assert found[0]["suggestion"]["title"] == one.title
    assert Suggestion.objects.count() == 1
