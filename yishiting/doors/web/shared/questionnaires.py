"""A questionnaire as a form to fill in, and its counts as bars with a table beside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared import forms as ours
from yishiting.year.consultations.questions import RATING, SEVERAL, SINGLE, TEXT, Count, Question

#: What the five marks mean.
MARKS = {
    "1": gettext_lazy("1 很不满意"),
    "2": gettext_lazy("2 不太满意"),
    "3": gettext_lazy("3 一般"),
    "4": gettext_lazy("4 比较满意"),
    "5": gettext_lazy("5 很满意"),
}


class AnswerForm(ours.Form):
    """One field for each question, in order; `answers` are the cleaned values by question."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: list[str] = []
        for number, one in enumerate(questions, start=1):
            self.fields[one.key] = field_of(number, one)
            self.keys.append(one.key)

    def answers(self) -> dict[str, Any]:
        """What was answered, by question."""
        return {key: self.cleaned_data.get(key) for key in self.keys}


def field_of(number: int, question: Question) -> forms.Field:
    """The field one question is answered in."""
    sentence = {"required": _("请填写这一项。") if question.kind == TEXT else _("请选一项。")}
    common: dict[str, Any] = {
        "label": f"{number}. {question.text}",
        "required": question.required,
        "error_messages": sentence,
    }
    if question.kind == TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **common)
    choices = list(MARKS.items()) if question.kind == RATING else [(one, one) for one in question.options]
    if question.kind == SEVERAL:
        return forms.MultipleChoiceField(choices=choices, widget=ours.CheckCards(), help_text=_("可以选几项"), **common)
    return forms.ChoiceField(choices=choices, widget=ours.RadioCards(), **common)


@dataclass(frozen=True, slots=True)
class Bar:
    """One option: how many chose it, and how long its bar is."""

    label: Any
    count: int
    width: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """One question with its bars; `says` stands below its title."""

    number: int
    title: str
    says: str
    bars: Sequence[Bar]
    texts: Sequence[str] = ()


def charts_of(counts: Iterable[Count], least: int) -> list[Chart]:
    """Every question as a chart; no shares where fewer than `least` people answered it."""
    return [_chart(number, one, least) for number, one in enumerate(counts, start=1)]


def _chart(number: int, counted: Count, least: int) -> Chart:
    says = [_("%(n)s人回答") % {"n": counted.answered}]
    if counted.question.kind == SEVERAL:
        says.append(_("可以选几项，各项相加会超过回答人数"))
    if counted.mean() and counted.answered >= least:
        says.append(_("平均 %(mean)s 分") % {"mean": counted.mean()})
    if counted.question.kind != TEXT and counted.answered < least:
        says.append(_("不到%(n)s人，不算百分比") % {"n": least})
    bars = [_bar(counted, option, many, least) for option, many in counted.chosen]
    return Chart(number, counted.question.text, "，".join(says), bars, counted.texts)


def _bar(counted: Count, option: str, many: int, least: int) -> Bar:
    whole = counted.answered or 1
    label = MARKS[option] if counted.question.kind == RATING else option
    return Bar(label, many, f"{many / whole * 100:.2f}%", many / whole if counted.answered >= least else None)


KIND_LABELS = {
    SINGLE: gettext_lazy("单选"),
    SEVERAL: gettext_lazy("多选"),
    RATING: gettext_lazy("打分（1至5）"),
    TEXT: gettext_lazy("文字"),
}
