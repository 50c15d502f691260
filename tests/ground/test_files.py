"""Files: known by their content, cleaned, kept; opened by those who may."""

import hashlib
import io
import os
import stat
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from tests.cast import OPERATOR, TODAY, Cast
from tests.factories import meetings
from tests.factories.suggestions import a_suggestion, a_valid_one
from yishiting.ground.accounts.actors import Clock, Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.files.actions import attach, sweep, withdraw_attachment
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.permissions import READING, keeps_its_place, may_open
from yishiting.ground.files.pictures import HugePicture, drawn_anew
from yishiting.ground.files.queries import attachments_of, subject_of
from yishiting.ground.files.rules import KINDS, OLE, Trouble, examine, safe_name
from yishiting.ground.ledger.models import Entry, Sealed
from yishiting.ground.organisations.actions import register_organisation
from yishiting.ground.organisations.models import Organisation, OrganisationKind
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.councils.models import Candidate
from yishiting.year.meetings.models import Meeting
from yishiting.year.projects.models import Finding, Progress, Project
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.actions import answer_suggestion
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.permissions import reads_here

GPS_IFD, ORIENTATION, TURNED_RIGHT = 0x8825, 0x0112, 6


def photo(form: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture that knows where it was taken and that it lies on its side."""
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_RIGHT
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (39.0, 56.0, 0.0), 3: "E", 4: (116.0, 28.0, 0.0)})
    kept = io.BytesIO()
    Image.new("RGB", size, "red").save(kept, form, exif=exif, comment=b"taken by Lu" if form == "JPEG" else None)
    return kept.getvalue()


def package(*parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "<x/>" * 200)
    return kept.getvalue()


def compound(*streams: str) -> bytes:
    entries = b"".join((s + "\0").encode("utf-16-le").ljust(128, b"\0") for s in streams)
    return OLE.ljust(512, b"\x01") + entries.ljust(1024, b"\0")


def workbook() -> bytes:
    kept = io.BytesIO()
    Workbook().save(kept)
    return kept.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def school(cast: Cast) -> Organisation:
    return register_organisation(cast.zaobei, by=cast.wang, kind=OrganisationKind.RESIDENT_UNIT, name="枣营小学")


def content_of(kept: Attachment) -> bytes:
    with kept.stored.open("rb") as stored:
        return stored.read()


PDF = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
GOOD = [
    ("照片.jpg", photo(), "jpg"),
    ("照片.JPEG", photo(), "jpg"),
    ("截图.png", photo("PNG"), "png"),
    ("截图.webp", photo("WEBP"), "webp"),
    ("微信图片.jpg", photo("PNG"), "png"),
    ("方案.pdf", PDF, "pdf"),
    ("红头文件.ofd", package("OFD.xml"), "ofd"),
    ("纪要.docx", package("word/document.xml"), "docx"),
    ("台账.xlsx", workbook(), "xlsx"),
    ("汇报.pptx", package("ppt/presentation.xml"), "pptx"),
    ("旧纪要.doc", compound("Root Entry", "WordDocument"), "doc"),
    ("旧纪要.wps", compound("Root Entry", "WordDocument"), "doc"),
    ("旧台账.xls", compound("Root Entry", "Workbook"), "xls"),
    ("旧台账.et", compound("Root Entry", "Book"), "xls"),
    ("旧汇报.ppt", compound("Root Entry", "PowerPoint Document"), "ppt"),
    ("建议.txt", "路灯坏了".encode("gb18030"), "txt"),
    ("建议.csv", "\ufeff内容,电话\r\n路灯坏了,".encode(), "csv"),
    ("记事本.txt", "路灯坏了".encode("utf-16"), "txt"),
    ("mmexport1709600000", photo(), "jpg"),
]
BAD = [
    ("空.txt", b"", Trouble.EMPTY),
    ("空格.txt", b" \r\n\t", Trouble.EMPTY),
    ("程序.exe", b"MZ\x90\x00\x03\x00\x00\x00", Trouble.WRONG_KIND),
    ("照片.jpg", b"MZ\x90\x00\x03\x00\x00\x00", Trouble.WRONG_KIND),
    ("网页.html", b"<html><script>alert(1)</script></html>", Trouble.WRONG_KIND),
    ("图.svg", b"<svg xmlns='x'><script>1</script></svg>", Trouble.WRONG_KIND),
    ("照片.jpg", b"<script>alert(1)</script>", Trouble.DIFFERS),
    ("方案.pdf", photo(), Trouble.DIFFERS),
    ("纪要.docx", workbook(), Trouble.DIFFERS),
    ("包.zip", package("readme.md"), Trouble.WRONG_KIND),
    ("苹果.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Trouble.APPLE_PHOTO),
    ("苹果.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Trouble.APPLE_PHOTO),
    ("半个.docx", package("word/document.xml")[:-30], Trouble.BROKEN),
    ("半个.pdf", b"%PDF-1.4\n1 0 obj", Trouble.BROKEN),
    ("加密.docx", compound("EncryptedPackage"), Trouble.LOCKED),
    ("带宏.docx", package("word/document.xml", "word/vbaProject.bin"), Trouble.MACROS),
    ("带宏.xls", compound("Workbook", "_VBA_PROJECT_CUR"), Trouble.MACROS),
    ("别的.doc", compound("Root Entry", "Other"), Trouble.WRONG_KIND),
]


@pytest.mark.parametrize(("name", "content", "key"), GOOD, ids=[g[0] for g in GOOD])
def test_a_file_is_known_by_its_content(name: str, content: bytes, key: str) -> None:
    assert examine(name, content) == KINDS[key]


@pytest.mark.parametrize(("name", "content", "trouble"), BAD, ids=[f"{b[0]}-{b[2]}" for b in BAD])
def test_what_is_wrong_with_a_file_is_named(name: str, content: bytes, trouble: Trouble) -> None:
    assert examine(name, content) == trouble


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_content_and_no_name_break_the_examination(content: bytes, name: str) -> None:
    kind = examine(name, content)
    if not isinstance(kind, Trouble):
        kept = safe_name(name, kind)
        assert kept.rpartition(".")[2] in kind.endings
        assert not set(kept) & set('/\\\0<>:"|?*\u202e')
        assert len(kept) <= 110


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\桌面\\路灯 照片.txt", "路灯 照片.txt"),
        ("gpj.\u202etxt", "gpj.txt"),
        ("路" * 300 + ".txt", "路" * 100 + ".txt"),
        ("", "附件.txt"),
        (".txt", "附件.txt"),
        ("建议.csv.TXT", "建议.csv.txt"),
        ('a<b>:"c".txt', "a_b___c_.txt"),
    ],
)
def test_names_are_made_safe(given_name: str, kept: str) -> None:
    assert safe_name(given_name, KINDS["txt"]) == kept


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_forgets_where_it_was_taken_and_stands_upright(school: Organisation, cast: Cast, form: str) -> None:
    kept = attach(school, upload(f"路灯.{form.lower()}", photo(form)), by=cast.wang, purpose="photo", public=True)
    content = content_of(kept)
    with Image.open(io.BytesIO(content)) as picture:
        assert not picture.getexif()
        assert (picture.width, picture.height) == (20, 40)
    assert b"taken by Lu" not in content
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.size == len(content)


def test_attaching_leaves_one_row_without_the_name(school: Organisation, cast: Cast) -> None:
    before = Entry.objects.count()
    kept = attach(school, upload("陆桂芳家门口.pdf", PDF), by=cast.wang, purpose="letter")
    entry = Entry.objects.latest("seq")
    assert Entry.objects.count() == before + 1
    assert (entry.verb, entry.subject_id, entry.place_code) == ("file.attach", str(school.pk), cast.zaobei.code)
    assert entry.facts["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert "陆桂芳" not in str(entry.facts)
    assert Sealed.objects.get(entry=entry).text == "陆桂芳家门口.pdf"
    assert "陆桂芳" not in kept.stored.name
    assert subject_of(kept) == school


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("病毒.exe", b"MZ\x90\x00\x03", "可以上传"),
        ("照片.jpg", photo()[: len(photo()) // 2], "打不开"),
        ("照片.pdf", photo(), "不一致"),
        ("空.txt", b"", "是空的"),
    ],
)
def test_a_refused_file_is_answered_by_a_sentence(
    school: Organisation, cast: Cast, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        attach(school, upload(name, content), by=cast.wang, purpose="photo")
    assert name in str(refusal.value)
    assert Attachment.objects.count() == 0


def test_a_file_too_big_is_refused_before_it_is_read(school: Organisation, cast: Cast, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1_000_000
    with pytest.raises(Refused, match="不超过 1 MB"):
        attach(school, upload("大.txt", b"a" * 1_000_001), by=cast.wang, purpose="photo")


def test_a_picture_with_too_many_pixels_is_refused(school: Organisation, cast: Cast) -> None:
    kept = io.BytesIO()
    Image.new("1", (12_000, 9_000)).save(kept, "PNG")
    with pytest.raises(Refused, match="太大"):
        attach(school, upload("大图.png", kept.getvalue()), by=cast.wang, purpose="photo")


def test_a_visitor_attaches_to_suggestions_alone(school: Organisation) -> None:
    with pytest.raises(NotAllowed, match="请先登录"):
        attach(school, upload("方案.pdf", PDF), by=Visitor(), purpose="suggestion")


def test_a_withdrawn_file_is_kept_and_no_longer_shown(school: Organisation, cast: Cast) -> None:
    kept = attach(school, upload("方案.pdf", PDF), by=cast.wang, purpose="plan", public=True)
    with pytest.raises(NotAllowed):
        withdraw_attachment(kept, by=cast.qian, reason="放错了")
    with pytest.raises(Refused, match="写明为什么"):
        withdraw_attachment(kept, by=cast.liu, reason=" ")
    withdraw_attachment(kept, by=cast.liu, reason="放错了")
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.office, entry.place_code) == ("file.withdraw", "community_worker", cast.zaobei.code)
    assert list(attachments_of(school)) == []
    assert content_of(kept) == PDF
    with pytest.raises(WrongState, match="已经撤下"):
        withdraw_attachment(kept, by=cast.wang, reason="再撤一次")


def test_the_files_of_a_thing_are_its_own(school: Organisation, cast: Cast) -> None:
    other = register_organisation(cast.zaobei, by=cast.wang, kind=OrganisationKind.RESIDENT_UNIT, name="枣营医院")
    attach(school, upload("甲.pdf", PDF), by=cast.wang, purpose="plan", public=True)
    attach(school, upload("乙.pdf", PDF), by=cast.wang, purpose="plan")
    assert [a.name for a in attachments_of(school)] == ["甲.pdf", "乙.pdf"]
    assert [a.name for a in attachments_of(school, public_only=True)] == ["甲.pdf"]
    assert not attachments_of(other)


def test_the_operator_attaches_what_an_import_brings(school: Organisation) -> None:
    assert attach(school, upload("甲.pdf", PDF), by=OPERATOR, purpose="plan").uploaded_by is None


def opened(kept: Attachment, client: Client) -> int:
    answer = client.get(f"/files/{kept.pk}/")
    read_to_the_end(answer)
    return answer.status_code


def read_to_the_end(answer: Any) -> bytes:
    """As a browser does; the file is closed by it, and the database of the test is left alone."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_private_files_open_for_the_desk_and_above_alone(school: Organisation, cast: Cast, sign_in) -> None:
    kept = attach(school, upload("方案.pdf", PDF), by=OPERATOR, purpose="plan")
    allowed = {
        someone.login for someone in (cast.wang, cast.liu, cast.qian, cast.zhao, cast.sun, cast.lu, cast.audit)
        if opened(kept, sign_in(someone)) == 200
    }  # fmt: skip
    assert allowed == {"wang", "liu", "zhao", "sun"}
    assert Client().get(f"/files/{kept.pk}/").status_code == 302


def test_a_person_opens_what_they_uploaded_themselves(school: Organisation, cast: Cast, sign_in) -> None:
    kept = attach(school, upload("方案.pdf", PDF), by=cast.lu, purpose="plan")
    assert opened(kept, sign_in(cast.lu)) == 200
    assert opened(kept, sign_in(cast.liming)) == 403
    withdraw_attachment(kept, by=cast.lu, reason="放错了")
    assert opened(kept, sign_in(cast.lu)) == 403
    assert opened(kept, sign_in(cast.wang)) == 200


def test_who_only_watches_opens_a_file_and_leaves_it_where_it_is(school: Organisation, cast: Cast, sign_in) -> None:
    kept = attach(school, upload("方案.pdf", PDF), by=OPERATOR, purpose="plan")
    assert opened(kept, sign_in(cast.zhou)) == 200
    with pytest.raises(NotAllowed):
        withdraw_attachment(kept, by=cast.zhou, reason="试试")
    withdraw_attachment(kept, by=cast.zhao, reason="放错了")
    assert Entry.objects.latest("seq").office == "section_head"


def test_files_are_served_without_guessing(school: Organisation, cast: Cast) -> None:
    page = b"<html><script>alert(1)</script></html>"
    text = attach(school, upload("网页.txt", page), by=cast.wang, purpose="plan", public=True)
    answer = Client().get(f"/files/{text.pk}/")
    assert read_to_the_end(answer) == page
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    picture = attach(school, upload("路灯.jpg", photo()), by=cast.wang, purpose="photo", public=True)
    answer = Client().get(f"/files/{picture.pk}/")
    assert read_to_the_end(answer) == content_of(picture)
    assert (answer["Content-Type"], answer["Content-Disposition"][:6]) == ("image/jpeg", "inline")
    assert "script-src" not in answer["Content-Security-Policy"]
    withdraw_attachment(picture, by=cast.wang, reason="放错了")
    assert Client().get(f"/files/{picture.pk}/").status_code == 302


# ── What an undone upload leaves behind ──────────────────────────────────


def stored_files(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def written(root: Path, ago: timedelta) -> None:
    """As if everything in the store had been written so long ago."""
    at = (timezone.now() - ago).timestamp()
    for path in root.rglob("*"):
        os.utime(path, (at, at))


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


class Undone(Exception):
    """Something later in the same transaction went wrong."""


def hang(cast: Cast, thing: Organisation, *, undone: bool = False) -> None:
    with transaction.atomic():
        attach(thing, upload("照片.jpg", photo()), by=cast.wang, purpose="progress")
        if undone:
            raise Undone


@pytest.mark.django_db
def test_what_an_undone_upload_left_is_swept_and_nothing_else(school: Organisation, cast: Cast, store: Path) -> None:
    hang(cast, school)
    kept = Attachment.objects.get()
    withdraw_attachment(kept, by=cast.wang, reason="传错了")
    with pytest.raises(Undone):
        hang(cast, school, undone=True)
    (store / "elsewhere.txt").write_text("not an upload")
    assert len(stored_files(store)) == 3
    written(store, timedelta(hours=23))
    assert sweep(TODAY, by=Clock()) == 0
    written(store, timedelta(hours=25))
    assert sweep(TODAY, by=Clock()) == 1
    assert stored_files(store) == {kept.stored.name, "elsewhere.txt"}
    assert Entry.objects.latest("seq").facts == {"day": TODAY.isoformat(), "removed": 1}
    assert sweep(TODAY, by=Clock()) == 0


@pytest.mark.django_db
def test_a_database_that_names_no_file_sweeps_none(school: Organisation, cast: Cast, store: Path) -> None:
    """Run by mistake beside another database's files, it must not take them all away."""
    with pytest.raises(Undone):
        hang(cast, school, undone=True)
    written(store, timedelta(days=9))
    assert sweep(TODAY, by=Clock()) == 0
    assert len(stored_files(store)) == 1
    with pytest.raises(NotAllowed):
        sweep(TODAY, by=cast.system)


def test_a_file_opens_to_whoever_reads_its_subject_and_to_no_other_office(cast: Cast) -> None:
    """The handling officer of the district may not read a suggestion: so neither its photograph, and hangs nothing on it."""
    suggestion = a_suggestion(cast)
    shot = attach(suggestion, upload("路灯.jpg", photo()), by=cast.liu, purpose="photo")
    opens = {one.login for one in Person.objects.all() if may_open.why_not(Question(one, shot)) is None}
    reads = {one.login for one in Person.objects.all() if reads_here.why_not(Question(one, suggestion)) is None}
    assert opens == reads
    assert "shizheng" not in opens
    assert {"liu", "wang", "zhou", "zhao", "sun"} <= opens
    assert keeps_its_place.why_not(Question(cast.shizheng, suggestion)) is not None
    assert keeps_its_place.why_not(Question(cast.liu, suggestion)) is None


def test_every_thing_files_are_hung_on_says_who_reads_it() -> None:
    hung_on = {Suggestion, Meeting, Project, Progress, Finding, Organisation, PublicNotice, Proposal, Candidate}
    assert hung_on <= set(READING)


def test_a_file_on_a_part_opens_to_whoever_reads_the_whole(cast: Cast) -> None:
    """Nobody has said who reads an answer; it belongs to a suggestion, of which it is said."""
    answer = answer_suggestion(a_valid_one(cast), by=cast.liu, kind="explained", text="已经请供电公司来看。")
    shot = attach(answer, upload("路灯.jpg", photo()), by=cast.liu, purpose="photo")
    opens = {one.login for one in Person.objects.all() if may_open.why_not(Question(one, shot)) is None}
    assert {"liu", "wang", "zhou"} <= opens
    assert "shizheng" not in opens


def test_the_store_is_for_the_account_it_runs_as_alone(cast: Cast) -> None:
    kept = attach(a_suggestion(cast), upload("路灯.jpg", photo()), by=cast.liu, purpose="photo")
    path = Path(kept.stored.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in list(path.parents)[:3]} == {0o700}
    assert os.umask(os.umask(0o077)) == 0o077


def test_a_file_is_taken_down_from_the_page_it_is_shown_on(cast: Cast, sign_in) -> None:
    meeting, _ = meetings.convened(cast)
    shot = attach(meeting, upload("路灯.jpg", photo()), by=cast.liu, purpose="material")
    client, page = sign_in(cast.liu), f"/desk/meetings/{meeting.pk}/"
    taking_down = f"/do/file.withdraw/{shot.pk}/"
    assert taking_down in client.get(page).content.decode()
    assert taking_down not in sign_in(cast.zhou).get(page).content.decode()
    assert client.post(f"{taking_down}?room=desk", {"reason": "拍到了门牌"})["Location"] == page
    assert taking_down not in client.get(page).content.decode()
    shot.refresh_from_db()
    assert shot.withdrawn_why == "拍到了门牌"


def test_a_photograph_of_a_large_telephone_is_made_smaller_and_not_refused() -> None:
    out = io.BytesIO()
    Image.new("RGB", (12_000, 9_000), (200, 180, 160)).save(out, "JPEG", quality=20)
    drawn = Image.open(io.BytesIO(drawn_anew(out.getvalue(), KINDS["jpg"])))
    assert drawn.size == (6_000, 4_500)


def test_a_drawing_as_large_as_that_is_refused_before_it_is_opened() -> None:
    out = io.BytesIO()
    Image.new("1", (12_000, 9_000)).save(out, "PNG")
    with pytest.raises(HugePicture):
        drawn_anew(out.getvalue(), KINDS["png"])
