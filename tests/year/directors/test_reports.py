"""《街乡问需工作报告》: counted from the records, adopted while the directors sit, its list sent up by the line."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import OPERATOR, Cast, person
from tests.factories.directors import SINCE, called, heads, passed, sitting
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.notices.models import Call, Message
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.ground.places.models import Line, Place
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.directors.actions import (
    adopt_report,
    amend_sitting,
    cancel_sitting,
    draft_report,
    drop_report,
    give_back,
    list_matters,
    name_leaders,
    publish_report,
    receive_list,
    send_list,
    unlist,
)
from yishiting.year.directors.models import ListedMatter, NeedsReport, Topic
from yishiting.year.directors.published import FOR_THE_DISTRICT
from yishiting.year.directors.queries import for_the_district, matters_of, undecided
from yishiting.year.dossiers.models import Outcome, Referral
from yishiting.year.proposals.actions import agree, bring_back, draft_proposal, report_up
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState

pytestmark = pytest.mark.django_db


def of_the_district(cast: Cast, text: str = "污水主管要改造") -> Proposal:
    """A draft of the subdistrict about what only the district can do, led as the directors said."""
    from tests.factories.directors import section

    one = passed(cast, text, level="district")
    _head, leader = heads(cast)
    here = sitting(cast, one)
    name_leaders(
        here, by=cast.zhao, items=list(undecided(here, Topic.LEADERS)), responsible=leader, section=section(cast)
    )
    words = {"title": text, "situation": "管径太小，一下雨就冒水。", "measures": "请区里改造主管。"}
    return draft_proposal(cast.maizidian, by=cast.zhao, suggestions=[one], responsible_level="district", **words)


def adopted(cast: Cast) -> NeedsReport:
    proposal = of_the_district(cast)
    report = draft_report(cast.maizidian, by=cast.zhao, year=2026, words="今年问需以入户为主。")
    list_matters(report, by=cast.zhao, proposals=[proposal], advice="请区水务局统筹。")
    return adopt_report(report, by=cast.zhao, sitting=sitting(cast))


def committee(cast: Cast, office: str = Office.SOCIAL_WORK_COMMITTEE, login: str = "shegong") -> Person:
    someone = person(login, "丁一")
    appoint(cast.district, by=OPERATOR, person=someone, office=Office(office), since=SINCE)
    return someone


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def table(report: NeedsReport, key: str) -> list[list[str]]:
    return next(one["rows"] for one in report.content if one["key"] == key)


def test_the_version_adopted_stays_as_it_was(cast: Cast) -> None:
    report = adopted(cast)
    assert (report.number, report.version) == ("麦子店街道问需〔2026〕1号", 1)
    assert table(report, "channels")[-1] == ["合计", "0", "0", "1", "1"]
    assert table(report, "places")[-1][:3] == ["合计", "1", "1"]
    assert table(report, FOR_THE_DISTRICT)[0][1] == "污水主管要改造"
    assert table(report, FOR_THE_DISTRICT)[0][-1] == "请区水务局统筹。"
    passed(cast, "再来一条")
    assert table(fresh(report), "channels")[-1] == ["合计", "0", "0", "1", "1"], "kept"
    assert report.sitting.items.get(topic=Topic.REPORT).decision.startswith("通过麦子店街道2026年问需工作报告")
    again = draft_report(cast.maizidian, by=cast.zhao, year=2026)
    assert again.version == 2
    with pytest.raises(WrongState, match="正在起草"):
        draft_report(cast.maizidian, by=cast.zhao, year=2026)


def test_only_a_sitting_that_is_open_adopts_it(cast: Cast) -> None:
    heads(cast)
    report = draft_report(cast.maizidian, by=cast.zhao, year=2026)
    with pytest.raises(WrongState, match="没有正在开的主任办公会"):
        adopt_report(report, by=cast.zhao, sitting=called(cast))
    with pytest.raises(NotAllowed):
        draft_report(cast.zaobei, by=cast.wang, year=2026)
    drop_report(report, by=cast.zhao, reason="重来")
    assert draft_report(cast.maizidian, by=cast.zhao, year=2026).version == 2


def test_the_list_goes_up_by_the_line_with_one_hop_for_each_file(cast: Cast) -> None:
    urban = committee(cast)
    rural = committee(cast, Office.RURAL_WORK_COMMITTEE, "nonggong")
    head, _leader = heads(cast)
    report = adopted(cast)
    with pytest.raises(NotAllowed):
        send_list(report, by=cast.zhao)
    send_list(report, by=head)
    listed = report.matters.get()
    proposal = fresh(listed.proposal)
    hop = Referral.objects.get(dossier=proposal.dossier, answered_on=None)
    assert (hop.to_place, hop.reason) == (cast.district, "请区水务局统筹。")
    assert proposal.state == ProposalState.REPORTED_UP
    assert proposal.dossier.lies_at == cast.district
    with pytest.raises(WrongState, match="已经报送"):
        send_list(fresh(report), by=head)
    waits = {one.verb for one in waiting_for(urban, report.sent_on)}
    assert "needs_report.receive_list" in waits
    assert "needs_report.receive_list" not in {one.verb for one in waiting_for(rural, report.sent_on)}
    assert Message.objects.get(template="needs_report.send_list").to == urban
    with pytest.raises(NotAllowed, match="归口"):
        receive_list(fresh(report), by=rural)
    receive_list(fresh(report), by=urban)
    assert "needs_report.receive_list" not in {one.verb for one in waiting_for(urban, report.sent_on)}
    walked = [str(step.title) for step in steps(matter_of(proposal), report.sent_on)]
    assert "列入报区清单，报送区里" in walked


def test_where_nobody_of_the_committee_is_appointed_it_is_rung(cast: Cast) -> None:
    head, _leader = heads(cast)
    send_list(adopted(cast), by=head)
    assert "社会工委" in Call.objects.get().name


def test_a_township_reports_to_the_rural_committee(cast: Cast) -> None:
    Place.objects.filter(pk=cast.maizidian.pk).update(line=Line.RURAL)
    cast.maizidian.refresh_from_db()
    rural = committee(cast, Office.RURAL_WORK_COMMITTEE, "nonggong")
    head, _leader = heads(cast)
    report = send_list(adopted(cast), by=head)
    assert Message.objects.get(template="needs_report.send_list").to == rural
    receive_list(fresh(report), by=rural)


def test_what_is_returned_lies_at_home_again_with_the_reason(cast: Cast) -> None:
    urban = committee(cast)
    head, _leader = heads(cast)
    report = send_list(adopted(cast), by=head)
    one = report.matters.get()
    give_back(one, by=urban, reason="这段管线归街道养护。")
    proposal = fresh(one.proposal)
    assert proposal.state == ProposalState.DRAFTED
    assert proposal.dossier.lies_at == cast.maizidian
    assert not Referral.objects.filter(dossier=proposal.dossier, answered_on=None).exists()
    assert Message.objects.filter(template="listed_matter.give_back", to=head).exists()
    assert list(for_the_district(cast.maizidian)) == [proposal], "it may be listed anew"
    with pytest.raises(WrongState, match="已经退回"):
        give_back(fresh(one), by=urban, reason="再退")


def test_what_was_never_voted_on_comes_back_to_be_put_to_the_council(cast: Cast) -> None:
    head, _leader = heads(cast)
    report = send_list(adopted(cast), by=head)
    proposal = fresh(report.matters.get().proposal)
    bring_back(proposal, by=cast.sun, answer="请街道先改支管。")
    agree(fresh(proposal), by=head, how="街道先改支管。")
    assert fresh(proposal).state == ProposalState.DRAFTED


def test_a_matter_may_leave_the_list_before_it_is_adopted(cast: Cast) -> None:
    proposal = of_the_district(cast)
    report = draft_report(cast.maizidian, by=cast.zhao, year=2026)
    list_matters(report, by=cast.zhao, proposals=[proposal], advice="请区里统筹。")
    unlist(report, by=cast.zhao, matters=list(ListedMatter.objects.all()), reason="再核实")
    assert list(for_the_district(cast.maizidian)) == [proposal]


def test_everybody_reads_what_was_adopted_and_offices_take_it_along(cast: Cast) -> None:
    head, _leader = heads(cast)
    report = adopted(cast)
    public = Client()
    address = reverse("public-needs-report", args=[report.pk])
    assert public.get(address).status_code == 404
    publish_report(report, by=head)
    page = public.get(address).content.decode()
    assert "污水主管要改造" in page
    assert "请区水务局统筹" in page
    assert str(report) in public.get(reverse("place-papers", args=[cast.maizidian.code])).content.decode()
    desk = Client()
    desk.force_login(cast.zhao)
    for name in ("desk-needs-report", "needs-report-paper", "needs-report-sheet"):
        assert desk.get(reverse(name, args=[report.pk])).status_code == 200, name
    word = desk.get(reverse("needs-report-document", args=[report.pk])).content
    text = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    assert "由区级解决的问题及工作建议" in text
    sun = Client()
    sun.force_login(committee(cast))
    assert str(report.place) in sun.get(reverse("desk-needs-report", args=[report.pk])).content.decode()
    send_list(fresh(report), by=head)
    assert str(report) in sun.get(reverse("desk-lists-sent", args=[cast.district.code])).content.decode()


def test_a_subdistrict_reports_by_the_list_alone_again_too(cast: Cast) -> None:
    """Neither the first time nor when something new has come up is there a way beside what the directors adopt."""
    head, _leader = heads(cast)
    first = send_list(adopted(cast), by=head)
    proposal = first.matters.get().proposal
    refused = {"state": ProposalState.NOT_FEASIBLE, "decision_reason": "没有经费"}
    for told in ({"state": ProposalState.ADOPTED, "resolution_number": "决〔2026〕9号"}, refused):
        Proposal.objects.filter(pk=proposal.pk).update(**told)
        with pytest.raises(WrongState, match="列入报区清单"):
            report_up(fresh(proposal), by=head, reason="街道没有权限", responsible_level="district")
    Referral.objects.filter(dossier=proposal.dossier).update(
        answered_on=first.sent_on, answer="没有经费", outcome=Outcome.EXPLAINED
    )
    again = draft_report(cast.maizidian, by=cast.zhao, year=2026)
    list_matters(again, by=cast.zhao, proposals=[fresh(proposal)], advice="市里有了专项经费。")
    assert not for_the_district(cast.maizidian).exists(), "it stands on the new list"
    send_list(adopt_report(again, by=cast.zhao, sitting=sitting(cast)), by=head)
    assert fresh(proposal).state == ProposalState.REPORTED_UP
    assert [one.proposal for one in matters_of(first)] == [proposal], "what was sent before stays on the old list"


def test_two_clerks_call_one_sitting_for_a_day(cast: Cast) -> None:
    here = called(cast)
    with pytest.raises(Refused, match="这一天已经召集了主任办公会"):
        called(cast)
    other = called(cast, held_on=here.held_on + timedelta(days=1))
    with pytest.raises(Refused, match="换一天"):
        amend_sitting(other, by=cast.zhao, held_on=here.held_on)
    cancel_sitting(here, by=cast.zhao, reason="改期")
    assert amend_sitting(fresh(other), by=cast.zhao, held_on=here.held_on).held_on == here.held_on
