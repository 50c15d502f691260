"""What there is to count, and what was counted."""

from yishiting.ground.accounts.models import Person
from yishiting.instruments.ballots.models import Poll, Tally
from yishiting.instruments.ballots.rules import differences


def keyings(poll: Poll) -> list[Tally]:
    """The keyings of a poll that count, in order, with who did them."""
    return list(poll.tallies.filter(set_aside=False).select_related("entered_by"))


def latest_of_each(tallies: list[Tally]) -> list[Tally]:
    """The last keying of each person, in order: an earlier one was corrected by it."""
    return sorted({tally.entered_by_id: tally for tally in tallies}.values(), key=lambda tally: tally.nth)


def side_by_side(poll: Poll) -> tuple[list[Tally], list[dict[str, object]]]:
    """The last keyings of the last two people, and where they differ."""
    last = latest_of_each(keyings(poll))[-2:]
    if len(last) < 2:  # noqa: PLR2004 - a pair
        return last, []
    return last, differences(poll.sheet(), last[0].counts, last[1].counts)


def may_key_second(person: Person, poll: Poll) -> bool:
    """Whether another person has keyed this sheet already, so that this one is the second."""
    return poll.tallies.filter(set_aside=False).exclude(entered_by=person).exists()
