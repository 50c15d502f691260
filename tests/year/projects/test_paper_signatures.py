"""Acceptance signed on paper: entered by the desk from the sheet, with the sheet on file, for those without a phone."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.cast import Cast
from tests.factories.projects import underway
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.common.verbs import labelled, usual_verb, why_not
from yishiting.ground.files.actions import attach
from yishiting.ground.files.models import Attachment
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.year.projects.actions import (
    OnPaper,
    accept_project,
    complete_project,
    note_signatures,
    sign_acceptance,
)
from yishiting.year.projects.models import Project, Supervisor
from yishiting.year.projects.queries import latest_signatures, signatures_now
from yishiting.year.projects.rules import SHEET
from yishiting.year.projects.states import State

JPEG = b"\xff\xd8"


def photograph() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "JPEG")
    return SimpleUploadedFile("签字单.jpg", drawn.getvalue())


def finished(cast: Cast, clock) -> tuple[Project, list[Supervisor]]:
    project = underway(cast, clock)
    complete_project(project, by=cast.liu, text="都装好了")
    return project, list(project.supervisors.select_related("representative__person").order_by("created_at"))


def sheet_of(project: Project, cast: Cast, purpose: str = SHEET) -> Attachment:
    return attach(project, photograph(), by=cast.liu, purpose=purpose)


def all_for(members: Sequence[Supervisor]) -> list[OnPaper]:
    return [OnPaper(one.pk, meets_standard=True) for one in members]


def test_a_group_without_telephones_can_accept(cast: Cast, clock) -> None:
    project, members = finished(cast, clock)
    sheet, today = sheet_of(project, cast), timezone.localdate()
    signed = note_signatures(project, by=cast.liu, said=all_for(members), signed_on=today, sheet=sheet)
    assert {(one.entered_by, one.sheet) for one in signed} == {(cast.liu, sheet)}
    assert usual_verb(project, cast.wang) == "project.accept"
    assert "都签过字了" in str(why_not(cast.liu, "project.note_signatures", project))
    assert accept_project(project, by=cast.wang).state == State.ACCEPTED
    assert {one.pk for one in latest_signatures(project)} == {one.pk for one in signed}, "they stay to be looked at"
    rows = Entry.objects.filter(verb="project.note_signatures")
    assert rows.count() == 1 + len(members), "the sheet, and each word on it"


def test_who_has_an_account_is_told_what_was_entered_for_them(cast: Cast, clock) -> None:
    project, members = finished(cast, clock)
    (liming,) = [one for one in members if one.representative.person == cast.liming]
    said = [OnPaper(liming.pk, meets_standard=False, note="没照到台阶")]
    note_signatures(project, by=cast.liu, said=said, signed_on=timezone.localdate(), sheet=sheet_of(project, cast))
    told = Message.objects.get(template="project.note_signatures", way="on_site")
    assert told.to == cast.liming
    assert "没有达到标准（没照到台阶）" in told.body
    with pytest.raises(Refused, match="已经签过字"):
        sign_acceptance(project, by=cast.liming, meets_standard=True)


@pytest.mark.parametrize(
    ("shift", "purpose", "refused"),
    [(-1, SHEET, "签字日期"), (1, SHEET, "签字日期"), (0, "photo", "签字单")],
)
def test_the_sheet_and_its_day_must_be_of_this_acceptance(
    cast: Cast, clock, shift: int, purpose: str, refused: str
) -> None:
    project, members = finished(cast, clock)
    day, sheet = timezone.localdate() + timedelta(days=shift), sheet_of(project, cast, purpose)
    with pytest.raises(Refused, match=refused):
        note_signatures(project, by=cast.liu, said=all_for(members), signed_on=day, sheet=sheet)
    assert not signatures_now(project).exists()


def test_nobody_is_entered_twice_or_from_outside_the_group(cast: Cast, clock) -> None:
    project, members = finished(cast, clock)
    sheet, today = sheet_of(project, cast), timezone.localdate()
    note_signatures(project, by=cast.liu, said=all_for(members[:1]), signed_on=today, sheet=sheet)
    for wrong in (all_for(members[:1]), [OnPaper(UUID(int=7), meets_standard=True)]):
        with pytest.raises(Refused, match="已经签过字，或不再任职"):
            note_signatures(project, by=cast.liu, said=wrong, signed_on=today, sheet=sheet)
    with pytest.raises(Refused, match="至少登记一个人"):
        note_signatures(project, by=cast.liu, said=[], signed_on=today, sheet=sheet)
    with pytest.raises(Refused, match="差在哪里"):
        note_signatures(
            project, by=cast.liu, said=[OnPaper(members[1].pk, meets_standard=False)], signed_on=today, sheet=sheet
        )


def test_only_the_desk_and_only_at_acceptance(cast: Cast, clock) -> None:
    project = underway(cast, clock)
    members, sheet = list(project.supervisors.all()), sheet_of(project, cast)
    with pytest.raises(WrongState, match="报告完工”以后"):
        note_signatures(project, by=cast.liu, said=all_for(members), signed_on=date(2026, 4, 16), sheet=sheet)
    with pytest.raises(NotAllowed):
        note_signatures(project, by=cast.liming, said=all_for(members), signed_on=date(2026, 4, 16), sheet=sheet)


def test_the_page_enters_a_sheet_and_keeps_what_was_typed(cast: Cast, clock, sign_in) -> None:
    project, members = finished(cast, clock)
    desk, url = sign_in(cast.liu), reverse("project-signatures", args=[project.pk])
    given = {f"word_{one.pk}": "yes" for one in members} | {
        "signed_on": str(timezone.localdate()),
        "sheet": photograph(),
    }
    wrong = {**given, f"word_{members[0].pk}": "no", "signed_on": "昨天的昨天"}
    page = desk.post(url, wrong).content.decode()
    assert "差在哪里" in page
    assert "昨天的昨天" in page
    assert not signatures_now(project).exists()
    page = desk.post(url, {**given, "sheet": photograph()}, follow=True).content.decode()
    assert "已按签字单登记" in page
    assert page.count("（纸质签字，社区登记）") == len(members)
    kept = Attachment.objects.get(subject_kind=labelled(project), subject_id=str(project.pk), purpose=SHEET)
    assert not kept.public
    assert reverse("file", args=[kept.pk]) in page
    assert desk.get(reverse("file", args=[kept.pk])).getvalue()[:2] == JPEG


def test_a_program_enters_a_sheet(cast: Cast, clock, sign_in) -> None:
    project, members = finished(cast, clock)
    said = [{"supervisor": str(one.pk), "meets_standard": True} for one in members]
    body = {"said": said, "signed_on": str(timezone.localdate()), "sheet_id": str(sheet_of(project, cast).pk)}
    url = f"/api/v1/projects/{project.pk}/signatures"
    answer = sign_in(cast.liu).post(url, json.dumps(body), content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert {one["entered_by_id"] for one in answer.json()} == {str(cast.liu.pk)}
