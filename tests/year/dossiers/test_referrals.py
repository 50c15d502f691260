"""Every hop up is a row with its reason, its due day and its answer; nothing replaces another; whose duty it is stays."""

import pytest
from django.test import Client

from tests.factories import proposals, sections
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps
from yishiting.ground.common.refused import Refused
from yishiting.ground.notices.models import Message
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.dossiers.models import Dossier, Referral
from yishiting.year.projects.actions import open_project
from yishiting.year.proposals.actions import agree, bring_back, defer, report_up, return_up
from yishiting.year.proposals.queries import reported_to
from yishiting.year.proposals.states import State

pytestmark = pytest.mark.django_db
WHOSE = ResponsibleLevel.SUBDISTRICT


def fresh(one):
    return type(one).objects.get(pk=one.pk)


#: Up, down and with its consent done here, up once more.
HOPS = [
    ("up", "道路归街道管", "社区先试一试。", "sent_back"),
    ("down", "社区先试一试。", "我们试试", "agreed"),
    ("up", "试过了，经费不够", "", ""),
]


def sent_down_and_up(cast, proposal):
    bring_back(proposal, by=cast.zhao, answer="社区先试一试。")
    agree(fresh(proposal), by=cast.wang, how="我们试试")
    return report_up(fresh(proposal), by=cast.wang, reason="试过了，经费不够")


@pytest.fixture
def reported(cast, clock):
    draft = proposals.drafted(cast, responsible_level=WHOSE)
    return report_up(proposals.decided(cast, clock, draft), by=cast.wang, reason="道路归街道管")


def test_a_report_lies_above_until_it_is_answered(cast, reported) -> None:
    hop = Referral.objects.get()
    assert (hop.kind, hop.from_place, hop.to_place, hop.reason) == ("up", cast.zaobei, cast.maizidian, "道路归街道管")
    assert hop.due > hop.sent_on
    assert Dossier.objects.get(pk=reported.dossier_id).lies_at == cast.maizidian
    bring_back(reported, by=cast.zhao, answer="社区组织铺，街道拨沥青。")
    assert Dossier.objects.get(pk=reported.dossier_id).lies_at == cast.zaobei
    assert fresh(reported).responsible_level == WHOSE, "an answer never says anew whose duty it is"


def test_a_second_answer_stands_beside_the_first(cast, reported) -> None:
    sections.taken_on(cast, sections.a_section(cast), reported)
    assert fresh(reported).state == State.TAKEN_ON
    assert Dossier.objects.get(pk=reported.dossier_id).lies_at == cast.maizidian
    defer(fresh(reported), by=cast.zhao, answer="明年再修。", conditions="列入预算")
    said = list(Referral.objects.filter(kind="up").order_by("created_at").values_list("answer", "outcome"))
    assert said == [(sections.ANSWER, "taken_on"), ("明年再修。；列入预算", "not_now")]
    assert Referral.objects.get(kind="inside").outcome == "recalled"


def test_several_hops_are_several_rows(cast, reported) -> None:
    sent_down_and_up(cast, reported)
    assert list(Referral.objects.values_list("kind", "reason", "answer", "outcome")) == HOPS


def test_what_the_place_above_takes_on_is_not_opened_below(cast, reported) -> None:
    sections.taken_on(cast, sections.a_section(cast), reported)
    with pytest.raises(Refused, match="只能在“已通过”时办理"):
        open_project(fresh(reported), by=cast.wang)


def test_what_was_sent_back_is_opened_below(cast, reported) -> None:
    bring_back(reported, by=cast.zhao, answer="社区组织铺，街道拨沥青。")
    with pytest.raises(Refused, match="要先“同意承办”"):
        open_project(fresh(reported), by=cast.wang)
    agree(fresh(reported), by=cast.wang, how="居委会组织")
    project = open_project(fresh(reported), by=cast.wang)
    assert (project.dossier_id, project.proposals.get().responsible_level) == (reported.dossier_id, WHOSE)


def test_not_now_needs_its_conditions(cast, reported) -> None:
    with pytest.raises(Refused, match="具备什么条件"):
        defer(fresh(reported), by=cast.zhao, answer="再看", conditions="")


def test_every_hop_stays_on_the_page_and_in_what_a_program_reads(cast, reported) -> None:
    sent_down_and_up(cast, reported)
    program = Client()
    program.force_login(cast.wang)
    page = program.get(f"/desk/proposals/{reported.pk}/").content.decode()
    read = program.get(f"/api/v1/proposals/{reported.pk}").json()["referrals"]
    for words in ("道路归街道管", "社区先试一试。", "我们试试", "试过了，经费不够"):
        assert words in page
    assert [(one["kind"], one["reason"], one["answer"], one["outcome"]) for one in read] == HOPS


def test_the_list_above_says_the_hop_that_waits(cast, reported) -> None:
    bring_back(reported, by=cast.zhao, answer="社区先试一试。")
    assert list(reported_to(cast.maizidian)) == []
    agree(fresh(reported), by=cast.wang, how="我们试试")
    report_up(fresh(reported), by=cast.wang, reason="试过了，经费不够")
    (row,) = reported_to(cast.maizidian)
    waits = Referral.objects.get(answered_on=None)
    assert (row.report_reason, row.reported_on, row.answer_by) == ("试过了，经费不够", waits.sent_on, waits.due)
    (line,) = [one for one in waiting_for(cast.zhao, waits.sent_on) if one.verb == "proposal.bring_back"]
    assert (line.pk, line.due) == (str(reported.pk), waits.due)


def test_what_is_handed_down_waits_for_the_heads_and_goes_up_again_where_they_cannot(cast, reported) -> None:
    bring_back(reported, by=cast.zhao, answer="社区组织铺，街道拨沥青。")
    sent = Referral.objects.get(kind="down")
    (line,) = [one for one in waiting_for(cast.wang, sent.sent_on) if one.pk == str(reported.pk)]
    assert (line.verb, line.since, line.due) == ("proposal.agree", sent.sent_on, sent.due)
    assert [one for one in waiting_for(cast.liu, sent.sent_on) if one.pk == str(reported.pk)] == []
    assert "上级交办" in steps(matter_of(fresh(reported)), sent.sent_on)[-6].title
    return_up(fresh(reported), by=cast.wang, reason="要破路，社区没有资质")
    assert fresh(reported).state == State.REPORTED_UP
    assert fresh(reported.dossier).lies_at == cast.maizidian
    assert list(Referral.objects.values_list("kind", "outcome")) == [
        ("up", "sent_back"),
        ("down", "returned"),
        ("up", ""),
    ]
    assert Message.objects.filter(to=cast.wang, template="proposal.hand_down").count() == 1
    assert [one.pk for one in waiting_for(cast.zhao, sent.sent_on) if one.verb == "proposal.bring_back"] == [
        str(reported.pk)
    ]
