"""Forms: one column, label above, example below, the error at the field and in a summary; what was typed stays.

What people type is read the way people write it: 3月5日, 12.35万, 138 0000 0000.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.days import chinese
from yishiting.ground.common.numbers import whole_number
from yishiting.ground.common.phones import phone_digits, why_not_reached
from yishiting.ground.common.reading import FEN, NotAnAmount, PartOfAFen, plain, read_date, read_money
from yishiting.ground.common.refused import Refused
from yishiting.ground.files.preparing import PreparedFile, prepare

Words = str | Promise
Found = Sequence[tuple[str, str]]


#: What Django offers where nothing is chosen.
DASHES = "---------"


class Form(forms.Form):
    """The form every page starts from.

    `draft` names the draft kept in the reader's own browser; leave it empty for short forms. `asked_sometimes` are the
    fields another answer decides about: the hint below says so, the label does not say 选填.
    """

    required_css_class = ""
    error_css_class = "wrong"
    draft = ""
    asked_sometimes: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
                field.empty_label = _("请选择") if field.required else _("不选")

    def offer(self, name: str, choices: Iterable[Any]) -> None:
        """Offer these choices in a field that is chosen from."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} is not chosen from a list")
        field.choices = choices

    def full_clean(self) -> None:
        """Every field speaks in our words, those added after the form was made too."""
        for field in self.fields.values():
            speak_our_words(field)
        super().full_clean()

    def problems(self) -> list[tuple[str, str, str]]:
        """For the summary: where each error can be put right (an id on the page), the field's name, the sentence."""
        found: list[tuple[str, str, str]] = []
        for name, sentences in self.errors.items():
            label = str(self[name].label) if name in self.fields else ""
            found += [(self._target(name), label, str(sentence)) for sentence in sentences]
        return found

    def _target(self, name: str) -> str:
        if name not in self.fields:
            return ""
        bound = self[name]
        several = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
        return f"{bound.auto_id}_0" if several else str(bound.id_for_label)


#: What is said of a fault by its code, where a field has no words of its own.
OUR_WORDS: Mapping[str, Any] = {
    "required": _("请填写这一项。"),
    "invalid": _("这一项看不懂，请检查写法。"),
    "max_length": _("最多%(limit_value)s字，现在写了%(show_value)s字。"),
    "min_length": _("至少%(limit_value)s字，现在写了%(show_value)s字。"),
    "max_value": _("不能大于%(limit_value)s。"),
    "min_value": _("不能小于%(limit_value)s。"),
    "max_digits": _("最多%(max)s位数字。"),
    "max_decimal_places": _("小数点后最多%(max)s位。"),
    "max_whole_digits": _("整数部分最多%(max)s位。"),
    "null_characters_not_allowed": _("里面有看不见的字符，请重新输入。"),
    "invalid_choice": _("这里没有这一项，请重新选择。"),
    "invalid_list": _("请重新选择。"),
    "invalid_pk_value": _("这里没有这一项，请重新选择。"),
    "missing": _("没有收到文件，请重新选择。"),
    "empty": _("文件是空的，请重新选择。"),
    "contradiction": _("请或者交一个新文件，或者勾选去掉，不要都选。"),
}
WORDS_OF_KINDS: Sequence[tuple[type[forms.Field], Mapping[str, Any]]] = (
    (forms.BooleanField, {"required": _("请确认后打勾。")}),
    (forms.ChoiceField, {"required": _("请选一项。")}),
    (forms.FileField, {"invalid": _("没有收到文件，请重新选择。"), "max_length": _("文件名太长，请改短些再交。")}),
    (forms.DecimalField, {"invalid": _("请填写数字。")}),
    (forms.IntegerField, {"invalid": _("请填写整数。")}),
)


def speak_our_words(field: forms.Field) -> None:
    """Put our sentences where the field has only those of the framework; a field's own words stay."""
    ours = dict(OUR_WORDS)
    for kind, words in WORDS_OF_KINDS:
        ours |= words if isinstance(field, kind) else {}
    stock = _of_the_framework(type(field))
    for code, sentence in ours.items():
        if field.error_messages.get(code, "") in stock:
            field.error_messages[code] = sentence


def _of_the_framework(kind: type[forms.Field]) -> tuple[Any, ...]:
    """The sentences a kind of field has from Django itself, and none."""
    classes = [one for one in kind.__mro__ if one.__module__.startswith("django.")]
    return ("", *(words for one in classes for words in getattr(one, "default_error_messages", {}).values()))


class RadioCards(forms.RadioSelect):
    """Choices as cards, each with a sentence below it; the keys 1–9 choose at a desk."""

    def __init__(self, descriptions: dict[Any, Words] | None = None, *, keys: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.descriptions = {str(value): words for value, words in (descriptions or {}).items()}
        self.keys = keys


class LongSelect(forms.Select):
    """A list of many: where scripts run, what one types above it narrows it; elsewhere it is a plain list."""

    def __init__(self, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__({"data-narrow": _("输入几个字，缩小范围"), **(attrs or {})}, **kwargs)


class CheckCards(forms.CheckboxSelectMultiple):
    """Several choices as cards, each with a sentence below it; `amounts` are summed up while one chooses."""

    def __init__(
        self, descriptions: dict[Any, Words] | None = None, amounts: dict[Any, int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.amounts = {str(value): fen for value, fen in (amounts or {}).items()}
        self.descriptions = {str(value): words for value, words in (descriptions or {}).items()}
        self.keys = False

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A choice, with what it costs for whoever sums up."""
        option = super().create_option(*args, **kwargs)
        if (fen := self.amounts.get(str(option["value"]))) is not None:
            option["attrs"]["data-fen"] = str(fen)
        return option


#: More rows than any table of ours has are somebody playing.
MOST_ROWS = 200


class RowsInput(forms.Widget):
    """A table of inputs: `name-3-opens` is the column `opens` of the fourth row; `name-rows` says how many there are."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        """What was typed, row by row."""
        rows = whole_number(str(data.get(f"{name}-rows", ""))) or 0
        return [self._row(data, f"{name}-{n}-") for n in range(min(rows, MOST_ROWS))]

    @staticmethod
    def _row(data: Any, prefix: str) -> dict[str, str]:
        return {key.removeprefix(prefix): data[key] for key in data if key.startswith(prefix)}

    def id_for_label(self, id_: str) -> str:
        """The table itself."""
        return id_


class ListedInput(forms.TextInput):
    """A line in which one types, or picks one of these names."""

    def __init__(self, names: Sequence[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.names = names

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The field, and the names below it that the browser offers."""
        key = f"names-{name}"
        field = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        return format_html(
            '{}<datalist id="{}">{}</datalist>',
            field,
            key,
            format_html_join("", '<option value="{}"></option>', [(one,) for one in self.names]),
        )


class DateInput(forms.DateInput):
    """Typed as one likes; a calendar can be opened beside it where the browser has one."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "short", "autocomplete": "off", "data-date": "", **(attrs or {})}, format="%Y-%m-%d")

    def format_value(self, value: Any) -> str | None:
        """A day as people write it, in Chinese; what was typed stays as typed."""
        if isinstance(value, date) and not (get_language() or "").startswith("en"):
            return chinese(value, "plain")
        return super().format_value(value)


class DateField(forms.DateField):
    """2026-3-5, 2026年3月5日, 2026/3/5, 20260305, 3月5日, 今天."""

    widget = DateInput
    default_error_messages = {"invalid": _("看不出是哪一天。请写成 2026-3-5 或 3月5日。")}

    def __init__(self, *, today: Callable[[], date] = timezone.localdate, **kwargs: Any) -> None:
        self.today = today
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day that was meant."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        found = read_date(str(value), self.today())
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class MoneyInput(forms.TextInput):
    """An amount in yuan, with the unit behind the field."""

    unit = _("元")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "short number", "inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: object) -> str | None:
        """Integer fen as yuan; what was typed stays as typed."""
        if not isinstance(value, int):
            return None if value is None else str(value)
        whole, rest = divmod(value, FEN)
        return f"{whole}.{rest:02d}" if rest else str(whole)


class MoneyField(forms.Field):
    """Yuan as people write it (12350, 12,350.50, 1.2万) to an integer number of fen."""

    widget = MoneyInput
    default_error_messages = {
        "invalid": _("看不出是多少钱。请用数字写，例如 12350 或 1.235万。"),
        "part": _("最多写到分，小数点后不超过两位。"),
        "low": _("金额不能少于 %(limit)s 元。"),
        "high": _("金额不能超过 %(limit)s 元。"),
    }

    def __init__(self, *, least: int = 0, most: int | None = None, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def to_python(self, value: object) -> int | None:
        """Fen, or None when nothing was typed."""
        if value in self.empty_values:
            return None
        try:
            return read_money(str(value))
        except NotAnAmount:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        except PartOfAFen:
            raise ValidationError(self.error_messages["part"], code="part") from None

    def validate(self, value: Any) -> None:
        """Within the limits the page gives."""
        super().validate(value)
        if value is None:
            return
        if value < self.least:
            raise ValidationError(self.error_messages["low"], code="low", params={"limit": self.least // FEN})
        if self.most is not None and value > self.most:
            raise ValidationError(self.error_messages["high"], code="high", params={"limit": self.most // FEN})


class PhoneInput(forms.TextInput):
    """A telephone number: never kept in a draft."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "short", "autocomplete": "tel", "data-private": "", **(attrs or {})})


class PhoneField(forms.CharField):
    """A mobile, a landline with or without area code, a service number or one from abroad, in its normal form."""

    widget = PhoneInput

    def to_python(self, value: object) -> str:
        """What was meant; what is wrong with it where it cannot be rung."""
        text = super().to_python(value) or ""
        if refusal := why_not_reached(text):
            raise ValidationError(str(refusal), code="invalid")
        return phone_digits(text)


class DigitsInput(forms.TextInput):
    """A code of digits, as it comes by message or stands on a slip: never kept in a draft."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"class": "short number", "inputmode": "numeric", "autocomplete": "off", "data-private": ""}
        super().__init__({**usual, **(attrs or {})})


class DigitsField(forms.CharField):
    """A code of so many digits, however it was typed: 532 767, wide digits, with a blank behind it."""

    widget = DigitsInput
    default_error_messages = {"digits": _("请填%(n)s位数字。")}

    def __init__(self, *, length: int, **kwargs: Any) -> None:
        self.length = length
        super().__init__(**kwargs)

    def to_python(self, value: object) -> str:
        """The digits alone."""
        digits = plain(str(value or "")).replace("-", "")
        if digits and not (digits.isascii() and digits.isdecimal() and len(digits) == self.length):
            raise ValidationError(self.error_messages["digits"], code="digits", params={"n": self.length})
        return digits


class SearchInput(forms.TextInput):
    """A field one searches in: names, or the first letters of the pinyin. `url` answers with `pieces/found.html`."""

    def __init__(self, url: str | Promise = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.url = url
        self.chosen: Found = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The address that answers while one types."""
        context = super().get_context(name, value, attrs)
        if self.url:
            context["widget"]["attrs"]["data-search"] = str(self.url)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The key that was chosen from a list, or else the words that were typed."""
        return (data.get(name, ""), data.get(f"{name}_key", ""))

    def format_value(self, value: object) -> str | None:
        """The words, not the key."""
        words = value[0] if isinstance(value, tuple) else value
        return str(words) if words else None


class SearchField(forms.Field):
    """One thing found by words. `find(words)` gives (key, label) pairs, also for a key; the cleaned value is the key.

    Works without scripts: when several things fit the words, the page comes back and lets the reader choose.
    """

    widget = SearchInput
    default_error_messages = {
        "none": _("没有找到“%(words)s”。可以换个叫法，或输入拼音首字母。"),
        "several": _("有几处都叫“%(words)s”，请在下面选一处。"),
    }

    def __init__(
        self, *, find: Callable[[str], Iterable[tuple[str, str]]], url: str | Promise = "", **kwargs: Any
    ) -> None:
        super().__init__(widget=SearchInput(url), **kwargs)
        self.find = find

    def clean(self, value: Any) -> Any:
        """The key of the one thing meant, or an empty text."""
        words, key = (str(part).strip() for part in (value or ("", "")))
        if not words:
            return super().clean("")
        found = self._found(words)
        same = [k for k, label in found if plain(label) == plain(words)]
        if self._goes_with(key, words, found):
            return key
        if len(same) == 1 or len(found) == 1:
            return same[0] if same else found[0][0]
        self.widget.chosen = found
        code = "several" if found else "none"
        raise ValidationError(self.error_messages[code], code=code, params={"words": words})

    def _found(self, words: str) -> list[tuple[str, str]]:
        return [(str(key), str(label)) for key, label in self.find(words)]

    def _goes_with(self, key: str, words: str, found: Found) -> bool:
        """A key chosen earlier counts only while the words still speak of it."""
        if not key or any(k == key for k, _label in found):
            return bool(key)
        return any(k == key and plain(label) == plain(words) for k, label in self._found(key))


class FileInput(forms.ClearableFileInput):
    """One file; the page names it once it is picked."""

    allow_multiple_selected = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-files": "", **(attrs or {})})


class FilesInput(FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the cleaned value is a list of them as they will be kept. `most` files of at most `size` bytes each."""

    widget = FilesInput
    default_error_messages = {
        "count": _("一次最多交 %(most)s 个文件。"),
        "size": _("“%(name)s”太大了，每个文件不超过 %(size)s MB。"),
    }

    def __init__(self, *, most: int, size: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.size = most, size

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file sound and small enough."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        files = [super(FilesField, self).clean(one, initial) for one in given or [None]]
        files = [one for one in files if one]
        if len(files) > self.most:
            raise ValidationError(self.error_messages["count"], code="count", params={"most": self.most})
        for one in files:
            if one.size > self.size:
                params = {"name": one.name, "size": self.size // 2**20}
                raise ValidationError(self.error_messages["size"], code="size", params=params)
        return [prepared(one) for one in files]


class OneFileField(forms.FileField):
    """One file; the cleaned value is the file as it will be kept."""

    widget = FileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Sound."""
        given = super().clean(data, initial)
        return prepared(given) if given else given


def prepared(upload: Any) -> PreparedFile:
    """The file as it will be kept, made ready while no transaction is open; its refusal stands beside the field."""
    try:
        return prepare(upload)
    except Refused as refusal:
        raise ValidationError(str(refusal), code="file") from None
