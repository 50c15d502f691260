"""Files are examined and pictures drawn anew before any transaction is open, few large ones at a time."""

import io
import json
import struct
import zlib
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.cast import Cast
from tests.factories.meetings import planned
from tests.factories.projects import underway
from tests.factories.suggestions import LAMP
from yishiting.doors.web.shared.forms import FilesField, OneFileField
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import labelled
from yishiting.ground.files import pictures, preparing
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.preparing import PreparedFile, prepare


def picture(name: str = "灯.png", size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", size, "white").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue())


@pytest.fixture
def depths(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many transactions were open whenever a picture was drawn anew."""
    seen: list[int] = []
    draw = preparing.drawn_anew

    def listening(content: bytes, kind: object) -> bytes:
        seen.append(len(connection.atomic_blocks))
        return draw(content, kind)

    monkeypatch.setattr(preparing, "drawn_anew", listening)
    return seen


@pytest.fixture
def outside(db: None) -> int:
    """How many transactions are open around the test itself."""
    return len(connection.atomic_blocks)


def test_in_a_residents_suggestion(cast: Cast, depths: list[int], outside: int) -> None:
    words = {"text": LAMP, "where": "3号楼", "phone": "139 0000 0021", "name": "", "naming": "anonymous"}
    Client().post(reverse("suggest-here", args=[cast.zaobei.code]), {**words, "photos": [picture(), picture("二.png")]})
    assert (Attachment.objects.count(), depths) == (2, [outside, outside])


def test_in_a_paper_of_a_meeting(cast: Cast, sign_in, depths: list[int], outside: int) -> None:
    url = reverse("meeting-material", args=[planned(cast).pk])
    sign_in(cast.liu).post(url, {"caption": "平面图", "upload": picture()})
    assert (Attachment.objects.count(), depths) == (1, [outside])


def test_in_a_page_made_from_a_declaration(cast: Cast, clock, sign_in, depths: list[int], outside: int) -> None:
    project = underway(cast, clock)
    words = {"percent": 40, "text": "灯杆立好了", "happened_on": str(timezone.localdate()), "photos": [picture()]}
    sign_in(cast.liu).post(reverse("do", args=["project.note_progress", project.pk]), words)
    assert (Attachment.objects.count(), depths) == (1, [outside])


@pytest.mark.parametrize("key", [None, "6f1c2f9e-3f0a-4e52-9d0e-2a8f6f0c51aa"])
def test_in_an_operation_made_from_a_declaration(
    cast: Cast, clock, sign_in, depths: list[int], outside: int, key: str | None
) -> None:
    project = underway(cast, clock)
    words = {"percent": 40, "text": "灯杆立好了", "happened_on": str(timezone.localdate()), "photos": [picture()]}
    headers = {"Idempotency-Key": key} if key else {}
    url = f"/api/v1/projects/{project.pk}/note-progress"
    answer = sign_in(cast.liu).post(url, words, headers=headers)
    assert answer.status_code in (200, 201), answer.content
    assert (Attachment.objects.count(), depths) == (1, [outside])


@pytest.mark.parametrize("key", [None, "6f1c2f9e-3f0a-4e52-9d0e-2a8f6f0c51aa"])
def test_in_the_operation_that_hangs_files(
    cast: Cast, sign_in, depths: list[int], outside: int, key: str | None
) -> None:
    meeting = planned(cast)
    about = {"subject_kind": labelled(meeting), "subject_id": str(meeting.pk), "purpose": "letter", "file": picture()}
    answer = sign_in(cast.liu).post("/api/v1/files/", about, headers={"Idempotency-Key": key} if key else {})
    assert answer.status_code == 201, answer.content
    assert (Attachment.objects.count(), depths) == (1, [outside])


def test_a_program_hands_in_so_many_files_and_no_more(cast: Cast, sign_in, depths: list[int]) -> None:
    meeting = planned(cast)
    about = {"subject_kind": labelled(meeting), "subject_id": str(meeting.pk), "purpose": "letter"}
    answer = sign_in(cast.liu).post("/api/v1/files/", {**about, "file": [picture() for _n in range(21)]})
    assert (answer.status_code, depths) == (422, [])
    assert "20" in json.loads(answer.content)["sentence"]


def test_a_field_gives_files_as_they_will_be_kept() -> None:
    [kept] = FilesField(most=2, size=10_000).clean([picture("街灯.PNG")])
    assert isinstance(kept, PreparedFile)
    assert (kept.name, kept.kind.media_type, kept.size) == ("街灯.png", "image/png", len(kept.content))
    assert prepare(kept) is kept, "once is enough"
    assert isinstance(OneFileField().clean(picture()), PreparedFile)
    with pytest.raises(Exception, match="可以上传"):
        OneFileField().clean(SimpleUploadedFile("灯.exe", b"MZ\x90program"))


def claimed(width: int, height: int) -> SimpleUploadedFile:
    """A picture that says it is so large, and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return SimpleUploadedFile("大.png", b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)))


def test_too_many_pixels_are_refused_by_what_the_head_says() -> None:
    with pytest.raises(Refused, match="最多4000万像素"):
        prepare(claimed(8000, 5001))
    with pytest.raises(Refused, match="打不开"):
        prepare(claimed(8000, 5000))


def test_large_pictures_wait_for_a_place_and_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.05)
    large = (3000, 2001)
    held = [pictures._large.acquire(blocking=False) for _n in range(pictures.AT_ONCE)]
    try:
        assert all(held)
        with pytest.raises(Refused, match="上传照片的人多"):
            prepare(picture(size=large))
        prepare(picture())
    finally:
        for _held in held:
            pictures._large.release()
    assert prepare(picture(size=large)).kind.picture
    with pytest.raises(Refused, match="打不开"):
        prepare(claimed(*large))
    assert all(pictures._large.acquire(blocking=False) for _n in range(pictures.AT_ONCE)), "places are given back"
    for _n in range(pictures.AT_ONCE):
        pictures._large.release()
