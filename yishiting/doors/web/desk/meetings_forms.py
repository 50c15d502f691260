"""What the desk fills in to plan, announce and hold a meeting."""

import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.ground.common.reading import plain
from yishiting.year.meetings.models import Attendance, Invitation, Meeting, MeetingKind, Role
from yishiting.year.meetings.states import State
from yishiting.year.suggestions.models import Suggestion

CLOCK = re.compile(r"(上午|下午|晚上)?(\d{1,2})(?:[:点时](\d{1,2}|半)?分?)?")
NOON = 12


def read_clock(text: str) -> time | None:
    """A time as people write it (14:00, 下午2点半, 9点), or None."""
    match = CLOCK.fullmatch(plain(text))
    if match is None:
        return None
    part, hour, minute = match.groups()
    later = NOON if part in ("下午", "晚上") and int(hour) < NOON else 0
    try:
        return time(int(hour) + later, 30 if minute == "半" else int(minute or 0))
    except ValueError:
        return None


class ClockField(forms.Field):
    """14:00, 14点30, 下午2点半."""

    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})
    default_error_messages = {"invalid": _("看不出是几点。请写成 14:00 或 下午2点。")}

    def to_python(self, value: object) -> time | None:
        """The time that was meant."""
        if value in self.empty_values or isinstance(value, time):
            return value if isinstance(value, time) else None
        found = read_clock(str(value))
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class WhenForm(ours.Form):
    """A day and a time that become one moment, `starts_at`."""

    starts_at = ours.DateField(label=_("开会日期"), help_text=_("例如：3月20日"))
    clock = ClockField(label=_("开会时间"), help_text=_("例如：14:00，或 下午2点"))

    def clean(self) -> dict[str, Any]:
        """Day and time together."""
        cleaned = super().clean() or self.cleaned_data
        day, at = cleaned.get("starts_at"), cleaned.pop("clock", None)
        if day is not None and at is not None:
            cleaned["starts_at"] = timezone.make_aware(datetime.combine(day, at))
        return cleaned


class MeetingForm(WhenForm):
    """A meeting to be held."""

    field_order = ["kind", "title", "starts_at", "clock", "venue", "chair", "recorder", "purpose", "consent"]

    kind = forms.ChoiceField(label=_("类别"), choices=MeetingKind.choices, widget=ours.RadioCards(keys=True))
    title = forms.CharField(label=_("会议名称"), max_length=120)
    venue = forms.CharField(label=_("地点"), max_length=120, help_text=_("例如：社区二层会议室"))
    chair = forms.CharField(label=_("主持人"), max_length=40, required=False)
    recorder = forms.CharField(label=_("记录人"), max_length=40, required=False)
    purpose = forms.CharField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    consent = forms.CharField(
        label=_("临时会议经谁同意"),
        max_length=160,
        required=False,
        help_text=_("只有临时会议填写，例如：3月4日社区党委会同意"),
    )


class AmendForm(MeetingForm):
    """Another time, place or name; the kind stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class PostponeForm(WhenForm):
    """Another day, and why."""

    venue = forms.CharField(label=_("地点"), max_length=120, required=False, help_text=_("不变的不用填。"))
    reason = forms.CharField(label=_("改期的原因"), widget=forms.Textarea(attrs={"rows": 3}))


class InviteForm(ours.Form):
    """Somebody who attends without a vote."""

    role = forms.ChoiceField(
        label=_("身份"),
        choices=[choice for choice in Role.choices if choice[0] != Role.MEMBER],
        widget=ours.RadioCards(keys=True),
    )
    name = forms.CharField(label=_("姓名"), max_length=40)
    unit = forms.CharField(label=_("单位"), max_length=80, required=False)


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

    upload = forms.FileField(label=_("文件"), widget=ours.FileInput)
    caption = forms.CharField(label=_("叫什么"), max_length=160, required=False, help_text=_("例如：停车改造平面图"))
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


class MinutesForm(ours.Form):
    """The minutes in their final words."""

    draft = "minutes"
    minutes = forms.CharField(label=_("会议纪要"), widget=forms.Textarea(attrs={"rows": 24}))


class TaskForm(ours.Form):
    """What somebody takes on."""

    what = forms.CharField(label=_("任务"), widget=forms.Textarea(attrs={"rows": 2}))
    who = forms.CharField(label=_("责任人"), max_length=40)
    due = ours.DateField(label=_("期限"))


class MeetingFilters(forms.Form):
    """Which meetings are listed."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *State.choices])
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *MeetingKind.choices])


def starting_values(meeting: Meeting) -> dict[str, Any]:
    """What the form shows of a meeting that is changed."""
    when = timezone.localtime(meeting.starts_at)
    names = ("title", "venue", "chair", "recorder", "purpose", "consent")
    return {**{name: getattr(meeting, name) for name in names}, "starts_at": when.date(), "clock": f"{when:%H:%M}"}
