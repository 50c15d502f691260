"""What the desk fills in for projects."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.year.councils.models import Representative
from yishiting.year.projects.actions import OnPaper
from yishiting.year.projects.models import Project, Supervisor
from yishiting.year.projects.rules import Plan
from yishiting.year.projects.states import State

#: What may stand on the sheet beside a name.
WORDS = [("", _("没有签字")), ("yes", _("达到标准")), ("no", _("没有达到标准"))]


class PlanForm(ours.Form):
    """One project, one plan."""

    draft = "plan"

    content = forms.CharField(
        label=_("项目内容"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("做什么、在哪里、做多少。例如：在3、5、7号楼门口各装一盏太阳能路灯。"),
    )
    responsible_name = forms.CharField(
        label=_("责任人"), max_length=40, required=False, help_text=_("一个人，不写单位。")
    )
    starts_on = ours.DateField(label=_("计划开工"), required=False)
    deadline = ours.DateField(label=_("完成时限"), required=False)
    completion_standard = forms.CharField(
        label=_("完成标准"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("做到什么样算完成，验收时逐条对照。"),
    )
    planned_cost = ours.MoneyField(label=_("计划费用（元）"), required=False, help_text=_("没有费用填0。"))
    cost_source = forms.CharField(label=_("经费来源"), max_length=160, required=False)
    maintenance_owner = forms.CharField(
        label=_("后期维护责任人"), max_length=80, required=False, help_text=_("建成以后谁管、谁修。")
    )
    maintenance_yearly_cost = ours.MoneyField(
        label=_("每年维护费用（元）"), required=False, help_text=_("没有费用填0。")
    )

    def plan(self) -> Plan:
        """The plan as it was filled in."""
        return Plan(**self.cleaned_data)


BETWEEN = re.compile(r"[，,、：:\s]+")


class TeamForm(ours.Form):
    """The team, a line for each."""

    members = forms.CharField(
        label=_("实施小组"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("一行一人，先写姓名，再写分工。例如：李明 联系施工"),
    )

    def clean_members(self) -> list[tuple[str, str]]:
        """(name, duty) for each line."""
        found = []
        for n, line in enumerate(self.cleaned_data["members"].splitlines(), start=1):
            if line.strip():
                name, *duty = BETWEEN.split(line.strip(), maxsplit=1)
                if not duty:
                    raise ValidationError(_("第%(n)s行只有姓名，请在后面写上分工。"), params={"n": n})
                found.append((name[:40], duty[0][:80]))
        return found


class SupervisorsForm(ours.Form):
    """Which representatives supervise."""

    representatives = forms.ModelMultipleChoiceField(
        label=_("监督小组"),
        queryset=Representative.objects.none(),
        widget=ours.CheckCards(),
        help_text=_("验收时每个人都要签字：用自己的账号签，或在纸上签、由社区登记。"),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["representatives"]
        field.queryset = (
            Representative.objects.serving(timezone.localdate())
            .filter(place=project.place)
            .select_related("constituency")
        )
        field.label_from_instance = called
        field.initial = list(project.supervisors.values_list("representative_id", flat=True))


def called(one: Representative) -> str:
    """By name and constituency, and whether they can sign for themselves."""
    said = _("%(name)s（%(group)s）") if one.person_id else _("%(name)s（%(group)s，还没有账号）")
    return str(said) % {"name": one.name, "group": one.constituency.name}


class ProgressForm(ours.Form):
    """How far the work has come."""

    draft = "progress"

    percent = forms.IntegerField(label=_("进度（%）"), min_value=0, max_value=100)
    text = forms.CharField(
        label=_("进展"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("做了什么，还有什么困难，下一步做什么。")
    )
    happened_on = ours.DateField(label=_("日期"))
    photos = ours.FilesField(
        label=_("照片"),
        required=False,
        most=6,
        size=10_000_000,
        help_text=_("施工前后各拍一张。照片里的位置信息会去掉。"),
    )


class CompletionForm(ours.Form):
    """The work is finished."""

    text = forms.CharField(
        label=_("完工情况"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("对照完成标准逐条写明。")
    )
    photos = ours.FilesField(label=_("完工照片"), required=False, most=6, size=10_000_000)


class SheetForm(ours.Form):
    """The acceptance sheet as it was signed: a word for each member who has not signed by their own account."""

    signed_on = ours.DateField(label=_("签字日期"))
    sheet = ours.FilesField(
        label=_("签字单照片"), most=1, size=10_000_000, help_text=_("拍清全部签名和意见。只供核对，不对外公开。")
    )

    def __init__(self, *args: Any, members: Sequence[Supervisor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for one in members:
            self.fields[f"word_{one.pk}"] = forms.ChoiceField(
                label=called(one.representative), choices=WORDS, required=False, widget=ours.RadioCards()
            )
            self.fields[f"note_{one.pk}"] = forms.CharField(
                label=_("%(name)s的意见") % {"name": one.representative.name}, required=False, max_length=400
            )
        self.order_fields([name for name in self.fields if name not in ("signed_on", "sheet")])

    def clean(self) -> dict[str, Any]:
        """The words as the verb wants them; whoever is against says what is missing."""
        given, said = super().clean() or {}, []
        for one in self.members:
            word, note = given.pop(f"word_{one.pk}", ""), given.pop(f"note_{one.pk}", "")
            if word == "no" and not note:
                self.add_error(f"note_{one.pk}", _("认为没有达到标准的，请写明差在哪里。"))
            if word:
                said.append(OnPaper(one.pk, word == "yes", note))
        return {**given, "said": said}


class WordsForm(ours.Form):
    """One text, for a reason or an answer."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: object, hint: object = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = str(label), str(hint)


class ProjectFilters(forms.Form):
    """Filters of the list."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *State.choices])
