"""What the desk fills in for proposals."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.ground.places.rules import may_lead
from yishiting.instruments.documents.rules import spoken
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Category, Suggestion
from yishiting.year.suggestions.queries.screening import may_be_chosen

#: The order in which they are offered: from the nearest up.
LEVELS = (
    ResponsibleLevel.COMMUNITY,
    ResponsibleLevel.RESIDENT_UNIT,
    ResponsibleLevel.SUBDISTRICT,
    ResponsibleLevel.DISTRICT,
    ResponsibleLevel.MUNICIPAL,
)


def notes_for(place: Place) -> dict[Any, Any]:
    """What follows at this place from whose duty a matter is."""
    here = {"here": place.word_in_reply}
    own, others = _("%(here)s可以办理，审议通过后可以立项。") % here, _("审议通过后报送上级，%(here)s不能主办。") % here
    return {duty: own if may_lead(place.level, duty) else others for duty in LEVELS}


def _words(label: Any, rows: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DraftForm(ours.Form):
    """A proposal from one or several suggestions."""

    draft = "proposal"

    below = forms.MultipleChoiceField(label=_("合并下级报送的哪些建议案"), widget=ours.CheckCards(), required=False)
    suggestions = forms.MultipleChoiceField(label=_("根据哪些建议"), widget=ours.CheckCards(), required=False)
    title = forms.CharField(label=_("案由"), max_length=160, help_text=_("例如：关于3号楼前增设停车位的建议案"))
    situation = _words(_("情况"), 5, help_text=_("有什么问题，涉及多少户。"))
    measures = _words(_("办理建议"), 6, help_text=_("怎么办、谁来办、要多少钱、以后谁维护。"))
    beneficiaries = forms.CharField(
        label=_("受益范围"), max_length=160, required=False, help_text=_("例如：3号楼、4号楼96户")
    )
    responsible_level = forms.ChoiceField(
        label=_("责任层级"), choices=[(level.value, level.label) for level in LEVELS], widget=ours.RadioCards()
    )
    category = forms.ModelChoiceField(label=_("类别"), queryset=Category.objects.none(), required=False)
    for_year = forms.IntegerField(label=_("拟办年度"))

    def __init__(
        self,
        place: Place,
        ready: Sequence[Suggestion],
        below: Sequence[Proposal],
        years: Iterable[int],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reported = {str(one.pk): one for one in below}
        _offer(self, "below", [(key, _joined_label(one)) for key, one in self.reported.items()])
        if below:
            joined: Any = self.fields["below"]
            joined.widget.descriptions = {key: one.situation[:80] for key, one in self.reported.items()}
        whose: Any = self.fields["responsible_level"]
        whose.widget.descriptions = notes_for(place)
        self.ready = {str(one.pk): one for one in ready}
        _offer(self, "suggestions", [(key, _label(one)) for key, one in self.ready.items()])
        if ready:
            chosen: Any = self.fields["suggestions"]
            chosen.widget.descriptions = {key: one.text[:80] for key, one in self.ready.items()}
        category: Any = self.fields["category"]
        category.queryset = may_be_chosen()
        year: Any = self.fields["for_year"]
        year.widget = forms.Select(choices=[(n, f"{n}年") for n in years])

    def clean_suggestions(self) -> list[Suggestion]:
        """The suggestions themselves."""
        return [self.ready[key] for key in self.cleaned_data["suggestions"]]

    def clean_below(self) -> list[Proposal]:
        """The proposals from below themselves."""
        return [self.reported[key] for key in self.cleaned_data["below"]]


class SourceForm(ours.Form):
    """One more suggestion, or one more proposal that was reported up."""

    below = forms.ChoiceField(label=_("下级报送的哪一份建议案"), widget=ours.RadioCards(), required=False)
    suggestion = forms.ChoiceField(label=_("补充哪一条建议"), widget=ours.RadioCards(), required=False)

    def __init__(self, ready: Sequence[Suggestion], below: Sequence[Proposal], *args: Any) -> None:
        super().__init__(*args)
        self.ready = {str(one.pk): one for one in ready}
        self.reported = {str(one.pk): one for one in below}
        _offer(self, "below", [(key, _joined_label(one)) for key, one in self.reported.items()])
        _offer(self, "suggestion", [(key, _label(one)) for key, one in self.ready.items()])

    def clean_suggestion(self) -> Suggestion | None:
        """The suggestion itself."""
        return self.ready.get(self.cleaned_data["suggestion"])

    def clean_below(self) -> Proposal | None:
        """The proposal itself."""
        return self.reported.get(self.cleaned_data["below"])


def _label(one: Suggestion) -> str:
    return f"{one.title}（{spoken(one.receipt)}）"


def _joined_label(one: Proposal) -> str:
    return f"{one.place.name}：{one.title}（{one.number}）"


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """These to choose from; where there is nothing, nothing is asked."""
    if choices:
        field: Any = form.fields[name]
        field.choices = choices
    else:
        form.fields[name].widget = (
            forms.MultipleHiddenInput() if name in ("suggestions", "below") else forms.HiddenInput()
        )
