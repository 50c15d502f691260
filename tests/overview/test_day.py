"""Turning the day: what can wait goes into one e-mail for each person, what no row names is swept; once."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from tests.cast import OPERATOR, TODAY, Cast
from tests.factories.meetings import a_council
from yishiting.ground.common.refused import Refused
from yishiting.ground.files.actions import attach
from yishiting.ground.ledger.models import Checkpoint, Entry
from yishiting.ground.notices.actions import deliver, tell
from yishiting.ground.seasons.actions import set_window
from yishiting.ground.seasons.models import Season
from yishiting.overview.cycle.actions import run_daily
from yishiting.overview.cycle.clock import why_not_believed
from yishiting.overview.cycle.models import DayStep
from yishiting.year.councils.models import Term


def test_the_day_gathers_its_digest_once(cast: Cast) -> None:
    cast.wang.email = "wang@example.org"
    cast.wang.save(update_fields=["email"])
    for n in range(2):
        tell(cast.wang, once=f"p{n}", template="project", subject="进展", body=f"第{n}件")
    assert run_daily(TODAY).digests == 1
    assert run_daily(TODAY).digests == 0
    assert deliver() == {"sent": 1}
    assert len(mail.outbox) == 1


def test_the_day_sweeps_what_no_row_names_and_says_how_many(cast: Cast, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, long_ago = tmp_path, (timezone.now() - timedelta(days=2)).timestamp()
    kept = attach(cast.wang, SimpleUploadedFile("说明.txt", b"words"), by=OPERATOR, purpose="note")
    orphan = Path(kept.stored.path).with_name("orphan.jpg")
    orphan.touch()
    for path in (orphan, Path(kept.stored.path)):
        os.utime(path, (long_ago, long_ago))
    for swept in (1, 0):
        said = StringIO()
        call_command("daily", stdout=said)
        assert f"清除没有登记的文件{swept}个" in said.getvalue()
    assert Path(kept.stored.path).exists()
    assert not orphan.exists()


def daily(**options: object) -> str:
    said = StringIO()
    call_command("daily", stdout=said, **options)
    return said.getvalue()


def test_one_refusal_stops_no_other_step(cast: Cast, settings, tmp_path: Path) -> None:
    """The key cannot be read: everything else is done and said, the day is signed once the key is back."""
    settings.LEDGER_KEY_FILE = tmp_path / "ledger.pem"
    settings.LEDGER_KEY_FILE.touch()
    with pytest.raises(CommandError, match=r"有1步没有办成.*ledger.pem 是空的"):
        daily()
    assert Entry.objects.filter(verb="day.turn").count() == 1
    assert not Checkpoint.objects.exists()
    settings.LEDGER_KEY_FILE.unlink()
    assert "已签署存证" in daily()
    assert "存证已签署过" in daily()
    assert Entry.objects.filter(verb="day.turn").count() == 1


def test_a_term_that_cannot_be_ended_stops_no_other_step(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    council = a_council(cast.zaobei)
    council.terms.update(ends=TODAY - timedelta(days=1))

    def refuse(term: Term, *, by: object) -> None:
        raise Refused("有一项选举没有办完。")

    monkeypatch.setattr("yishiting.overview.cycle.actions.end_term", refuse)
    turned = run_daily(TODAY)
    assert list(turned.refused.values()) == ["有一项选举没有办完。"]
    assert (turned.signed, turned.terms_ended) == (True, 0)
    monkeypatch.undo()
    assert run_daily(TODAY).terms_ended == council.terms.count() == 1


def test_a_fault_of_ours_stops_no_other_step(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yishiting.overview.cycle.actions.gather_digests", lambda day: 1 // 0)
    with pytest.raises(CommandError, match="digests：程序出错"):
        daily()
    assert Checkpoint.objects.get().day == TODAY


def test_a_day_after_the_other(cast: Cast, clock) -> None:
    for ahead in range(1, 4):
        daily()
        clock.to(TODAY + timedelta(days=ahead))
    assert DayStep.objects.values("day").distinct().count() == 3


def test_a_clock_that_has_jumped_is_not_believed(cast: Cast, clock) -> None:
    council = a_council(cast.zaobei)
    daily()
    clock.to(TODAY + timedelta(days=1200))
    with pytest.raises(CommandError, match=r"隔了1200天.*--even-so"):
        daily()
    assert council.terms.get().state == "seated", "its term was not ended"
    assert Checkpoint.objects.count() == 1
    clock.to(TODAY + timedelta(days=7))
    daily()
    clock.to(TODAY + timedelta(days=6))
    with pytest.raises(CommandError, match="已经办过"):
        daily()


def test_an_operator_who_has_looked_may_say_so(cast: Cast, clock) -> None:
    daily()
    clock.to(TODAY + timedelta(days=20))
    daily(even_so=True)
    clock.to(TODAY + timedelta(days=21))
    daily()
    assert DayStep.objects.values("day").distinct().count() == 3


def test_the_first_day_is_held_against_the_ledger(cast: Cast, clock) -> None:
    set_window(
        cast.district, by=OPERATOR, level="community", year=2026, season=Season.REVIEW, opens=TODAY, closes=TODAY
    )
    assert why_not_believed(timezone.now()) == ""
    assert "留痕里最新一条" in why_not_believed(timezone.now() - timedelta(minutes=11))
    assert "隔了8天" in why_not_believed(timezone.now() + timedelta(days=8))
