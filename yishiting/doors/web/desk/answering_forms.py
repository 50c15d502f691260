"""Answers of three kinds, and the decision on an appeal."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared import forms as ours
from yishiting.year.suggestions.models import AnswerKind

KINDS = {
    AnswerKind.SETTLED: gettext_lazy("写明怎么解决、怎么采纳的"),
    AnswerKind.PLANNED: gettext_lazy("写明列入什么计划、什么时候办"),
    AnswerKind.NOT_NOW: gettext_lazy("实事求是写明为什么，什么条件下可以办"),
}
#: What was not let in is explained further, or turns out to be solved.
AFTERWARDS = {
    AnswerKind.EXPLAINED: gettext_lazy("写明办到哪一步、谁在办"),
    AnswerKind.SETTLED: gettext_lazy("写明怎么解决的"),
}


class AnswerForm(ours.Form):
    """An answer to everyone whose words are in the suggestion."""

    draft = "answer"

    kind = forms.ChoiceField(label=gettext_lazy("答复类别"))
    text = forms.CharField(
        label=gettext_lazy("答复内容"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("先说结果，再说办了什么、还要做什么、什么时候。例如：路灯已于3月10日修好，试过能亮。"),
    )

    def __init__(self, *args: Any, valid: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = KINDS if valid else AFTERWARDS
        field: Any = self.fields["kind"]
        field.choices = [(kind.value, kind.label) for kind in kinds]
        field.widget = ours.RadioCards(dict(kinds), keys=True, choices=field.choices)


class AppealForm(ours.Form):
    """The second look: valid after all, or the first result stands."""

    draft = "decide-appeal"

    valid = forms.ChoiceField(
        label=gettext_lazy("复核结果"),
        choices=[("yes", gettext_lazy("改为有效建议")), ("no", gettext_lazy("维持原来的结果"))],
        widget=ours.RadioCards(keys=True),
    )
    decision = forms.CharField(
        label=gettext_lazy("理由"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("提出人会看到。请针对本人说的理由来写。"),
    )

    def clean_valid(self) -> bool:
        """Whether the suggestion is let in after all."""
        return bool(self.cleaned_data["valid"] == "yes")


def told(kind: str) -> str:
    """What the desk reads when an answer has been given."""
    return _("答复已告诉每一位提出人（%(kind)s）。") % {"kind": AnswerKind(kind).label}
