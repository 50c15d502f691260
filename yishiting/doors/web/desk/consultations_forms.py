"""Forms of consultations at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours


class ConsultationForm(ours.Form):
    """What people are asked, and when."""

    draft = "consultation"

    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("例如：小广场跳舞的时间和音量"))
    question = forms.CharField(
        label=_("请大家表态的事"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("说清来由和要商量什么，不预设答案。"),
    )
    opens = ours.DateField(label=_("开始"))
    closes = ours.DateField(label=_("截止"), help_text=_("当天还可以表态"))


class SeedForm(ours.Form):
    """One view that is known already."""

    text = forms.CharField(
        label=_("一条看法"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一条只说一个意思；正反两面都要有，大家才有话可答。"),
    )


class SetAsideForm(ours.Form):
    """Why a view is not shown."""

    reason = forms.CharField(
        label=_("为什么搁置"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：和第3条重复；点了具体人的名字。公布结果时会写明，提出的人也会看到。"),
    )
