"""Forms of consultations at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.ground.places.models import Place
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState

PROPOSALS = 50
UNDER_WAY = (ProposalState.TABLED, ProposalState.PENDING)


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


class DraftForm(ConsultationForm):
    """A new one may be about a proposal that is being deliberated here."""

    about = forms.ChoiceField(
        label=_("关于哪一项建议案"), required=False, help_text=_("会上列为待定的事，可以先请大家表态，结果带回会上。")
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        under_way = Proposal.objects.filter(place=place, state__in=UNDER_WAY).order_by("-created_at")[:PROPOSALS]
        self.proposals = {str(one.pk): one for one in under_way}
        field: Any = self.fields["about"]
        field.choices = [("", _("不针对哪一项")), *((pk, one.title) for pk, one in self.proposals.items())]

    def clean(self) -> dict[str, Any]:
        """The proposal itself, as the subject."""
        given = super().clean() or {}
        chosen = given.pop("about", "")
        return {**given, "subject": self.proposals.get(chosen)}


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
