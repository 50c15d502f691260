"""A community's whole year at the screen, as the cast would live it: every page opened, every label read."""

import csv
import io
from itertools import islice
from pathlib import Path

import pytest

from tests.cast import OPERATOR, Cast
from tests.conftest import Clock
from tests.journeys.visitor import Visitor
from tests.journeys.year.circle import Circle
from tests.journeys.year.election import elect
from tests.journeys.year.harvest import harvest
from tests.journeys.year.listening import listen, take_in
from tests.journeys.year.sitting import deliberate
from tests.journeys.year.works import carry_out
from tests.methods.oracle_data import data
from yishiting.ground.ledger.actions import sign_day
from yishiting.ground.ledger.models import Entry
from yishiting.methods.commands import main as methods
from yishiting.year.projects.models import Project

#: So many of the real messages are lived through.
SHARE = 60
#: What anybody finds on the page of the matter, from the first words to the result, in this order.
STORY = (
    "条同样的建议",
    "提出建议",
    "初审",
    "审议通过",
    "枣营北里社区议〔2026〕1号",
    "立项，制定方案",
    "方案公示",
    "实施",
    "监督小组验收",
    "年终评议",
)


@pytest.mark.slow
def test_the_year_on_the_web(cast: Cast, clock: Clock, tmp_path: Path) -> None:
    live(Circle(cast, clock), tmp_path)


@pytest.mark.slow
@pytest.mark.oracle
def test_the_year_on_real_messages(cast: Cast, clock: Clock, tmp_path: Path) -> None:
    out = io.StringIO(newline="")
    with data("messages/messages.csv").open(encoding="utf-8-sig", newline="") as file:
        csv.writer(out).writerows(islice(csv.reader(file), SHARE + 1))
    live(Circle(cast, clock), tmp_path, out.getvalue().encode("gb18030"))


def live(circle: Circle, folder: Path, messages: bytes = b"") -> None:
    """The year, on made-up words and, if there are any, on messages that were really sent."""
    elect(circle)
    listen(circle)
    if messages:
        take_in(circle, messages, SHARE)
    deliberate(circle)
    carry_out(circle)
    harvest(circle)
    tell(circle)
    keep(circle, folder / "ledger.jsonl")


def tell(circle: Circle) -> None:
    """The public page tells the story in order; no name of a resident, no telephone number."""
    page = Visitor().to("public-project", Project.objects.get().pk).sees(*STORY)
    at = [page.paper.words.rindex(words) if words == "年终评议" else page.paper.words.index(words) for words in STORY]
    assert at == sorted(at)
    page.sees("91.67%", "依据").sees_not("周大爷", "13900000003", "陆桂芳")


def keep(circle: Circle, file: Path) -> None:
    """The ledger taken home holds every decision and verifies without us."""
    sign_day(circle.today(), by=OPERATOR)
    answer = circle.anyone.browser.get("/record/export/")
    file.write_bytes(b"".join(answer.streaming_content))
    assert len(file.read_text().splitlines()) >= Entry.objects.count()
    assert methods(["ledger-verify", str(file)]) == 0
    spoilt = file.read_text().replace("proposal.decide", "proposal.put_off", 1)
    file.write_text(spoilt)
    assert methods(["ledger-verify", str(file)]) == 1
