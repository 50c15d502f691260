"""What the desk fills in for notices and objections."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.instruments.publicity.states import State

#: What a desk may post by hand; the other kinds are posted by the verbs of the year.
BY_HAND = (NoticeKind.ANNOUNCEMENT, NoticeKind.SOLICITATION)


class NoticeForm(ours.Form):
    """An announcement of the desk's own."""

    draft = "notice"

    kind = forms.ChoiceField(
        label=_("类别"),
        choices=[(kind.value, kind.label) for kind in BY_HAND],
        widget=ours.RadioCards(keys=True),
        initial=NoticeKind.ANNOUNCEMENT,
    )
    title = forms.CharField(label=_("标题"), max_length=120, help_text=_("例如：枣营北里社区2026年度征集建议公告"))
    body = forms.CharField(
        label=_("正文"), widget=forms.Textarea(attrs={"rows": 10}), help_text=_("不要写身份证号码和门牌号。")
    )
    basis = forms.CharField(label=_("依据"), required=False, help_text=_("例如：社区协商会第三次会议决定"))
    contact = forms.CharField(label=_("联系方式"), max_length=120, required=False, help_text=_("例如：010-65001234"))
    posted_on = ours.DateField(label=_("从哪一天起"), required=False, help_text=_("不填就从今天起。不能早于今天。"))
    workdays = forms.IntegerField(
        label=_("几个工作日"), min_value=1, max_value=250, required=False, help_text=_("不填就按规则。")
    )
    takes_objections = forms.BooleanField(label=_("接受异议"), required=False)


class AnswerForm(ours.Form):
    """The answer to an objection."""

    upheld = forms.TypedChoiceField(
        label=_("处理结果"),
        coerce=lambda value: value == "yes",
        choices=[("no", _("异议不成立")), ("yes", _("异议成立"))],
        widget=ours.RadioCards(
            {"no": _("公示期满后，被公示的事项照常进行。"), "yes": _("被公示的事项不能进入下一步，更正后重新公示。")},
            keys=True,
        ),
    )
    answer = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("会公开。写明核实了什么、依据什么；不要写异议人的姓名。"),
    )


class ReasonForm(ours.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("原因"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("会公开。"))


class NoticeFilters(forms.Form):
    """Which notices are listed."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *State.choices])
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *NoticeKind.choices])
