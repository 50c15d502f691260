"""What the desk fills in to open a budget vote and to key in paper ballots."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.fields import VerbForm
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.methods.errors import Unusable
from yishiting.year.budgeting.actions import Offered
from yishiting.year.budgeting.models import BudgetVote
from yishiting.year.budgeting.rules import Bundle, read_bundle, read_conflicts
from yishiting.year.proposals.models import Proposal


class VoteForm(VerbForm):
    """What the verb asks, and beside it every proposal with its cost."""

    conflicts = forms.CharField(
        label=_("只能办一个的项目"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("按上表从上往下、填了费用的依次编号1、2、3……一行写一组，例如：1 3"),
    )

    def __init__(self, place: Place, proposals: Sequence[Proposal], *args: Any) -> None:
        self.proposals = proposals
        super().__init__(VERBS["budget_vote.open"], place, *args)
        del self.fields["year"]  # chosen above the form
        for n, one in enumerate(proposals):
            label = _("“%(title)s”的费用") % {"title": one.title}
            self.fields[f"cost_{n}"] = ours.MoneyField(label=label, least=1, required=False)

    def rows(self) -> Iterator[tuple[Proposal, BoundField]]:
        """Each proposal with the field of its cost."""
        for n, one in enumerate(self.proposals):
            yield one, self[f"cost_{n}"]

    def asked(self) -> Iterator[BoundField]:
        """What stands above the proposals, in order."""
        for name in ("title", "budget", "closes", "lot_source", "lot_day", "purpose"):
            yield self[name]

    def clean_conflicts(self) -> list[list[int]]:
        """Groups of numbers."""
        try:
            return read_conflicts(self.cleaned_data["conflicts"])
        except Unusable as wrong:
            raise ValidationError(wrong.chinese) from None

    def clean(self) -> dict[str, Any]:
        """What is offered, beside the rest."""
        given = super().clean() or self.cleaned_data
        costs = [given.pop(f"cost_{n}", None) for n in range(len(self.proposals))]
        offered = [Offered(one, cost) for one, cost in zip(self.proposals, costs, strict=True) if cost]
        return {**given, "offered": offered}


class BatchForm(VerbForm):
    """One bundle of paper ballots."""

    def __init__(self, vote: BudgetVote, *args: Any, **kwargs: Any) -> None:
        super().__init__(VERBS["budget_ballot.enter_paper"], vote, *args, **kwargs)
        self.fields["ballots"] = forms.CharField(
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
