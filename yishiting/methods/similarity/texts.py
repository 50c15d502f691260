"""A message as it goes in."""

from typing import NamedTuple


class Text(NamedTuple):
    """One message. `place` is where it is filed ("街道/社区"), "" where that is not known."""

    id: str
    title: str
    body: str = ""
    place: str = ""
