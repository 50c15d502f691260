"""What goes wrong at a screen: each time a sentence that says what to do, nothing lost, nothing half done."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import ballots, councils, projects, suggestions
from tests.journeys.visitor import Visitor
from yishiting.ground.ledger.models import Entry
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.councils.models import Constituency
from yishiting.year.suggestions.models import ImportBatch, Suggestion

pytestmark = pytest.mark.django_db

WORDS = "您想说什么"
LAMP = "3号楼楼道灯坏了半个月，希望换成声控灯。"


@pytest.fixture
def stranger(cast: Cast) -> Visitor:
    return Visitor().to("suggest-here", cast.zaobei.code)


@pytest.fixture
def liu(cast: Cast) -> Visitor:
    return Visitor(cast.liu)


@pytest.fixture
def wang(cast: Cast) -> Visitor:
    return Visitor(cast.wang)


def hand_in(liu: Visitor, cast: Cast, name: str, content: bytes, expects: int = 200) -> Visitor:
    """A file at the import page."""
    liu.to("import-hand-in", cast.zaobei.code)
    return liu.send("检查这个文件", 文件=SimpleUploadedFile(name, content), 这些建议从哪里来="信函", expects=expects)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("工单.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "请在 Excel 里另存为"),
        ("工单.pdf", b"%PDF-1.7 \n%%EOF", "这是 PDF"),
        ("工单.xlsx", b"PK\x03\x04 but no workbook", "Excel"),
        ("工单.csv", bytes(range(256)) * 40, "文件"),
        ("工单.csv", b"", "文件"),
    ],
)
def test_a_wrong_file(liu: Visitor, cast: Cast, name: str, content: bytes, says: str) -> None:
    hand_in(liu, cast, name, content, expects=422).sees(says)
    assert [value for value, _words, on in chosen(liu, "这些建议从哪里来") if on] == ["letter"]
    assert not ImportBatch.objects.exists()


def chosen(visitor: Visitor, label: str) -> list[tuple[str, str, bool]]:
    """The options of a field, and which is on."""
    return next(one.options for form in visitor.paper.forms for one in form.controls if one.label == label)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_an_unusual_encoding_is_read_all_the_same(liu: Visitor, cast: Cast, encoding: str) -> None:
    content = f"标题,建议内容\n路灯,{LAMP}\n".encode(encoding)
    hand_in(liu, cast, "建议.csv", content).send("收入这 1 条").sees("已收入 1 条")
    assert Suggestion.objects.get().text == LAMP


def test_a_column_is_missing(liu: Visitor, cast: Cast) -> None:
    hand_in(liu, cast, "名单.csv", "姓名,电话\n赵女士,13900000001\n".encode(), expects=422).sees("姓名、电话")
    assert not Suggestion.objects.exists()


def test_the_thirtieth_of_february_in_a_file(liu: Visitor, cast: Cast) -> None:
    content = f"标题,建议内容,提出时间\n路灯,{LAMP},2026-2-30\n椅子,院里想添一把椅子。,2026-2-28\n".encode()
    hand_in(liu, cast, "建议.csv", content).sees("2026-2-30").send("收入这 1 条").sees("不存在")
    assert Suggestion.objects.get().title == "椅子"


def test_the_thirtieth_of_february_on_a_slip(liu: Visitor, cast: Cast) -> None:
    liu.to("desk-slips", cast.zaobei.code)
    liu.send("保存，录下一条", {"原话": LAMP, "收到日期": "2月30日"}, expects=422).sees("看不出是哪一天")
    assert (liu.kept("原话"), liu.kept("收到日期")) == (LAMP, "2月30日")
    assert not Suggestion.objects.exists()


def test_nine_thousand_characters_are_kept_whole(stranger: Visitor) -> None:
    long = "灯" * 9_000
    stranger.send("提交建议", {WORDS: long}).sees("建议已受理")
    assert Suggestion.objects.get().text == long


def test_more_than_anybody_can_read(stranger: Visitor) -> None:
    long = "灯" * 10_001
    stranger.send("提交建议", {WORDS: long}, expects=422).sees("一次最多")
    assert stranger.kept(WORDS) == long
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("words", ["路灯坏了😢，请修👍🏽", "👨‍👩‍👧一家三口想要个滑梯", "𠮷野家门口的路灯"])
def test_emoji_and_rare_characters(stranger: Visitor, words: str) -> None:
    stranger.send("提交建议", {WORDS: words}).sees("建议已受理", words)
    assert Suggestion.objects.get().text == words


@pytest.mark.parametrize("words", ["<script>alert(1)</script>路灯坏了", '"><img src=x onerror=alert(1)>路灯坏了'])
def test_a_script_tag_stays_words(stranger: Visitor, liu: Visitor, words: str) -> None:
    stranger.send("提交建议", {WORDS: words}).sees(words)
    said = Suggestion.objects.get()
    for page in (stranger, liu.to("desk-suggestion", said.pk), Visitor(liu_of(said)).to("suggestion-screen", said.pk)):
        assert words in page.paper.words
        assert "<script>alert" not in page.source
        assert "<img src=x" not in page.source


def liu_of(said: Suggestion) -> object:
    """The worker of the place."""
    return said.place.appointments.get(office="community_worker").person


def test_a_double_click(stranger: Visitor) -> None:
    form, _button = stranger.form("提交建议")
    sent = {**form.values(), "text": [LAMP]}
    first, second = (stranger.browser.post(stranger.url, sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Suggestion.objects.count() == 1


def test_a_stale_form_and_two_people_on_one_item(cast: Cast, liu: Visitor, wang: Visitor) -> None:
    said = suggestions.a_suggestion(cast)
    for someone in (liu, wang):
        someone.to("suggestion-screen", said.pk)
    marks = dict.fromkeys(("factual", "public_interest", "legality", "feasibility"), "pass")
    wang.send("保存，看下一条", {**marks, "初审结果": "有效建议"})
    entries = Entry.objects.count()
    refusing = {
        **marks,
        "public_interest": "fail",
        "初审结果": "不予受理",
        "理由": "这是您自己的事，请找调解委员会。",
    }
    liu.send("保存，看下一条", refusing, expects=422).sees("已经被别人处理过")
    assert liu.kept("理由") == "这是您自己的事，请找调解委员会。"
    said.refresh_from_db()
    assert (said.state, Entry.objects.count()) == ("valid", entries)


def test_a_page_left_open_over_night(cast: Cast, liu: Visitor, clock: Clock) -> None:
    liu.to("desk-slips", cast.zaobei.code)
    clock.to(date(2026, 3, 6))
    liu.send("保存，录下一条", 原话=LAMP).sees("为了安全已经退出，请重新登录", "保留在草稿里")
    assert not Suggestion.objects.exists()


def test_an_expired_term(cast: Cast, clock: Clock) -> None:
    project = projects.planned(cast, projects.seated_council(cast))
    liming = Visitor(cast.liming).to("my-project", project.pk).press("提出监督意见")
    clock.to(date(2028, 1, 2))
    late = Visitor(cast.liming)
    late.paper, late.url = liming.paper, liming.url
    late.send("提出监督意见", 发现了什么问题="灯不亮。", expects=403).sees("任期届满或离任以后不能办理")
    assert not project.findings.exists()


def test_a_back_dated_notice(cast: Cast, wang: Visitor) -> None:
    wang.to("do", "notice.post", cast.zaobei.code)
    filled = {"标题": "征集建议公告", "正文": "欢迎大家提建议。", "从哪一天起": "3月1日"}
    wang.send("发布公告", filled, expects=422).sees("公示不能倒签")
    assert (wang.kept("正文"), wang.kept("从哪一天起")) == ("欢迎大家提建议。", "3月1日")
    assert not PublicNotice.objects.exists()


def test_a_seat_plan_that_breaks_a_rule(cast: Cast, liu: Visitor) -> None:
    term = councils.a_planned_term(cast)
    kept = list(Constituency.objects.filter(term=term).values_list("name", "seats"))
    liu.to("seat-plan", term.pk).send("保存方案", {"第1行席位": 40, "第1行推选单位": "一号大院"}, expects=422)
    liu.sees("还有 1 处要改")
    assert (liu.kept("第1行推选单位"), liu.kept("第1行席位")) == ("一号大院", "40")
    assert list(Constituency.objects.filter(term=term).values_list("name", "seats")) == kept


def test_more_ballots_returned_than_issued_void_the_vote(cast: Cast, liu: Visitor) -> None:
    poll = ballots.paper(cast)
    sheet = {"发出票数": 10, "收回票数": 11, "有效票": 11, "无效票（含空白）": 0, "赞成": 9, "反对": 1, "弃权": 1}
    liu.to("desk-tally", poll.pk).send("录入", sheet).sees("第一遍已录入")
    Visitor(cast.zhou).to("desk-tally", poll.pk).send("录入", sheet).sees("收回多于发出，本次投票整次无效")
    poll.refresh_from_db()
    assert poll.state == "void"


def test_a_sheet_that_does_not_add_up(cast: Cast, liu: Visitor) -> None:
    poll = ballots.paper(cast)
    sheet = {"发出票数": 10, "收回票数": 10, "有效票": 9, "无效票（含空白）": 0, "赞成": 9, "反对": 0, "弃权": 0}
    liu.to("desk-tally", poll.pk).send("录入", sheet, expects=422).sees("对不上")
    assert (liu.kept("有效票"), liu.kept("赞成")) == ("9", "9")
    assert not poll.tallies.exists()


def test_an_address_with_a_number_that_does_not_exist(liu: Visitor) -> None:
    answer = liu.browser.get(f"/desk/suggestions/{uuid.uuid4()}/")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()
