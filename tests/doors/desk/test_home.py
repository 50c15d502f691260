"""What waits for me, when much of it does."""

from typing import Any

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories import consultations, projects
from tests.factories.ballots import hands
from tests.factories.suggestions import a_suggestion
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.year.projects.actions import raise_finding

#: One for each kind of thing that can wait; no more where there is much of it.
QUERIES_MOST = 21


def test_the_home_asks_few_questions_of_the_database(cast: Cast, clock: Any, sign_in: Any) -> None:
    consultations.opened(cast)
    for n in range(3):
        a_suggestion(cast, text=f"第{n}盏灯不亮")
    project = projects.underway(cast, clock)
    raise_finding(project, by=cast.liming, text="灯罩松了")
    enter_tally(hands(cast), by=cast.wang, counts={"for": 8, "against": 1, "abstain": 1})
    browser = sign_in(cast.liu)
    assert queries_of(browser, "/desk/") <= QUERIES_MOST
    page = browser.get("/desk/").content.decode()
    for verb in ("初审", "答复监督意见", "录入计票"):
        assert verb in page
