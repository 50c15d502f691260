"""A community never leads a government duty, by relabelling neither: whatever is done to the words, whose it is stays."""

import ast

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.consistency.source import HOUSE
from tests.factories import proposals
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.ground.places.rules import HEIGHTS, LEADS, higher, highest
from yishiting.year.projects.actions import open_project
from yishiting.year.proposals import actions
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import duty_known
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.actions import (
    assign_suggestion,
    classify_suggestion,
    merge_suggestions,
    screen_suggestion,
    split_suggestion,
)
from yishiting.year.suggestions.models import Category, Criterion, Mark, Scheme, Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

COMMUNITY, STREET = ResponsibleLevel.COMMUNITY, ResponsibleLevel.SUBDISTRICT
DISTRICT, CITY = ResponsibleLevel.DISTRICT, ResponsibleLevel.MUNICIPAL
#: Every place that says whose duty something is; each of them holds it against what is known of its sources.
SAID_IN = {
    "year/suggestions/actions/classifying.py:classify_suggestion",
    "year/proposals/actions/drafting.py:draft_proposal",
    "year/proposals/actions/afterwards.py:report_up",
    "year/projects/actions/entering.py:_decided_before",
    "year/projects/actions/entering.py:amend_project_entry",
}


def a_class() -> Category:
    return Category.objects.filter(scheme__key="district").first() or Category.objects.create(
        scheme_id=_scheme(), path="环境秩序", name="环境秩序"
    )


def _scheme() -> int:
    return Scheme.objects.get_or_create(key="district", version=1, defaults={"name": "区级六类"})[0].pk


def classed(cast: Cast, level: str, **facts: object) -> Suggestion:
    return classify_suggestion(proposals.valid(cast, **facts), by=cast.liu, category=a_class(), responsible_level=level)


def screened(cast: Cast, suggestion: Suggestion) -> Suggestion:
    marks = {criterion: str(Mark.PASS) for criterion in Criterion.values}
    return screen_suggestion(suggestion, by=cast.wang, **marks, result=SuggestionState.VALID)


def test_every_duty_has_a_height_and_each_level_leads_those_up_to_its_own() -> None:
    assert set(HEIGHTS) == {"", *ResponsibleLevel.values}
    for level, own in (("community", COMMUNITY), ("subdistrict", STREET), ("district", DISTRICT)):
        assert {one for one in ResponsibleLevel.values if not higher(one, own)} == set(LEADS[level])
    assert highest([]) == ""
    assert highest(["", "community", "district", "subdistrict"]) == "district"


def test_nobody_else_says_whose_duty_something_is() -> None:
    """A new place that sets it fails here until it asks what is known."""
    found = set()
    for path in [*(HOUSE / "year").rglob("*.py"), *(HOUSE / "overview").rglob("*.py")]:
        if "migrations" in path.parts:
            continue
        for function in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(function, ast.FunctionDef) and any(_sets_it(node) for node in ast.walk(function)):
                found.add(f"{path.relative_to(HOUSE)}:{function.name}")
    assert found == SAID_IN


def _sets_it(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == "responsible_level":
        return isinstance(node.ctx, ast.Store)
    made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    called = ast.unparse(node.func) if made and isinstance(node, ast.Call) else ""
    return (called in ("Proposal", "Suggestion") or called.endswith((".update", ".create"))) and any(
        word.arg == "responsible_level" for word in getattr(node, "keywords", [])
    )


class TestClassifying:
    def test_the_community_raises_and_never_lowers(self, cast: Cast) -> None:
        one = classed(cast, COMMUNITY)
        for level in (ResponsibleLevel.RESIDENT_UNIT, COMMUNITY, STREET, DISTRICT):
            classify_suggestion(one, by=cast.liu, category=a_class(), responsible_level=level)
        for level in (STREET, COMMUNITY, ResponsibleLevel.RESIDENT_UNIT):
            for someone in (cast.liu, cast.wang):
                with pytest.raises(Refused, match="改个分级也不行") as refusal:
                    classify_suggestion(one, by=someone, category=a_class(), responsible_level=level)
                assert refusal.value.field == "responsible_level"

    def test_the_office_whose_duty_it_was_said_to_be_puts_it_right(self, cast: Cast) -> None:
        one = classed(cast, STREET)
        classify_suggestion(one, by=cast.zhao, category=a_class(), responsible_level=COMMUNITY)
        assert proposals.drafted(cast, suggestions=[one]).responsible_level == COMMUNITY
        other = classed(cast, DISTRICT, text="公交站太远。")
        with pytest.raises(Refused, match="改个分级也不行"):
            classify_suggestion(other, by=cast.zhao, category=a_class(), responsible_level=STREET)
        classify_suggestion(other, by=cast.sun, category=a_class(), responsible_level=STREET)
        with pytest.raises(NotAllowed):
            classify_suggestion(other, by=cast.lu, category=a_class(), responsible_level=COMMUNITY)

    def test_not_by_splitting(self, cast: Cast) -> None:
        whole = classed(cast, STREET)
        part = screened(cast, split_suggestion(whole, by=cast.liu, parts=["路灯不亮。", "车位不够。"])[0])
        with pytest.raises(Refused, match="改个分级也不行"):
            classify_suggestion(part, by=cast.liu, category=a_class(), responsible_level=COMMUNITY)
        with pytest.raises(Refused, match="社区不能作主办单位"):
            assign_suggestion(part, by=cast.liu, responsible=cast.liu)
        with pytest.raises(Refused, match="不能低于它"):
            proposals.drafted(cast, suggestions=[part])

    def test_not_by_merging(self, cast: Cast) -> None:
        main, other = proposals.valid(cast), classed(cast, STREET, text="车没地方停。")
        merge_suggestions(main, by=cast.liu, others=[other])
        with pytest.raises(Refused, match="改个分级也不行"):
            classify_suggestion(main, by=cast.liu, category=a_class(), responsible_level=COMMUNITY)
        whole = classed(cast, STREET, text="路灯不亮，车位不够。")
        part = split_suggestion(whole, by=cast.liu, parts=["路灯不亮。", "车位不够。"])[0]
        with pytest.raises(Refused, match="责任层级与主案不同"):
            merge_suggestions(classed(cast, COMMUNITY, text="灯不亮。"), by=cast.liu, others=[part])


class TestProposals:
    @pytest.mark.parametrize(("source", "level"), [(STREET, COMMUNITY), (DISTRICT, STREET), (CITY, DISTRICT)])
    def test_not_by_drafting(self, cast: Cast, source: str, level: str) -> None:
        one = classed(cast, source)
        with pytest.raises(Refused, match="不能低于它") as refusal:
            proposals.drafted(cast, suggestions=[one], responsible_level=level)
        assert refusal.value.field == "responsible_level"
        proposal = proposals.drafted(cast, suggestions=[one], responsible_level=source)
        assert proposal.responsible is None, "whoever types it does not answer for what others lead"

    def test_whoever_answers_may_lead_it(self, cast: Cast) -> None:
        with pytest.raises(Refused, match="社区不能作主办单位") as refusal:
            proposals.drafted(cast, responsible_level=STREET, responsible=cast.liu)
        assert refusal.value.field == "responsible"
        assert proposals.drafted(cast, responsible_level=STREET, responsible=cast.zhao).responsible == cast.zhao
        assert proposals.drafted(cast, suggestions=[proposals.valid(cast, text="灯。")]).responsible == cast.liu

    def test_not_by_adding_a_source(self, cast: Cast) -> None:
        proposal = proposals.drafted(cast)
        with pytest.raises(Refused, match="不能低于它") as refusal:
            actions.add_source(proposal, by=cast.liu, suggestion=classed(cast, STREET, text="路要翻修。"))
        assert refusal.value.field == "suggestion"

    def test_not_by_drafting_what_was_declined_anew(self, cast: Cast, clock: Clock) -> None:
        one = proposals.valid(cast)
        first = proposals.drafted(cast, suggestions=[one], responsible_level=STREET)
        proposals.decided(cast, clock, first, to=State.DECLINED, reason="意见不一致。")
        assert duty_known(one) == STREET
        with pytest.raises(Refused, match="不能低于它"):
            proposals.drafted(cast, suggestions=[one])

    def test_not_by_reporting_it_up_as_less(self, cast: Cast, clock: Clock) -> None:
        proposal = proposals.decided(cast, clock, proposals.drafted(cast, responsible_level=DISTRICT))
        with pytest.raises(Refused, match="报送时不能改低"):
            actions.report_up(proposal, by=cast.wang, responsible_level=STREET, reason="社区没有权限。")

    def test_not_by_opening_works_on_a_label_changed_behind_the_verbs(self, cast: Cast, clock: Clock) -> None:
        one = classed(cast, STREET)
        proposal = proposals.decided(cast, clock, proposals.drafted(cast, suggestions=[one], responsible_level=STREET))
        Proposal.objects.filter(pk=proposal.pk).update(responsible_level=COMMUNITY)
        proposal.refresh_from_db()
        with pytest.raises(Refused, match="不能承办"):
            open_project(proposal, by=cast.wang)

    def test_what_the_level_above_sends_back_is_carried_out_here(self, cast: Cast, clock: Clock) -> None:
        one = classed(cast, STREET)
        proposal = proposals.decided(cast, clock, proposals.drafted(cast, suggestions=[one], responsible_level=STREET))
        actions.report_up(proposal, by=cast.wang, reason="社区没有权限。")
        actions.bring_back(proposal, by=cast.zhao, answer="街道出料，由社区组织安装。")
        actions.agree(proposal, by=cast.wang, how="居委会组织安装。")
        assert open_project(proposal, by=cast.wang).proposals.get().responsible_level == STREET
