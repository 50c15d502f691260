"""The one family of errors a person can meet. Anything else is a bug and surfaces."""

from django.utils.functional import Promise


class Refused(Exception):
    """The verb cannot be done; the sentence says why and what to do, and is fit to show.

    `field` names the input at fault, so that a form can show the sentence beside it.
    """

    def __init__(self, sentence: "str | Promise", *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refused):
    """This person may not do this, now or ever; the sentence says who may."""


class WrongState(Refused):
    """The thing is not in a state that allows the verb."""


class Stale(Refused):
    """Someone else changed the thing since the page was opened."""
