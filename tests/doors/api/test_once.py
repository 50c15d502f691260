"""A request sent twice is done once, and never on what the caller has not seen."""

from datetime import date, datetime
from uuid import uuid4

from tests.cast import Cast
from tests.doors.api.program import Program
from tests.factories import publicity
from tests.factories.meetings import BEIJING, planned
from tests.factories.projects import accepted
from yishiting.doors.api.models import TakenRequest
from yishiting.doors.api.v1.idempotency import once, untraced
from yishiting.ground.entrance.models import AccessToken
from yishiting.ground.ledger.models import Entry
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.councils.models import Council

NOTICE = {"kind": "announcement", "title": "停水通知", "body": "周六停水半天。"}


def keyed(key: str = "") -> dict[str, str]:
    return {"Idempotency-Key": key or str(uuid4())}


def test_the_same_key_acts_once_and_gives_the_same_thing(cast: Cast) -> None:
    wang, key, said = Program(person=cast.wang), keyed(), {"place": cast.zaobei.code, **NOTICE}
    first = wang.post("/notices/", status=201, headers=key, **said)
    rows = Entry.objects.count()
    again = wang.post("/notices/", status=201, headers=key, **said)
    assert again == first
    assert (PublicNotice.objects.count(), Entry.objects.count()) == (1, rows)


def test_the_second_answer_shows_the_thing_as_it_is_now(cast: Cast) -> None:
    wang, key, said = Program(person=cast.wang), keyed(), {"place": cast.zaobei.code, **NOTICE}
    first = wang.post("/notices/", headers=key, **said)
    wang.post(f"/notices/{first['id']}/withdraw", reason="写错了")
    assert wang.post("/notices/", headers=key, **said)["state"] == "withdrawn"


def test_a_key_belongs_to_one_request_of_one_person(cast: Cast) -> None:
    wang, liu, key = Program(person=cast.wang), Program(person=cast.liu), keyed()
    said = {"place": cast.zaobei.code, **NOTICE}
    wang.post("/notices/", headers=key, **said)
    refused = wang.post("/notices/", status=422, headers=key, **{**said, "title": "停电通知"})
    assert refused["field"] == "Idempotency-Key"
    liu.post("/notices/", status=201, headers=key, **said)
    assert PublicNotice.objects.count() == 2


def test_a_refused_request_may_be_sent_again(cast: Cast) -> None:
    wang, key = Program(person=cast.wang), keyed()
    said = {"place": cast.zaobei.code, **NOTICE}
    wang.post("/notices/", status=422, headers=key, **said, posted_on="2026-03-01")
    assert TakenRequest.objects.count() == 0
    wang.post("/notices/", status=201, headers=key, **said)


def test_the_text_of_a_token_is_never_kept_or_shown_again(cast: Cast) -> None:
    wang, key = Program(person=cast.wang), keyed()
    issued = wang.post("/me/tokens", headers=key, name="报表", expires_on="2026-05-01")
    kept = TakenRequest.objects.get()
    assert issued["text"] not in str(vars(kept))
    again = wang.post("/me/tokens", status=409, headers=key, name="报表", expires_on="2026-05-01")
    assert "已经办过" in again["sentence"]
    assert AccessToken.objects.count() == 1


def test_what_somebody_thinks_leaves_no_row() -> None:
    @untraced
    def answer() -> None: ...

    assert once(answer) is answer


def test_a_short_key_is_no_key(cast: Cast) -> None:
    said = {"place": cast.zaobei.code, **NOTICE}
    refused = Program(person=cast.wang).post("/notices/", status=422, headers=keyed("once"), **said)
    assert refused["field"] == "Idempotency-Key"


def test_several_things_come_back_in_their_order(cast: Cast, clock) -> None:
    projects = [str(accepted(cast, clock, title).pk) for title in ("装灯", "修棚", "铺路")]
    clock.to(date(2026, 12, 1))
    begins = datetime(2026, 12, 10, 14, tzinfo=BEIJING)
    meeting = str(planned(cast, Council.objects.get(), kind="review", starts_at=begins).pk)
    liu, key = Program(person=cast.liu), keyed()
    first = liu.post(f"/meetings/{meeting}/review-list", status=201, headers=key, projects=projects)
    again = liu.post(f"/meetings/{meeting}/review-list", status=201, headers=key, projects=projects)
    assert [one["project_id"] for one in again] == [one["project_id"] for one in first] == projects


def test_a_stale_caller_is_refused(cast: Cast) -> None:
    wang, notice = Program(person=cast.wang), publicity.a_notice(cast)
    seen = wang.get(f"/notices/{notice.pk}")["revision"]
    stale = wang.post(f"/notices/{notice.pk}/withdraw", status=409, headers={"If-Match": str(seen + 1)}, reason="错")
    assert "已经被别人处理过" in stale["sentence"]
    done = wang.post(f"/notices/{notice.pk}/withdraw", headers={"If-Match": f'"{seen}"'}, reason="写错了")
    assert (done["state"], done["revision"]) == ("withdrawn", seen + 1)
    assert wang.post(f"/notices/{notice.pk}/close", status=422, headers={"If-Match": "v1"})["field"] == "If-Match"
