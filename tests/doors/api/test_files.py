"""Files through the API: hung on what the caller may act on, opened by those who may, taken down with a reason."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.factories.suggestions import a_suggestion
from tests.ground.test_files import PDF
from yishiting.ground.common.verbs import labelled
from yishiting.ground.files.actions import attach
from yishiting.ground.files.models import Attachment
from yishiting.ground.organisations.actions import register_organisation
from yishiting.ground.organisations.models import Organisation, OrganisationKind

HERE = "/api/v1/files/"


@pytest.fixture
def school(cast: Cast) -> Organisation:
    return register_organisation(cast.zaobei, by=cast.wang, kind=OrganisationKind.RESIDENT_UNIT, name="枣营小学")


def hang(client: Client, thing: Organisation, content: bytes = PDF, **more: str):
    about = {"subject_kind": labelled(thing), "subject_id": str(thing.pk), "purpose": "letter", **more}
    return client.post(HERE, {**about, "file": SimpleUploadedFile("来函.pdf", content)})


def test_the_desk_hangs_a_file_and_takes_it_down(school: Organisation, cast: Cast, sign_in) -> None:
    desk = sign_in(cast.liu)
    answer = hang(desk, school, caption="来函")
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["media_type"], told["caption"], told["public"]) == ("application/pdf", "来函", False)
    assert [one["id"] for one in desk.get(HERE, {"subject_kind": "organisation", "subject_id": school.pk}).json()] == [
        told["id"]
    ]
    content = desk.get(f"{HERE}{told['id']}/content")
    assert b"".join(content.streaming_content) == PDF
    gone = desk.post(
        f"{HERE}{told['id']}/file-withdraw", json.dumps({"reason": "放错了"}), content_type="application/json"
    )
    assert gone.json()["withdrawn_at"]
    assert desk.get(HERE, {"subject_kind": "organisation", "subject_id": school.pk}).json() == []


def test_nobody_hangs_files_on_what_they_may_not_act_on(school: Organisation, cast: Cast, sign_in) -> None:
    for client in (sign_in(cast.qian), sign_in(cast.lu), Client()):
        answer = hang(client, school)
        assert answer.status_code == 403
        assert "工作人员" in answer.json()["sentence"]
    assert not Attachment.objects.exists()


def test_a_refused_file_and_a_thing_that_is_not_there(school: Organisation, cast: Cast, sign_in) -> None:
    desk = sign_in(cast.liu)
    answer = hang(desk, school, content=b"MZ\x90\x00")
    assert (answer.status_code, answer.json()["field"]) == (422, "file")
    nothing = {"subject_kind": "organisation", "subject_id": "00000000-0000-0000-0000-000000000000"}
    assert desk.post(HERE, {**nothing, "file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 404
    assert desk.get(HERE, {**nothing, "subject_kind": "no_such_kind"}).status_code == 404


def test_private_files_are_told_of_to_those_alone_who_may_open_them(school: Organisation, cast: Cast, sign_in) -> None:
    hidden = attach(school, SimpleUploadedFile("a.pdf", PDF), by=cast.wang, purpose="letter")
    shown = attach(school, SimpleUploadedFile("b.pdf", PDF), by=cast.wang, purpose="plan", public=True)
    about = {"subject_kind": "organisation", "subject_id": school.pk}
    assert [one["name"] for one in Client().get(HERE, about).json()] == ["b.pdf"]
    assert Client().get(f"{HERE}{hidden.pk}").status_code == 403
    assert Client().get(f"{HERE}{shown.pk}").status_code == 200
    assert sign_in(cast.qian).get(f"{HERE}{hidden.pk}/content").status_code == 403


def test_a_resident_hangs_files_on_their_own_but_never_for_everyone(cast: Cast, sign_in) -> None:
    own = a_suggestion(cast, by=cast.lu)
    lu = sign_in(cast.lu)
    assert hang(lu, own, purpose="suggestion").status_code == 201
    assert hang(lu, own, purpose="suggestion", public="true").status_code == 403
    assert hang(sign_in(cast.liming), own, purpose="suggestion").status_code == 403
    assert hang(Client(), own, purpose="suggestion").status_code == 403
