"""What a method says when its input cannot be used."""


class Unusable(ValueError):
    """The data or the rule asked for cannot give a result; the sentence says why and what to change."""

    def __init__(self, chinese: str, english: str = "") -> None:
        super().__init__(chinese)
        self.chinese = chinese
        self.english = english or chinese


class WrongOptions(Unusable):
    """What was asked for does not go together; the data are not at fault."""
