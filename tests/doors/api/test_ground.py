"""Who acts, how refusals look, what may not be sent, how lists are paged."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD, Cast
from tests.doors.api.program import BASE, Program, with_token
from tests.factories import publicity
from yishiting.ground.entrance.actions import issue_token, revoke_token

NOTICE = {"kind": "announcement", "title": "停水通知", "body": "周六停水半天。"}


def test_a_token_acts_in_the_name_of_its_owner(cast: Cast) -> None:
    program = with_token(cast.wang, date(2026, 6, 1))
    me = program.get("/me/")
    assert (me["id"], me["offices"][0]["what"]) == (str(cast.wang.pk), "community_secretary")
    posted = program.post("/notices/", place=cast.zaobei.code, **NOTICE)
    entry = Program().get("/ledger/entries", subject_id=posted["id"])["items"][0]
    assert (entry["verb"], entry["office"]) == ("notice.post", "community_secretary")


@pytest.mark.parametrize("way", ["unknown", "revoked", "expired", "closed"])
def test_a_bad_token_is_told_so(cast: Cast, clock, way: str) -> None:
    token, text = issue_token(cast.wang, by=cast.wang, name="旧程序", expires_on=date(2026, 4, 1))
    if way == "revoked":
        revoke_token(token, by=cast.wang)
    elif way == "expired":
        clock.to(date(2026, 4, 2))
    elif way == "closed":
        cast.wang.is_active = False
        cast.wang.save()
    program = Program(token="nobody" if way == "unknown" else text)
    assert "令牌" in program.get("/notices/", status=401)["sentence"]


def test_a_session_needs_the_csrf_token_to_write(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.wang)
    assert browser.get(f"{BASE}/me/").status_code == 200
    said = {"place": cast.zaobei.code, **NOTICE}
    answer = browser.post(f"{BASE}/notices/", said, content_type="application/json")
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["sentence"]


def test_an_idle_session_is_answered_not_led_to_a_page(cast: Cast, clock) -> None:
    browser = Client()
    browser.force_login(cast.wang)
    assert browser.get(f"{BASE}/me/").status_code == 200
    clock.to(date(2026, 3, 5), 15)
    answer = browser.get(f"{BASE}/me/")
    assert (answer.status_code, "重新登录" in answer.json()["sentence"]) == (401, True)
    cast.liu.password_changed_at = None
    cast.liu.save()
    assert "改密码" in Program(person=cast.liu).get("/me/", status=403)["sentence"]


def test_a_refusal_says_who_may_and_which_field(cast: Cast) -> None:
    said = {"place": cast.zaobei.code, **NOTICE}
    refused = Program().post("/notices/", status=403, **said)
    assert "本地的社区（村）党组织书记" in refused["sentence"]
    wang = Program(person=cast.wang)
    late = wang.post("/notices/", status=422, **said, posted_on="2026-03-01")
    assert (late["field"], "不能倒签" in late["sentence"]) == ("posted_on", True)
    notice = publicity.a_notice(cast)
    wang.post(f"/notices/{notice.pk}/withdraw", reason="写错了")
    assert "状态" in wang.post(f"/notices/{notice.pk}/withdraw", status=409, reason="再撤一次")["sentence"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": "长" * 121}, "title"),
        ({"titel": "写错的名字"}, "titel"),
        ({"body": "有零字符\x00"}, "body"),
        ({"place": "枣营北里"}, "place"),
        ({"kind": "candidates"}, "kind"),
        ({"workdays": 10**12}, "workdays"),
        ({"posted_on": "明天"}, "posted_on"),
    ],
)
def test_what_a_database_could_not_keep_is_refused_with_the_field(cast: Cast, said: dict, field: str) -> None:
    sent = {"place": cast.zaobei.code, **NOTICE, **said}
    refused = Program(person=cast.wang).post("/notices/", status=422, **sent)
    assert refused["field"] == field
    assert field in refused["sentence"]


@pytest.mark.parametrize("hidden", [{"recused": {"x": "\x00"}}, {"recused": ["\x00"]}])
def test_a_zero_character_is_found_inside(cast: Cast, hidden: dict) -> None:
    anything = "00000000-0000-0000-0000-000000000000"
    assert Program(person=cast.wang).post(f"/items/{anything}/vote", status=422, **hidden)["field"] == "recused"


@pytest.mark.parametrize(
    "path",
    [
        "/notices/00000000-0000-0000-0000-000000000000",
        "/objections/2600000010",
        "/objections/no-such",
        "/lists/notices?of=999999",
        "/notices/?place=none",
        "/councils/00000000-0000-0000-0000-000000000000/terms",
    ],
)
def test_what_is_not_there_is_404_with_a_sentence(cast: Cast, path: str) -> None:
    assert Program(person=cast.wang).get(path, status=404)["sentence"] == "没有找到"


def test_lists_are_paged(cast: Cast) -> None:
    for n in range(3):
        publicity.a_notice(cast, title=f"公告{n}")
    anyone = Program()
    first = anyone.get("/notices/", place=cast.zaobei.code, size=2)
    assert ([one["title"] for one in first["items"]], first["total"]) == (["公告2", "公告1"], 3)
    assert [one["title"] for one in anyone.get("/notices/", size=2, page=2)["items"]] == ["公告0"]
    assert anyone.get("/notices/", size=10**9)["size"] == 200
    assert anyone.get("/notices/", page=10**15)["items"] == []
    assert anyone.get("/notices/", place=cast.district.code)["total"] == 3
    assert anyone.get("/notices/", place=cast.anzhen.code)["total"] == 0
    assert anyone.get("/notices/", kind="result")["total"] == 0
    assert anyone.get("/notices/", status=422, kind="nonsense")["field"] == "kind"


def test_me_waits_messages_and_tokens(cast: Cast) -> None:
    assert "登录" in Program().get("/me/", status=403)["sentence"]
    notice = publicity.a_notice(cast, takes_objections=True)
    raised = Program(person=cast.lu).post(f"/notices/{notice.pk}/objections", text="名单有误")
    wang = Program(person=cast.wang)
    waits = [one for one in wang.get("/me/waiting") if one["verb"] == "objection.answer"]
    assert (waits[0]["id"], waits[0]["late"]) == (raised["id"], False)
    wang.post(f"/objections/{raised['id']}/answer", upheld=False, answer="名单无误。")
    lu = Program(person=cast.lu)
    message = lu.get("/me/messages")["items"][0]
    assert lu.post(f"/messages/{message['id']}/read")["read_at"]
    assert Program(person=cast.liming).post(f"/messages/{message['id']}/read", status=403)
    assert lu.post("/me/messages/read") == {"read": 0}
    assert "工作人员" in lu.post("/me/tokens", status=403, name="我的", expires_on="2026-05-01")["sentence"]
    until = (timezone.localdate() + timedelta(days=400)).isoformat()
    assert wang.post("/me/tokens", status=422, name="太久", expires_on=until)["field"] == "expires_on"
    issued = wang.post("/me/tokens", name="报表", expires_on="2026-05-01")
    assert [one["name"] for one in wang.get("/me/tokens")] == ["报表"]
    assert issued["text"] not in str(wang.get("/me/tokens"))
    wang.post(f"/tokens/{issued['token']['id']}/revoke")
    assert Program(token=issued["text"]).get("/me/", status=401)


def test_what_no_program_does_says_so(cast: Cast) -> None:
    system = Program(person=cast.system)
    said = system.post(f"/people/{cast.wang.pk}/account-reset-password", status=403)["sentence"]
    assert "不经过程序" in said
    assert cast.wang.check_password(PASSWORD)
    assert system.post(f"/people/{cast.wang.pk}/account-close", reason="调离")["is_active"] is False
