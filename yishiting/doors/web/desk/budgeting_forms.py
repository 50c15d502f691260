"""What the desk fills in to open a budget vote, to key in paper ballots, and to depart from the result."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.methods.errors import Unusable
from yishiting.year.budgeting.actions import Offered
from yishiting.year.budgeting.models import BudgetOption
from yishiting.year.budgeting.rules import Bundle, read_bundle, read_conflicts, read_roll
from yishiting.year.proposals.models import Proposal

MOST_BATCHES = 999


class VoteForm(ours.Form):
    """The money, the proposals with their costs, the days, the lot, who else is on the register."""

    draft = "budget-vote"
    title = forms.CharField(label=_("名称"), max_length=120)
    budget = ours.MoneyField(label=_("可用的钱"), least=1, help_text=_("例如：20万"))
    closes = ours.DateField(label=_("哪天截止"), help_text=_("例如：3月20日"))
    lot_source = forms.CharField(
        label=_("并列时用什么号码抽签"),
        max_length=120,
        help_text=_("要在截止之后才公布、谁都改不了的号码，例如：福利彩票3D当期号码"),
    )
    lot_day = ours.DateField(label=_("号码哪天公布"), help_text=_("要晚于截止日期。"))
    purpose = forms.CharField(
        label=_("给投票人的说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    conflicts = forms.CharField(
        label=_("只能办一个的项目"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("按上表从上往下、填了费用的依次编号1、2、3……一行写一组，例如：1 3"),
    )
    roll = forms.CharField(
        label=_("另外请谁投纸质票"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("在任议事代表已经在名册上。还请居民代表投票的，一行一人：姓名 楼院"),
    )

    def __init__(self, proposals: Sequence[Proposal], *args: Any, **kwargs: Any) -> None:
        self.proposals = proposals
        super().__init__(*args, **kwargs)
        for n, one in enumerate(proposals):
            label = _("“%(title)s”的费用") % {"title": one.title}
            self.fields[f"cost_{n}"] = ours.MoneyField(label=label, least=1, required=False)

    def rows(self) -> Iterator[tuple[Proposal, BoundField]]:
        """Each proposal with the field of its cost."""
        for n, one in enumerate(self.proposals):
            yield one, self[f"cost_{n}"]

    def asked(self) -> Iterator[BoundField]:
        """The other fields, in order."""
        for name in ("title", "budget", "closes", "lot_source", "lot_day", "purpose"):
            yield self[name]

    def clean_conflicts(self) -> list[list[int]]:
        """Groups of numbers."""
        try:
            return read_conflicts(self.cleaned_data["conflicts"])
        except Unusable as wrong:
            raise ValidationError(wrong.chinese) from None

    def clean_roll(self) -> list[tuple[str, str]]:
        """Names with buildings."""
        people = read_roll(self.cleaned_data["roll"])
        if long := [name for name, unit in people if len(name) > 40 or len(unit) > 60]:  # noqa: PLR2004 - the columns
            raise ValidationError(_("“%(name)s”这一行太长，请写成：姓名 楼院") % {"name": long[0][:20]})
        return people

    def clean(self) -> dict[str, Any]:
        """What is offered, beside the rest."""
        given = super().clean() or self.cleaned_data
        costs = [given.pop(f"cost_{n}", None) for n in range(len(self.proposals))]
        offered = [Offered(one, cost) for one, cost in zip(self.proposals, costs, strict=True) if cost]
        return {**given, "offered": offered}


class BatchForm(ours.Form):
    """One bundle of paper ballots."""

    number = forms.IntegerField(
        label=_("第几沓"),
        min_value=1,
        max_value=MOST_BATCHES,
        help_text=_("把选票分成几沓，写上编号，两个人录同一沓。"),
        widget=forms.NumberInput(attrs={"class": "short number"}),
    )
    ballots = forms.CharField(
        label=_("选票"),
        widget=forms.Textarea(attrs={"rows": 12, "inputmode": "text"}),
        help_text=_("一行一张，写票上选的编号：1 3 5。一样的可以合写：1 3 5 ×4。空白票写：空白。废票写：废票 ×2。"),
    )

    def clean_ballots(self) -> Bundle:
        """The bundle."""
        try:
            return read_bundle(self.cleaned_data["ballots"])
        except Unusable as wrong:
            raise ValidationError(wrong.chinese) from None


class OverrideForm(ours.Form):
    """What is done instead, and why."""

    winners = forms.TypedMultipleChoiceField(label=_("决定办理的项目"), coerce=int, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("为什么不按表决结果办"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("会和两个结果一起公开。")
    )

    def __init__(self, options: Sequence[BudgetOption], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["winners"]
        field.choices = [(one.number, f"{one.number}. {one.title}") for one in options]
