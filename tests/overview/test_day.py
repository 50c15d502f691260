"""Turning the day: what can wait goes into one e-mail for each person, what no row names is swept; once."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from tests.cast import OPERATOR, TODAY, Cast
from yishiting.ground.files.actions import attach
from yishiting.ground.notices.actions import deliver, tell
from yishiting.overview.cycle.actions import run_daily


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
