"""What the desk fills in for proposals."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.instruments.documents.rules import spoken
from yishiting.year.meetings.models import Meeting
from yishiting.year.proposals.rules import OWN_LEVELS
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.models import Category, ResponsibleLevel, Suggestion

LEVELS: dict[Any, Any] = {
    ResponsibleLevel.COMMUNITY: _("社区自己组织办理，审议通过后可以立项。"),
    ResponsibleLevel.RESIDENT_UNIT: _("社区联系驻区单位办理，审议通过后可以立项。"),
    ResponsibleLevel.SUBDISTRICT: _("属于街乡职责，审议通过后报送街乡。社区不能主办。"),
    ResponsibleLevel.DISTRICT: _("属于区级职责，审议通过后报送街乡。社区不能主办。"),
    ResponsibleLevel.MUNICIPAL: _("属于市级职责，审议通过后报送街乡。社区不能主办。"),
}


def _words(label: Any, rows: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DraftForm(ours.Form):
    """A proposal from one or several suggestions."""

    draft = "proposal"

    suggestions = forms.MultipleChoiceField(label=_("根据哪些建议"), widget=ours.CheckCards())
    title = forms.CharField(label=_("案由"), max_length=160, help_text=_("例如：关于3号楼前增设停车位的建议案"))
    situation = _words(_("情况"), 5, help_text=_("有什么问题，涉及多少户。"))
    measures = _words(_("办理建议"), 6, help_text=_("怎么办、谁来办、要多少钱、以后谁维护。"))
    beneficiaries = forms.CharField(
        label=_("受益范围"), max_length=160, required=False, help_text=_("例如：3号楼、4号楼96户")
    )
    responsible_level = forms.ChoiceField(
        label=_("责任层级"), choices=[(level.value, level.label) for level in LEVELS], widget=ours.RadioCards(LEVELS)
    )
    category = forms.ModelChoiceField(label=_("类别"), queryset=Category.objects.none(), required=False)
    for_year = forms.IntegerField(label=_("拟办年度"))

    def __init__(self, ready: Sequence[Suggestion], years: Iterable[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ready = {str(one.pk): one for one in ready}
        chosen: Any = self.fields["suggestions"]
        chosen.choices = [(key, f"{one.title}（{spoken(one.receipt)}）") for key, one in self.ready.items()]
        chosen.widget.descriptions = {key: one.text[:80] for key, one in self.ready.items()}
        category: Any = self.fields["category"]
        category.queryset = Category.objects.filter(parent__isnull=False).order_by("scheme_id", "position", "path")
        year: Any = self.fields["for_year"]
        year.widget = forms.Select(choices=[(n, f"{n}年") for n in years])

    def clean_suggestions(self) -> list[Suggestion]:
        """The suggestions themselves."""
        return [self.ready[key] for key in self.cleaned_data["suggestions"]]


class AmendProposalForm(ours.Form):
    """Another text, and why."""

    draft = "amendment"

    title = forms.CharField(label=_("案由"), max_length=160)
    situation = _words(_("情况"), 5)
    measures = _words(_("办理建议"), 6)
    beneficiaries = forms.CharField(label=_("受益范围"), max_length=160, required=False)
    reason = _words(_("为什么修改"), 2, help_text=_("会议上要说明，修改前后会并排显示。"))


class SourceForm(ours.Form):
    """One more suggestion."""

    suggestion = forms.ChoiceField(label=_("补充哪一条建议"), widget=ours.RadioCards())

    def __init__(self, ready: Sequence[Suggestion], *args: Any) -> None:
        super().__init__(*args)
        self.ready = {str(one.pk): one for one in ready}
        chosen: Any = self.fields["suggestion"]
        chosen.choices = [(key, f"{one.title}（{spoken(one.receipt)}）") for key, one in self.ready.items()]

    def clean_suggestion(self) -> Suggestion:
        """The suggestion itself."""
        return self.ready[self.cleaned_data["suggestion"]]


class TableForm(ours.Form):
    """Which meeting."""

    meeting = forms.ChoiceField(label=_("列入哪次会议"), widget=ours.RadioCards())
    touches_law = forms.BooleanField(label=_("涉及法律问题，应请律师列席"), required=False)

    def __init__(self, meetings: Sequence[Meeting], *args: Any) -> None:
        super().__init__(*args)
        self.meetings = {str(one.pk): one for one in meetings}
        chosen: Any = self.fields["meeting"]
        chosen.choices = [
            (key, f"{one.title}（{one.day:%m-%d}，{one.get_state_display()}）") for key, one in self.meetings.items()
        ]

    def clean_meeting(self) -> Meeting:
        """The meeting itself."""
        return self.meetings[self.cleaned_data["meeting"]]


class DecideForm(ours.Form):
    """What a vote that did not carry means for the proposal."""

    to = forms.ChoiceField(
        label=_("结果"),
        choices=[(State.PENDING.value, State.PENDING.label), (State.DECLINED.value, _("未通过"))],
        widget=ours.RadioCards(
            {
                State.PENDING.value: _("分歧较大，继续商量，以后再提请审议。"),
                State.DECLINED.value: _("会议不同意这件事，到此为止。"),
            },
            keys=True,
        ),
    )
    reason = _words(_("理由"), 4, help_text=_("会告诉提建议的人，并对外公开。"))

    def clean_to(self) -> State:
        """The outcome."""
        return State(self.cleaned_data["to"])


class ReportForm(ours.Form):
    """Whose duty it is, and why the community cannot."""

    responsible_level = forms.ChoiceField(
        label=_("属于哪一级的职责"),
        choices=[(level.value, level.label) for level in LEVELS if level not in OWN_LEVELS],
        widget=ours.RadioCards(),
    )
    reason = _words(_("社区为什么不能解决"), 4, help_text=_("例如：道路由街道管理，社区没有权限和经费。"))

    def clean_responsible_level(self) -> ResponsibleLevel:
        """The level."""
        return ResponsibleLevel(self.cleaned_data["responsible_level"])


class AnswerForm(ours.Form):
    """The answer from above."""

    answer = _words(_("答复"), 5, help_text=_("会告诉社区和提建议的人。"))
    conditions = _words(
        _("暂不办理的，写明具备什么条件时办理"),
        3,
        required=False,
        help_text=_("由社区办理的不用填。填了就列入“暂不办理”清单，对外公开。"),
    )


class NotNowForm(ours.Form):
    """Under which conditions it will be done."""

    conditions = _words(_("具备什么条件时办理"), 3, help_text=_("例如：东侧围墙拆除后。这张清单对外公开。"))
    reason = _words(_("现在为什么不办"), 3, required=False)


class ProposalFilters(forms.Form):
    """Which proposals are listed."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *State.choices])
    responsible_level = forms.ChoiceField(
        label=_("责任层级"), required=False, choices=[("", _("全部")), *ResponsibleLevel.choices]
    )
    for_year = forms.IntegerField(label=_("拟办年度"), required=False)
