"""What the desk fills in for items of an agenda."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.instruments.ballots.models import Method
from yishiting.year.meetings.models import Attendance, Invitation, ItemKind

KINDS = {
    ItemKind.REPORT: _("听取情况，不表决。"),
    ItemKind.DELIBERATE: _("讨论后提请表决。建议案请从建议案页面列入。"),
}


class ItemForm(ours.Form):
    """One item of the agenda."""

    kind = forms.ChoiceField(
        label=_("类别"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=ours.RadioCards({kind.value: says for kind, says in KINDS.items()}, keys=True),
    )
    title = forms.CharField(label=_("议题"), max_length=160)
    text = forms.CharField(label=_("文本"), widget=forms.Textarea(attrs={"rows": 6}), required=False)
    touches_law = forms.BooleanField(label=_("涉及法律问题，应请律师列席"), required=False)
    lawyer_reason = forms.CharField(label=_("不请律师的理由"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class AmendItemForm(ItemForm):
    """An item whose words change; its kind stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class LawForm(ours.Form):
    """For the item of a proposal only the lawyer's part is changed here; its text is amended on its own page."""

    touches_law = forms.BooleanField(label=_("涉及法律问题，应请律师列席"), required=False)
    lawyer_reason = forms.CharField(label=_("不请律师的理由"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class VoteForm(ours.Form):
    """How the vote is taken, and who stands aside."""

    method = forms.ChoiceField(
        label=_("表决方式"), choices=Method.choices, widget=ours.RadioCards(keys=True), initial=Method.SHOW_OF_HANDS
    )
    aside = forms.MultipleChoiceField(label=_("回避的代表"), required=False, widget=ours.CheckCards())
    reason = forms.CharField(label=_("回避的理由"), required=False, help_text=_("例如：本人住在该楼一层"))

    def __init__(self, people: Iterable[Invitation], *args: Any) -> None:
        super().__init__(*args)
        aside = self.fields["aside"]
        aside.choices = [(str(one.pk), _label(one)) for one in people]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """The reason goes with each who stands aside."""
        cleaned = super().clean() or self.cleaned_data
        aside, reason = cleaned.pop("aside", []), cleaned.pop("reason", "")
        if aside and not reason.strip():
            self.add_error("reason", _("回避要写明理由。"))
        return {**cleaned, "recused": dict.fromkeys(aside, reason)}


class NoteForm(ours.Form):
    """What was said on a report."""

    discussion = forms.CharField(label=_("发言要点"), required=False, widget=forms.Textarea(attrs={"rows": 6}))


class OffForm(ours.Form):
    """Why an item waits or is taken off."""

    reason = forms.CharField(label=_("原因"), widget=forms.Textarea(attrs={"rows": 3}))


def _label(one: Invitation) -> str:
    return f"{one.name}（{one.get_attendance_display()}）" if one.attendance != Attendance.PRESENT else one.name
