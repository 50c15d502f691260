"""No act of any verb takes a past step from a path: random verbs are done, and each path holds what it held before."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.factories import projects, proposals
from tests.factories.suggestions import ALL_PASS, a_suggestion
from yishiting.doors.web.shared.happened import NO_STEP, TELL, walked
from yishiting.doors.web.shared.matters import Thing, matter_of
from yishiting.doors.web.shared.parted import PARTS
from yishiting.ground.common.refused import Refused
from yishiting.year.projects import actions as works
from yishiting.year.projects.models import Project
from yishiting.year.proposals import actions as drafts
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State
from yishiting.year.suggestions import actions as words
from yishiting.year.suggestions.models import Suggestion

pytestmark = pytest.mark.django_db
Act = Callable[[Cast, random.Random], Any]
ACTS: list[Act] = []
#: So many acts are tried at most.
STEPS = 240
#: So many different ones are to be done.
ENOUGH = 13
#: How often an act is tried that has not been done yet.
EAGER = 0.8
#: How often something new is said where an act found nothing to be done to, and how much there may be.
MORE, MOST = 0.2, 16
KINDS: tuple[type[Thing], ...] = (Suggestion, Proposal, Project)


def act(function: Act) -> Act:
    ACTS.append(function)
    return function


def one_of(dice: random.Random, model: type[Any], **which: Any) -> Any:
    """A thing of a kind as the database has it now; where there is none the act is refused."""
    rows = list(model.objects.filter(**which).order_by("created_at"))
    if not rows:
        raise Refused("nothing there")
    return dice.choice(rows)


@act
def say(cast: Cast, dice: random.Random) -> Any:
    said = a_suggestion(cast, text=f"{dice.randrange(10**6)}号楼灯不亮", phone=f"139{dice.randrange(10**8):08}")
    return words.screen_suggestion(said, by=cast.wang, **ALL_PASS, result="valid")


@act
def merge(cast: Cast, dice: random.Random) -> Any:
    main = one_of(dice, Suggestion, state="valid")
    return words.merge_suggestions(main, by=cast.liu, others=[one_of(dice, Suggestion, state="valid")])


@act
def unmerge(cast: Cast, dice: random.Random) -> Any:
    return words.unmerge_suggestion(one_of(dice, Suggestion, state="merged"), by=cast.liu, reason="不是一件事")


@act
def split(cast: Cast, dice: random.Random) -> Any:
    return words.split_suggestion(
        one_of(dice, Suggestion, state="valid"), by=cast.liu, parts=["灯不亮要修", "路不平要补"]
    )


@act
def unsplit(cast: Cast, dice: random.Random) -> Any:
    return words.unsplit_suggestion(one_of(dice, Suggestion, state="split"), by=cast.liu, reason="本来是一件事")


@act
def answer(cast: Cast, dice: random.Random) -> Any:
    return words.answer_suggestion(
        one_of(dice, Suggestion, state="valid"), by=cast.liu, kind="explained", text="正在研究，请放心。"
    )


@act
def draft(cast: Cast, dice: random.Random) -> Any:
    return proposals.drafted(cast, suggestions=[one_of(dice, Suggestion, state="valid")], title=f"装灯{dice.random()}")


@act
def add(cast: Cast, dice: random.Random) -> Any:
    one = one_of(dice, Proposal, state="drafted")
    return drafts.add_source(one, by=cast.liu, suggestion=one_of(dice, Suggestion, state="valid"))


@act
def take_out(cast: Cast, dice: random.Random) -> Any:
    one = one_of(dice, Proposal, state="drafted")
    source = one_of(dice, Suggestion, sources__proposal=one)
    return drafts.remove_source(one, by=cast.liu, suggestion=source, reason="不是一件事")


@act
def put_off(cast: Cast, dice: random.Random) -> Any:
    return drafts.put_off_proposal(one_of(dice, Proposal), by=cast.liu, conditions="有了经费以后")


@act
def adopted(_cast: Cast, dice: random.Random) -> Any:
    """The vote of a meeting is its own test; here only that it was carried."""
    one = one_of(dice, Proposal, state="drafted")
    number = {"resolution_number": f"议{one.pk}", "decided_on": timezone.localdate()}
    return Proposal.objects.filter(pk=one.pk).update(state=State.ADOPTED, **number)


@act
def open_one(cast: Cast, dice: random.Random) -> Any:
    return works.open_project(one_of(dice, Proposal, state="adopted"), by=cast.liu)


@act
def open_another(cast: Cast, dice: random.Random) -> Any:
    one = one_of(dice, Proposal, state="adopted")
    return works.open_another(one, by=cast.liu, title=f"二期{dice.random()}", content="另一半")


@act
def open_together(cast: Cast, dice: random.Random) -> Any:
    one, other = (one_of(dice, Proposal, state="adopted") for _n in range(2))
    return works.open_together(one, by=cast.liu, proposals=[other], title=f"合办{dice.random()}")


@act
def add_basis(cast: Cast, dice: random.Random) -> Any:
    return works.add_basis(one_of(dice, Project), by=cast.liu, proposal=one_of(dice, Proposal, state="adopted"))


@act
def remove_basis(cast: Cast, dice: random.Random) -> Any:
    one = one_of(dice, Project)
    return works.remove_basis(one, by=cast.liu, proposal=one_of(dice, Proposal, projects=one), reason="分开办")


@act
def pass_on(cast: Cast, dice: random.Random) -> Any:
    return drafts.pass_on(one_of(dice, Proposal, state="adopted"), by=cast.wang, there=cast.zaonan, reason="归南里")


@act
def came_back(cast: Cast, dice: random.Random) -> Any:
    return drafts.send_back(one_of(dice, Proposal, state="passed_on"), by=cast.liu, reason="不归南里")


@act
def stop(cast: Cast, dice: random.Random) -> Any:
    return works.stop_project(one_of(dice, Project), by=cast.wang, reason="并到别的项目")


def paths() -> dict[Thing, dict[int, str]]:
    """Of everything there is: the numbers of the entries its path tells, with the reason given."""
    return {
        one: {number: step.step.why for step in walked(matter_of(one)) for number in step.numbers}  # type: ignore[misc]
        for kind in KINDS
        for one in kind._default_manager.all()
    }


@pytest.mark.slow
def test_no_act_takes_a_step_from_a_path(cast: Cast) -> None:
    """Acts are tried at random until most of them have been done; what is refused changes nothing."""
    dice = random.Random(8)
    projects.seated_council(cast)
    for _n in range(4):
        say(cast, dice)
    before, done = paths(), set[str]()
    for _n in range(STEPS):
        chosen = dice.choice([one for one in ACTS if one.__name__ not in done] if dice.random() < EAGER else ACTS)
        try:
            chosen(cast, dice)
        except Refused:
            if dice.random() < MORE and Suggestion.objects.count() < MOST:
                say(cast, dice)
            continue
        done.add(chosen.__name__)
        now = paths()
        for thing, told in before.items():
            lost = told.items() - now[thing].items()
            assert not lost, f"{chosen.__name__} took {lost} from the path of {thing!r}"
        before = now
        if len(done) == ENOUGH:
            break
    assert len(done) == ENOUGH, done


def test_every_verb_that_parts_is_told() -> None:
    assert set(PARTS) <= set(TELL) - NO_STEP
