"""Photographs of the work: put in by the desk, looked at by everyone beside the words they belong to."""

from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories.projects import underway
from yishiting.ground.files.models import Attachment
from yishiting.year.projects.actions import answer_finding, confirm_finding, raise_finding


def photograph(name: str) -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue())


def test_everyone_sees_the_photographs_beside_the_words(cast: Cast, clock, sign_in, client: Client) -> None:
    project = underway(cast, clock)
    desk, day = sign_in(cast.liu), str(timezone.localdate())
    words = {"percent": 40, "text": "灯杆立好了", "happened_on": day}
    before_and_after = [photograph("前.jpg"), photograph("后.jpg")]
    desk.post(reverse("do", args=["project.note_progress", project.pk]), {**words, "photos": before_and_after})
    desk.post(
        reverse("do", args=["project.complete", project.pk]), {"text": "都装好了", "photos": [photograph("完.jpg")]}
    )
    files = list(Attachment.objects.filter(purpose="photo"))
    assert len(files) == 3
    pages = {
        client: reverse("public-project", args=[project.pk]),
        desk: reverse("desk-project", args=[project.pk]),
        sign_in(cast.liming): reverse("my-project", args=[project.pk]),
    }
    for who, page in pages.items():
        seen = who.get(page).content.decode()
        assert all(f'src="{reverse("file", args=[one.pk])}"' in seen for one in files), page
        assert "的现场照片2" in seen
    shown = client.get(reverse("file", args=[files[0].pk]))
    assert (shown["Content-Type"], shown.getvalue()[:2]) == ("image/jpeg", b"\xff\xd8")


def test_photographs_cost_the_same_however_many_entries(cast: Cast, clock, sign_in, client: Client) -> None:
    project, asked = underway(cast, clock), []
    for n in range(1, 4):
        words = {"percent": n, "text": f"第{n}天", "happened_on": str(timezone.localdate())}
        url = reverse("do", args=["project.note_progress", project.pk])
        sign_in(cast.liu).post(url, {**words, "photos": [photograph(f"{n}.jpg")]})
        asked.append(queries_of(client, reverse("public-project", args=[project.pk])))
    assert len(set(asked)) == 1, asked


def test_a_finding_put_right_is_not_overdue(cast: Cast, clock, sign_in) -> None:
    project = underway(cast, clock)
    finding = raise_finding(project, by=cast.liming, text="灯罩松了")
    clock.to(finding.due + timedelta(days=1))
    page, desk = reverse("desk-project", args=[project.pk]), sign_in(cast.liu)
    assert "已超期" in desk.get(page).content.decode()
    answer_finding(finding, by=cast.liu, answer="换了灯罩")
    confirm_finding(finding, by=cast.liming)
    finding.refresh_from_db()
    listed = desk.get(page).content.decode().partition("<h2>监督意见</h2>")[2].partition("<h2>")[0]
    assert "已确认整改" in listed
    assert "已超期" not in listed
