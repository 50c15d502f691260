"""Scoring and budget votes through the API."""

from tests.cast import Cast
from tests.doors.api.program import Program
from tests.factories import budgeting, scoring
from tests.factories.projects import seated_council
from yishiting.year.budgeting.models import Way
from yishiting.year.scoring.queries import scored_in

OPEN_ROUND = "/places/%s/score-round-open"


def test_a_round_from_the_opening_to_the_result(cast: Cast) -> None:
    seated_council(cast)
    liu, wang, li = (Program(person=one) for one in (cast.liu, cast.wang, cast.liming))
    proposals = [str(one.pk) for one in scoring.proposals(cast, 2)]
    given, opening = {"title": "打分", "proposals": proposals, "closes": "2026-03-10"}, OPEN_ROUND % cast.zaobei.code
    assert liu.post(opening, 422, **given, funded=1)["field"] == "lot_source"
    made = liu.post(opening, 201, **given)
    here = f"/score-rounds/{made['id']}"
    Program().get(here, 404)
    (mine,) = li.get("/judges/mine")
    first, second = (one["id"] for one in made["scored"])
    line = {"scored": first, "marks": ["8", "7.5", "9"]}
    li.post(f"/judges/{mine['id']}/sheet", 422, lines=[{"scored": first, "marks": ["8", "七", "9"]}])
    li.post(f"/judges/{mine['id']}/sheet", lines=[line])
    li.post(f"/judges/{mine['id']}/score-sheet-recuse", scored=second, reason="我就是申请人")
    assert li.get(f"/judges/{mine['id']}")[0] == {"scored": first, "marks": ["8", "7.5", "9"], "recused": False}
    liu.get(f"/judges/{mine['id']}", 403)
    other = next(one for one in liu.get(f"{here}/desk")["judges"] if one["name"] == "代表2")
    both = [line, {"scored": second, "marks": ["5", "5", None]}]
    liu.post(f"/judges/{other['judge']}/sheet", lines=both, paper=True)
    halfway = {one["name"]: one["progress"] for one in liu.get(f"{here}/desk")["judges"]}
    assert halfway["代表2"] == "keyed_once"
    liu.post(f"{here}/close", 409)
    wang.post(f"/judges/{other['judge']}/sheet", lines=both, paper=True)
    told = liu.post(f"{here}/close")
    assert told["result"]["rows"][0]["sheets"] == 2
    liu.post(f"{here}/publish", 403)
    wang.post(f"{here}/publish")
    assert "李明" not in str(Program().get(here))
    assert [one["title"] for one in Program().get("/score-rounds/", place=cast.district.code)["items"]] == ["打分"]


def test_the_lot_of_a_round(cast: Cast, clock) -> None:
    made = scoring.all_in(cast, scoring.opened(cast, funded=1, **scoring.LOT), 8, 8, 5)
    liu, wang = Program(person=cast.liu), Program(person=cast.wang)
    here = f"/score-rounds/{made.pk}"
    assert len(liu.post(f"{here}/close")["result"]["tied"]) == 2
    liu.post(f"{here}/draw-lot", 409, numbers=[1, 2, 3])
    clock.to(scoring.LOT_DAY)
    told = liu.post(f"{here}/draw-lot", numbers=[1, 2, 3])
    assert sum(bool(row["funded"]) for row in told["result"]["rows"]) == 1
    assert wang.post(f"{here}/void", reason="漏了一件")["state"] == "void"
    assert [one["state"] for one in liu.get("/lists/score-rounds", of=cast.zaobei.code)["items"]] == ["void"]
    assert scored_in(made)


def test_a_vote_from_the_opening_to_the_result(cast: Cast, clock) -> None:
    seated_council(cast)
    liu, wang, li = (Program(person=one) for one in (cast.liu, cast.wang, cast.liming))
    offered = [{"proposal": str(one.proposal.pk), "cost": one.cost} for one in budgeting.offered(cast)]
    given = {
        "place": cast.zaobei.code, "title": "表决", "year": 2027, "budget": 10_000_000, "offered": offered,
        "closes": "2026-03-20", "lot_source": "3D当期号码", "lot_day": "2026-03-23",
        "roll": [{"name": "张伟", "unit": "3号楼"}, {"name": "李红"}],
    }  # fmt: skip
    made = liu.post("/budget-votes/", 201, **given)
    here = f"/budget-votes/{made['id']}"
    assert Program().get(here)["result"] == {}
    (mine,) = li.get("/voters/mine")
    li.post(f"/voters/{mine['id']}/budget-ballot-cast", choices=[1, 3])
    li.post(f"/voters/{mine['id']}/budget-ballot-cast", 409, choices=[1])
    Program(person=cast.qian).get("/lists/budget-register", 403, of=made["id"])
    for name in ("张伟", "李红"):
        (one,) = liu.get("/lists/budget-register", of=made["id"], q=name)["items"]
        assert liu.post(f"/voters/{one['id']}/budget-ballot-issue")["way"] == Way.PAPER
    batch = {"number": 1, "ballots": [{"choices": [2, 1], "sheets": 1}, {"choices": []}], "invalid": 0}
    for someone in (liu, wang):
        told = someone.post(f"{here}/batches", **batch)
    assert told["batches"] == [{"number": 1, "agreed": True, "keyed_by": ["刘芳", "王建国"], "differences": []}]
    assert told["turnout"] == {"all": 7, "phone": 1, "paper": 2}
    closed = liu.post(f"{here}/close")
    assert closed["result"]["winners"] == ["1", "2"]
    assert closed["reasons"][0]["why"].endswith("差25,000元。")
    Program().get(here, 404)
    instead = [one["id"] for one in made["options"] if one["number"] in (1, 3)]
    wang.post(f"{here}/override", 422, winners=instead, reason="")
    wang.post(f"{here}/override", winners=instead, reason="3号涉及安全")
    wang.post(f"{here}/publish")
    public = Program().get(here)
    assert (public["result"]["winners"], public["override"]["winners"]) == (["1", "2"], [1, 3])
    assert len(Program().get("/budget-votes/", place=cast.zaobei.code)["items"]) == 1
    assert len(liu.get("/lists/budget-votes", of=cast.zaobei.code)["items"]) == 1


def test_the_lot_of_a_vote_and_a_void_one(cast: Cast, clock) -> None:
    vote = budgeting.on_paper(cast, budgeting.opened(cast, costs=(6_000_000, 6_000_000)), ((1,), 3), ((2,), 3))
    liu, wang = Program(person=cast.liu), Program(person=cast.wang)
    here = f"/budget-votes/{vote.pk}"
    liu.post(f"{here}/close")
    wang.post(f"{here}/publish", 409)
    clock.to(budgeting.LOT_DAY)
    assert len(liu.post(f"{here}/draw-lot", numbers=[9, 0, 4])["result"]["winners"]) == 1
    assert wang.post(f"{here}/void", reason="名册印错")["void_reason"] == "名册印错"
