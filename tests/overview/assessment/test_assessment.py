"""A year's assessment of 24 subdistricts, from counted facts to the published table that anybody computes anew."""

import csv
import json
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.assessments import (
    END,
    announced,
    begun,
    checked,
    checked_row,
    drafted,
    proof,
    said,
    subdistricts,
    undisputed,
    works,
)
from tests.factories.matters import a_rated_matter
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.notices.models import Message
from yishiting.ground.places.models import Place
from yishiting.methods.commands import main
from yishiting.methods.commands.assessment import csv_lines
from yishiting.overview.assessment.actions import (
    adopt_rules,
    announce,
    answer_appeal,
    appeal,
    begin,
    check,
    count,
    draft,
    exempt,
    publish,
    reopen,
    self_score,
    withdraw,
    withdraw_exemption,
)
from yishiting.overview.assessment.models import About, UnitSheet
from yishiting.overview.assessment.queries import rules_of
from yishiting.overview.cycle.board import waiting_for
from yishiting.overview.insights.counting import Counted, Period
from yishiting.overview.insights.judged import EVERY
from yishiting.year.matters.choices import Role, Satisfaction
from yishiting.year.matters.models import Rating
from yishiting.year.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db


def waits(person, day) -> list[str]:
    nouns = ("assessment", "unit_sheet", "mark")
    return [one.verb for one in waiting_for(person, day) if one.verb.split(".")[0] in nouns]


def by_hand(rules: list[dict[str, object]], marks: dict[str, dict[str, object]]) -> str:
    """The sum of a unit once more, with nothing of the method: full − slope × points short, weights over what applies."""
    own: dict[str, Fraction] = {}
    for rule in rules:
        mark, full = marks[str(rule["code"])], Fraction(str(rule["full"]))
        if mark.get("exempt"):
            continue
        if "points" in mark:
            own[str(rule["code"])] = Fraction(int(str(mark["points"]))) / full
        elif int(str(mark["total"])) >= int(str(rule["fewest"])):
            rate = Fraction(100 * int(str(mark["good"])), int(str(mark["total"])))
            short = Fraction(str(rule["target"])) - rate
            score = full - Fraction(str(rule["slope"])) * short if short > 0 else full
            own[str(rule["code"])] = max(score, Fraction(str(rule["floor"]))) / full
    weights = {str(rule["code"]): int(str(rule["weight"])) for rule in rules if str(rule["code"]) in own}
    total = sum((1000 * Fraction(weights[code], sum(weights.values())) * own[code] for code in own), Fraction(0))
    return f"{float(total):.2f}"


def a_year(cast: Cast) -> list[Place]:
    """24 subdistricts of very different years."""
    places = subdistricts(cast, 24)
    for n, place in enumerate(places):
        here = place.children.order_by("code").last()
        said(here, n, n - n // 3)
        if n % 3 == 0 and n:
            works(cast, here, [(18 + n % 3, 20), (19, 20)] * (n // 6 + 1))
    return places


def recounted(place: Place) -> tuple[int, int]:
    """Answers that were due, and those in time, once more in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*), SUM(CASE WHEN s.answered_on <= s.answer_due THEN 1 ELSE 0 END)"
            " FROM suggestions_suggestion s JOIN places_place p ON p.id = s.place_id"
            " WHERE p.division_path LIKE %s AND s.answer_due BETWEEN '2026-01-01' AND '2026-11-30'"
            " AND s.merged_into_id IS NULL AND s.state NOT IN ('struck', 'split')",
            [place.division_path + "%"],
        )
        total, good = cursor.fetchone()
    return total, good


def test_24_subdistricts_are_assessed_and_the_published_table_is_computed_anew(
    cast: Cast, clock: Clock, tmp_path: Path, capsys
) -> None:
    places = a_year(cast)
    assessment = begun(cast, clock)
    sheets = list(assessment.sheets.order_by("code"))
    assert [one.code for one in sheets] == [one.code for one in places], "by code, whatever they score"
    mark = sheets[9].marks.get(code="answers_in_time")
    assert (mark.total, mark.good) == recounted(places[9]) == (9, 6)
    assert sheets[9].volumes["suggestions"] == 9
    checked(cast, assessment)
    exempt(sheets[12].marks.get(code="answers_in_time"), by=cast.sun, because="改革试点", document="京朝政〔2026〕3号")
    clock.to(END + timedelta(days=5))
    announce(assessment, by=cast.sun)
    clock.to(assessment.appeal_until + timedelta(days=1))
    table = publish(assessment, by=cast.sun).published
    rules = table["rules"]
    for unit in table["units"]:
        marks = {one["code"]: one for one in unit["marks"]}
        assert unit["total"] == by_hand(rules, marks), unit["name"]
    applies = [sum(float(mark["share"]) for mark in unit["marks"]) for unit in table["units"]]
    assert all(abs(one - 1000) < 0.05 for one in applies)
    twelfth = next(one for one in table["units"][12]["marks"] if one["code"] == "answers_in_time")
    assert (twelfth["exempt"], twelfth["score"], twelfth["share"]) == (True, "", "0.00")
    files_compute_anew(table, tmp_path, capsys)


def files_compute_anew(table: dict[str, Any], tmp_path: Path, capsys) -> None:
    """Both files give the published sums; a changed sum is named."""
    files = {"json": tmp_path / "t.json", "csv": tmp_path / "t.csv"}
    files["json"].write_text(json.dumps(table, ensure_ascii=False))
    with files["csv"].open("w", newline="") as out:
        csv.writer(out).writerows(csv_lines(table))
    for file in files.values():
        assert main(["assessment", str(file)]) == 0, capsys.readouterr()
        assert "共 24 个单位，与公布的完全一致" in capsys.readouterr().out
    lines = files["csv"].read_text().replace(",居民满意率,300,", ",居民满意率,300.5,")
    files["csv"].write_text(lines)
    assert main(["assessment", str(files["csv"])]) == 1
    assert "权重：“300.5”应为整数" in capsys.readouterr().err
    changed = {**table, "units": [{**table["units"][3], "total": "999.00"}]}
    files["json"].write_text(json.dumps(changed, ensure_ascii=False))
    assert main(["assessment", str(files["json"])]) == 1
    assert "公布的是 999.00，不一致" in capsys.readouterr().out


def test_every_figure_counts_what_its_list_lists(cast: Cast, clock: Clock) -> None:
    said(cast.zaobei, 7, 4)
    works(cast, cast.zaonan, [(19, 20), (3, 3)])
    clock.to(END)
    period = Period(END.replace(month=1, day=1), END)
    for figure in EVERY.values():
        for owner, counted in figure.counted(period).items():
            rows = figure.of(period, owner, below=False)
            if figure.answers is None:
                assert (len(rows), len(figure.well_done(rows))) == (counted.total, counted.good)
            else:
                name, read = figure.answers
                assert sum(read(getattr(one, name)).total for one in rows) == counted.total == 23
    path = cast.maizidian.division_path
    assert EVERY["answers_in_time"].of(period, path, below=True).count() == 7


def test_a_rating_is_the_leading_units_alone_and_is_listed_as_it_is_counted(cast: Cast, clock: Clock) -> None:
    matter, today = a_rated_matter(cast, clock), timezone.localdate()
    kept = {"matter": matter, "place": matter.place, "satisfaction": Satisfaction.SATISFIED, "rated_on": today}
    Rating.objects.create(result=matter.results.get(), suggestion=Suggestion.objects.all()[0], **kept)
    figure, period = EVERY["rated_by_proposers"], Period(today.replace(month=1, day=1), today)
    lead, helper = (str(matter.dispatches.get(role=role).unit_id) for role in (Role.LEAD, Role.SUPPORT))
    assert figure.counted(period) == {lead: Counted(1, 1)}
    assert [figure.of(period, unit, below=False).count() for unit in (lead, helper)] == [1, 0]


def test_the_unit_says_what_it_thinks_with_proof_of_its_own(cast: Cast, clock: Clock) -> None:
    assessment = begun(cast, clock)
    sheet = assessment.sheets.get(place=cast.maizidian)
    assert Message.objects.filter(to=cast.zhao, template="assessment.begin").count() == 0, "a section head leads nobody"
    assert waits(cast.zhao, END) == ["unit_sheet.self_score"]
    assert waits(cast.sun, END) == ["unit_sheet.check"] * 2
    row = checked_row(assessment, sheet, 90)
    with pytest.raises(Refused, match="系统里没有编号是"):
        self_score(sheet, by=cast.zhao, rows=[{**row, "evidence": "没有这个"}])
    with pytest.raises(Refused, match="不是麦子店街道的"):
        self_score(sheet, by=cast.zhao, rows=[{**row, "evidence": proof(cast.anzhen)}])
    with pytest.raises(Refused, match="不能超过满分100"):
        self_score(sheet, by=cast.zhao, rows=[{**row, "score": 101}])
    self_score(sheet, by=cast.zhao, rows=[row], words="一年来开了三次会。")
    assert waits(cast.zhao, END) == []
    other = assessment.sheets.get(place=cast.anzhen)
    with pytest.raises(Refused, match="没有证明材料"):
        check(other, by=cast.sun, rows=[{**checked_row(assessment, other, 80), "evidence": ""}])
    with pytest.raises(Refused, match="还没有核定"):
        announce(assessment, by=cast.sun)
    checked(cast, assessment)
    with pytest.raises(Refused, match="有的单位还没有自评"):
        announce(assessment, by=cast.sun)
    with pytest.raises(Refused, match="告知结果以后"):
        appeal(sheet.marks.get(code="answers_in_time"), by=cast.zhao, text="有四件是区里答复的")
    clock.to(END + timedelta(days=5))
    with pytest.raises(Refused, match="自评到2026年12月4日为止，已经过了"):
        self_score(sheet, by=cast.zhao, rows=[row])


def test_the_unit_appeals_in_time_and_is_answered(cast: Cast, clock: Clock) -> None:
    said(cast.zaobei, 8, 4)
    assessment = announced(cast, clock)
    sheet = assessment.sheets.get(place=cast.maizidian)
    mark = sheet.marks.get(code="answers_in_time")
    with pytest.raises(Refused, match="申诉期到"):
        publish(assessment, by=cast.sun)
    mark = appeal(mark, by=cast.zhao, text="有一件是当天答复的，没有登记")
    assert waits(cast.sun, timezone.localdate()) == ["mark.answer_appeal"]
    Suggestion.objects.filter(place=cast.zaobei, answered_on=None).update(answered_on="2026-06-30")
    count(assessment, by=cast.sun)
    answer_appeal(mark, by=cast.sun, upheld=True, answer="已改记录并重新计数。")
    mark.refresh_from_db()
    assert (mark.good, mark.total, mark.upheld) == (7, 8, True)
    with pytest.raises(Refused, match="已经申诉过"):
        appeal(mark, by=cast.zhao, text="再申诉")
    late = sheet.marks.get(code="screening_in_time")
    clock.to(assessment.appeal_until + timedelta(days=1))
    with pytest.raises(Refused, match="申诉期到2026年12月"):
        appeal(late, by=cast.zhao, text="晚了")
    assert waits(cast.sun, timezone.localdate()) == ["assessment.publish"]
    publish(assessment, by=cast.sun)
    with pytest.raises(Refused, match="已经公布的，请先“重新拟定”"):
        exempt(late, by=cast.sun, because="x", document="x")


def test_a_table_that_is_not_a_thousand_or_counts_log_ins_is_refused(cast: Cast, clock: Clock) -> None:
    assessment = drafted(cast, clock)
    rows = [{**rule, "label": ""} if rule["source"] != "checked" else rule for rule in rules_of(assessment)]
    for changes, says in (
        ({"weight": 301}, "权重加起来是 1001，应为 1000"),
        ({"veto": "99"}, "一票否决线不能高于目标"),
        ({"target": "很高"}, "不是数"),
    ):
        with pytest.raises(Refused, match=says):
            adopt_rules(assessment, by=cast.sun, rows=[{**rows[0], **changes}, *rows[1:]])
    for label in ("登录率", "微信点赞数", "number of log-ins"):
        with pytest.raises(Refused, match="不说明居民得到了什么"):
            adopt_rules(assessment, by=cast.sun, rows=[*rows[:-1], {**rows[-1], "label": label}])
    heavy = [{**rows[0], "weight": 200}, {**rows[1], "weight": 200}, *rows[2:]]
    with pytest.raises(Refused, match="权重要最大"):
        adopt_rules(assessment, by=cast.sun, rows=heavy)
    assert assessment.tables.count() == 1, "nothing half done"
    better = [{**rows[0], "weight": 320}, {**rows[1], "weight": 80}, *rows[2:]]
    adopt_rules(assessment, by=cast.sun, rows=better, document="京朝政发〔2026〕12号")
    assert [table.rows[0]["weight"] for table in assessment.tables.all()] == [300, 320], "both versions are kept"
    begin(assessment, by=cast.sun, self_until=END)
    with pytest.raises(WrongState, match="规则表在开始自评以前定"):
        adopt_rules(assessment, by=cast.sun, rows=better)
    reopen(assessment, by=cast.sun, reason="漏了一项")
    withdraw(adopt_rules(assessment, by=cast.sun, rows=rows), by=cast.sun, reason="重来")
    assert draft(cast.district, by=cast.sun, year=2026, about=About.SUBDISTRICTS).state == "draft"


def test_who_may_not(cast: Cast, clock: Clock) -> None:
    clock.to(END)
    for someone in (cast.zhao, cast.wang, cast.lu):
        with pytest.raises(NotAllowed):
            draft(cast.district, by=someone, year=2026, about=About.SUBDISTRICTS)
    with pytest.raises(Refused, match="只由区里办理"):
        draft(cast.maizidian, by=cast.sun, year=2026, about=About.SUBDISTRICTS)
    assessment = announced(cast, clock)
    with pytest.raises(Refused, match="一年只考核一次"):
        drafted(cast)
    other = UnitSheet.objects.get(place=cast.anzhen)
    with pytest.raises(NotAllowed, match="被考核单位"):
        appeal(other.marks.all()[0], by=cast.zhao, text="不是我们的")
    own = assessment.sheets.get(place=cast.maizidian).marks.all()[0]
    for act in (
        lambda: exempt(own, by=cast.zhao, because="x", document="x"),
        lambda: publish(assessment, by=cast.zhao),
    ):
        with pytest.raises(NotAllowed):
            act()
    exempt(own, by=cast.sun, because="试点", document="京朝政〔2026〕3号")
    withdraw_exemption(own, by=cast.sun, reason="试点取消")
    assert own.exempted_on is None


def test_on_pages_over_the_api_and_for_everybody_once_it_is_published(cast: Cast, clock: Clock) -> None:
    said(cast.zaobei, 8, 4)
    assessment = undisputed(cast, clock)
    sheet = assessment.sheets.get(place=cast.maizidian)
    mark = sheet.marks.get(code="answers_in_time")
    desk, unit, anybody = Client(), Client(), Client()
    desk.force_login(cast.sun)
    unit.force_login(cast.zhao)
    whole = desk.get(reverse("desk-assessment", args=[assessment.pk])).content.decode()
    assert whole.index("安贞街道") < whole.index("麦子店街道"), "by code"
    assert "收到的建议8" in whole
    own = unit.get(reverse("desk-unit-sheet", args=[sheet.pk])).content.decode()
    assert f'href="{reverse("desk-mark", args=[mark.pk])}">4/8</a>' in own
    cases = unit.get(reverse("desk-mark", args=[mark.pk])).content.decode()
    assert cases.index("没有做到") < cases.index("按期答复</td>"), "what was not done well first"
    assert reverse("desk-own-sheets") in unit.get(reverse("desk-home")).content.decode()
    assert sheet.name in unit.get(reverse("desk-own-sheets")).content.decode()
    other = assessment.sheets.get(place=cast.anzhen)
    assert unit.get(reverse("desk-unit-sheet", args=[other.pk])).status_code == 403
    assert unit.get(f"/api/v1/unit-sheets/{other.pk}").status_code == 403
    told = unit.get(f"/api/v1/unit-sheets/{sheet.pk}").json()
    assert next(one["good"] for one in told["marks"] if one["code"] == "answers_in_time") == 4
    pages = [reverse(name, args=[assessment.pk]) for name in ("public-assessment", "assessment-json", "assessment-csv")]
    assert {anybody.get(page).status_code for page in pages} == {404}
    done = desk.post(f"/api/v1/assessments/{assessment.pk}/publish", {}, content_type="application/json")
    assert done.status_code == 200, done.content
    shown = anybody.get(pages[0]).content.decode()
    assert "不排名次" in shown
    assert anybody.get(pages[1]).json() == done.json()["published"]
    assert anybody.get(pages[2]).content.decode("utf-8-sig").startswith("单位代码,单位,指标代码")
    assert str(assessment) in anybody.get(reverse("place-assessments", args=[cast.district.code])).content.decode()
