"""A third party sees one finished project until a day, reports on it, and is shut out afterwards."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, person
from tests.conftest import Clock
from tests.factories.projects import accepted
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.files.queries import attachments_of
from yishiting.ground.notices.models import Message
from yishiting.year.evaluation.actions import hand_in_report, invite_third_party, withdraw_third_party
from yishiting.year.evaluation.models import ThirdParty
from yishiting.year.projects.models import Project

pytestmark = pytest.mark.django_db
SAID = {
    "report": "灯都亮了，住户满意。", "beneficiaries": 420, "counted_by": "3号楼登记住户", "benefit": 90, "sustainability": 75,
}  # fmt: skip


def invited(cast: Cast, project: Project, someone: Person, days: int = 10) -> ThirdParty:
    until = project.accepted_on + timedelta(days=days)
    words = {"institution": "北京某评估中心", "question": "灯好不好用，以后谁管。"}
    return invite_third_party(project, by=cast.liu, evaluator=someone, until=until, **words)


def test_it_sees_that_project_alone_until_the_day_and_its_report_lies_with_the_papers(cast: Cast, clock: Clock) -> None:
    project, outside = accepted(cast, clock), person("pinggu", "评估员", "13800000099")
    one = invited(cast, project, outside)
    assert Message.objects.filter(to=outside, template="third_party.invite").exists()
    evaluator, resident = Client(), Client()
    evaluator.force_login(outside)
    resident.force_login(cast.lu)
    page = reverse("my-evaluation", args=[one.pk])
    shown = evaluator.get(page).content.decode()
    assert project.completion_standard in shown
    assert page in evaluator.get(reverse("my-home")).content.decode()
    assert resident.get(page).status_code == 403
    assert evaluator.get(reverse("desk-project", args=[project.pk])).status_code == 403
    paper = SimpleUploadedFile("report.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    one = hand_in_report(one, by=outside, files=[paper], **SAID)
    assert (one.weighted, one.weight, one.rules_label) == ("84.00", 60, "usual/2026")
    assert attachments_of(one, purpose="report").count() == 1
    desk = Client()
    desk.force_login(cast.liu)
    for browser, name in ((desk, "desk-project"), (Client(), "public-project")):
        told = browser.get(reverse(name, args=[project.pk])).content.decode()
        assert "84.00（社会效益60%，可持续性40%）" in told
        assert "420人（3号楼登记住户）" in told
    with pytest.raises(WrongState):
        hand_in_report(one, by=outside, **SAID)
    clock.to(one.until + timedelta(days=1))
    evaluator = Client()
    evaluator.force_login(outside)
    late = evaluator.get(page)
    assert late.status_code == 403
    assert "已经过了，这个项目的材料不再开放" in late.content.decode()
    assert evaluator.get(f"/api/v1/third-parties/{one.pk}").status_code == 403


def test_who_may_not_and_when_not(cast: Cast, clock: Clock) -> None:
    project, outside = accepted(cast, clock), person("pinggu", "评估员", "13800000099")
    with pytest.raises(Refused, match="第三方不能是本地或上级的工作人员"):
        invited(cast, project, cast.zhao)
    one = invited(cast, project, outside, days=3)
    with pytest.raises(NotAllowed, match="受邀评价"):
        hand_in_report(one, by=cast.liming, **SAID)
    with pytest.raises(Refused, match="应在0到100之间"):
        hand_in_report(one, by=outside, **{**SAID, "benefit": 101})
    clock.to(one.until + timedelta(days=1))
    with pytest.raises(NotAllowed, match="已经过了"):
        hand_in_report(one, by=outside, **SAID)
    withdraw_third_party(one, by=cast.liu, reason="逾期没有交报告")
    with pytest.raises(NotAllowed, match="受邀评价"):
        hand_in_report(one, by=outside, **SAID)
    Project.objects.filter(pk=project.pk).update(state="underway")
    with pytest.raises(Refused, match="完工以后才能请第三方评价"):
        invited(cast, Project.objects.get(pk=project.pk), outside)
