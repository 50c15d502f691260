"""What a verb asks about people: their names, alone, several or as a roll, and how they are reached."""

from dataclasses import KW_ONLY, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.names import clean_name, clean_unit, read_names, read_roll, why_doubled
from yishiting.ground.common.parameters import Lines, Parameter, Text
from yishiting.ground.common.phones import phone_digits, why_not_reached
from yishiting.ground.common.refused import Refused
from yishiting.methods.errors import Unusable


@dataclass(frozen=True, slots=True)
class Name(Text):
    """The name of one person, kept in one spelling."""

    _: KW_ONLY
    most: int = 40
    rows: int = 1

    def clean(self, value: Any, thing: Any) -> str:
        """As names are kept."""
        return Text.clean(self, clean_name(str(value)), thing)


@dataclass(frozen=True, slots=True)
class Email(Text):
    """An e-mail address."""

    _: KW_ONLY
    most: int = 120
    rows: int = 1

    def clean(self, value: Any, thing: Any) -> str:
        """Written as an address is."""
        address = Text.clean(self, value, thing)
        try:
            validate_email(address)
        except ValidationError:
            raise Refused(_("请检查电子邮箱，例如 wang@example.com。")) from None
        return address


@dataclass(frozen=True, slots=True)
class Phone(Parameter):
    """A telephone number that can be rung: a mobile, a landline, a service number, one from abroad."""

    _: KW_ONLY
    private: bool = True

    def clean(self, value: Any, thing: Any) -> str:
        """In its normal form, whatever stood between the digits."""
        if refusal := why_not_reached(str(value)):
            raise Refused(refusal)
        return phone_digits(str(value))


@dataclass(frozen=True, slots=True)
class Names(Lines):
    """Names of several people in one field, parted by commas or blanks, each in one spelling."""

    _: KW_ONLY
    rows: int = 1

    def clean(self, value: Any, thing: Any) -> list[Any]:
        """Each name once."""
        return list(dict.fromkeys(filter(None, map(clean_name, Lines.clean(self, value, thing)))))

    def read(self, text: str, thing: Any) -> list[Any]:
        """李明、王 芳 are two people."""
        return self.clean(read_names(text), thing)


@dataclass(frozen=True, slots=True)
class Roll(Lines):
    """A roll of people with their buildings or units, as it is pasted; nobody stands on it twice."""

    def clean(self, value: Any, thing: Any) -> list[Any]:
        """Everybody once, in one spelling."""
        rows = [(clean_name(name), clean_unit(unit)) for name, unit in Lines.clean(self, value, thing)]
        if sentence := why_doubled(rows):
            raise Refused(sentence)
        return rows

    def read(self, text: str, thing: Any) -> list[Any]:
        """A line for each person; numbers and headings are left out."""
        try:
            return self.clean(read_roll(text) if text.strip() else [], thing)
        except Unusable as wrong:
            raise Refused(wrong.chinese) from None
