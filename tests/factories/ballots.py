"""Votes ready to be counted."""

from collections.abc import Sequence

from tests.cast import Cast
from tests.put_back import kept
from yishiting.instruments.ballots.actions import enter_tally, open_poll, prepare_poll
from yishiting.instruments.ballots.models import Method, Poll, PollKind
from yishiting.instruments.ballots.rules import Option, Voter

NAMES = ("陈慧", "郭强", "何英", "黄勇", "李明", "林芳", "马超", "孙丽", "王芳", "吴刚", "徐静", "张伟")


def voters(due: int = 12, present: int = 10, recused: Sequence[int] = ()) -> list[Voter]:
    return [
        Voter(str(n), NAMES[n % len(NAMES)], present=n < present, recused="本人住在该楼" if n in recused else "")
        for n in range(due)
    ]


@kept
def hands(cast: Cast, *, due: int = 12, present: int = 10, recused: Sequence[int] = ()) -> Poll:
    poll = prepare_poll(
        cast.zaobei, by=cast.wang, kind=PollKind.DECISION, method=Method.SHOW_OF_HANDS, title="楼前绿地改停车位"
    )
    return open_poll(poll, by=cast.wang, voters=voters(due, present, recused))


@kept
def paper(cast: Cast, kind: PollKind = PollKind.DECISION, *, due: int = 12, present: int = 10) -> Poll:
    poll = prepare_poll(cast.zaobei, by=cast.wang, kind=kind, method=Method.PAPER, title="楼前绿地改停车位")
    return open_poll(poll, by=cast.wang, voters=voters(due, present))


@kept
def election(
    cast: Cast, names: Sequence[str] = ("李明", "王芳"), seats: int = 1, method: Method = Method.PAPER
) -> Poll:
    poll = prepare_poll(
        cast.zaobei,
        by=cast.wang,
        kind=PollKind.ELECTION,
        method=method,
        title="3号楼选区",
        options=[Option(f"key-{name}", name) for name in names],
        seats=seats,
    )
    return open_poll(poll, by=cast.wang, voters=voters())


@kept
def counted(cast: Cast, poll: Poll, **counts: int) -> Poll:
    enter_tally(poll, by=cast.wang, counts=named(counts))
    return enter_tally(poll, by=cast.liu, counts=named(counts))


def named(counts: dict[str, int]) -> dict[str, int]:
    """`for_=3` in a call is "for" on the sheet."""
    return {key.removesuffix("_"): number for key, number in counts.items()}
