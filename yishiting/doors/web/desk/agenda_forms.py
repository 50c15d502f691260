"""What the desk fills in for items of an agenda."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.instruments.ballots.models import Method
from yishiting.year.meetings.models import Attendance, Invitation


class VoteForm(ours.Form):
    """How the vote is taken, and who stands aside."""

    method = forms.ChoiceField(
        label=_("表决方式"), choices=Method.choices, widget=ours.RadioCards(keys=True), initial=Method.SHOW_OF_HANDS
    )
    aside = forms.MultipleChoiceField(label=_("回避的代表"), required=False, widget=ours.CheckCards())
    reason = forms.CharField(label=_("回避的理由"), required=False, help_text=_("例如：本人住在该楼一层"))

    def __init__(self, people: Iterable[Invitation], *args: Any) -> None:
        super().__init__(*args)
        self.offer("aside", [(str(one.pk), _label(one)) for one in people])

    def clean(self) -> dict[str, Any]:
        """The reason goes with each who stands aside."""
        cleaned = super().clean() or self.cleaned_data
        aside, reason = cleaned.pop("aside", []), cleaned.pop("reason", "")
        if aside and not reason.strip():
            self.add_error("reason", _("回避要写明理由。"))
        return {**cleaned, "recused": dict.fromkeys(aside, reason)}


def _label(one: Invitation) -> str:
    return f"{one.name}（{one.get_attendance_display()}）" if one.attendance != Attendance.PRESENT else one.name
