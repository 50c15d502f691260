"""What the desk fills in to plan, announce and hold a meeting."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.year.meetings.models import Attendance, Invitation
from yishiting.year.suggestions.models import Suggestion


class ProposersForm(ours.Form):
    """Which of those who proposed what is tabled are invited."""

    chosen = forms.MultipleChoiceField(label=_("请谁列席"), widget=ours.CheckCards())

    def __init__(self, suggestions: Iterable[Suggestion], *args: Any) -> None:
        super().__init__(*args)
        self.people = {str(one.pk): one for one in suggestions}
        field: Any = self.fields["chosen"]
        field.choices = [(key, str(one.proposer or one.proposer_name)) for key, one in self.people.items()]
        field.widget.descriptions = {key: one.title for key, one in self.people.items()}

    def clean_chosen(self) -> list[Suggestion]:
        """The suggestions themselves."""
        return [self.people[key] for key in self.cleaned_data["chosen"]]


class MaterialForm(ours.Form):
    """A paper for the meeting."""

    upload = ours.OneFileField(label=_("文件"))
    caption = forms.CharField(label=_("材料名称"), max_length=160, required=False, help_text=_("例如：停车改造平面图"))
    public = forms.BooleanField(label=_("随会议公开"), required=False)


class AttendanceForm(ours.Form):
    """The paper sign-in sheet, one choice for each person on it."""

    def __init__(self, people: Iterable[Invitation], *args: Any) -> None:
        self.people = list(people)
        super().__init__(*args)
        for one in self.people:
            self.fields[f"a_{one.pk}"] = forms.ChoiceField(
                label=one.name,
                choices=Attendance.choices,
                widget=forms.RadioSelect,
                initial=one.attendance,
            )

    def rows(self) -> list[tuple[Invitation, Any]]:
        """Each person with their choices."""
        return [(one, self[f"a_{one.pk}"]) for one in self.people]

    def clean(self) -> dict[str, Any]:
        """The whole sheet, by invitation."""
        super().clean()
        marked = {str(one.pk): self.cleaned_data.get(f"a_{one.pk}") for one in self.people}
        here = {key: Attendance(value) for key, value in marked.items() if value}
        return {"attendance": {key: self._also(value) for key, value in here.items()}}

    def _also(self, marked: Attendance) -> Attendance:
        """Whoever has not been marked is here too, when that button was pressed."""
        rest = "rest" in self.data and marked == Attendance.EXPECTED
        return Attendance.PRESENT if rest else marked
