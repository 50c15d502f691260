"""Four criteria, the result, the reason; class and level with what the machine proposes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared import forms as ours
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.year.suggestions.guessing import Guess
from yishiting.year.suggestions.models import Category, Criterion, Mark
from yishiting.year.suggestions.queries.screening import in_charge
from yishiting.year.suggestions.screening import ASK_MORE, REASONS, REFUSE, TRANSFER, VALID
from yishiting.year.suggestions.states import State

ASKS = {
    Criterion.FACTUAL: gettext_lazy("说的情况是不是真的？需要时到现场看。"),
    Criterion.PUBLIC_INTEREST: gettext_lazy("是大家的事，还是部分居民的共同需求？"),
    Criterion.LEGALITY: gettext_lazy("合不合法律法规和政策？"),
    Criterion.FEASIBILITY: gettext_lazy("钱、场地、技术、时间上办不办得到？"),
}
RESULT_SAYS = {
    VALID: gettext_lazy("提请议事协商会审议"),
    ASK_MORE: gettext_lazy("退回本人补充，写明补什么"),
    TRANSFER: gettext_lazy("转有关单位办理，同时答复本人"),
    REFUSE: gettext_lazy("写明理由答复本人，本人可以申请复核"),
}
Offer = Sequence[tuple[Any, Guess]]
Groups = Iterable[tuple[str, list[Category]]]


def says(offer: Offer) -> str:
    """What the machine proposes, how sure it is, and why; a person decides."""
    if not offer:
        return _("系统没有把握，请您选。")
    sure = _("%(value)s（把握%(percent)s%%，%(why)s）")
    words = [
        sure % {"value": value, "percent": round(guess.confidence * 100), "why": _why(guess)} for value, guess in offer
    ]
    lead = _("系统建议：") if offer[0][1].sure else _("系统拿不准，可能是：")
    return lead + "；".join(words)


def _why(guess: Guess) -> str:
    found = [_("参照已确认的%(n)s条") % {"n": guess.learned_from}] if guess.learned_from else []
    if guess.words:
        found.append(_("提到%(words)s") % {"words": "、".join(f"“{word}”" for word in guess.words[:3])})
    return "，".join(found)


class Reasons(forms.Select):
    """The usual reasons; choosing one fills the text the proposer will read."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each option carries its sentence."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-text"] = REASONS.get(str(value), "")
        return option


class ClassForm(ours.Form):
    """To which class a suggestion belongs, and whose duty it is."""

    category = forms.ChoiceField(label=gettext_lazy("类别"))
    level = forms.ChoiceField(label=gettext_lazy("责任层级"), choices=[("", "—"), *ResponsibleLevel.choices])

    def __init__(self, *args: Any, groups: Groups, classes: Offer = (), levels: Offer = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for _group, ones in groups for one in ones}
        offered = [(name, [(str(one.pk), one.name) for one in ones]) for name, ones in groups]
        self.fields["category"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["category"].help_text = says(classes)
        self.fields["level"].help_text = says([(level.label, guess) for level, guess in levels])
        self._fill("category", [(str(one.pk), guess) for one, guess in classes])
        self._fill("level", [(str(level), guess) for level, guess in levels])

    def _fill(self, name: str, offer: Offer) -> None:
        if not self.initial.get(name) and offer and offer[0][1].sure:
            self.initial[name] = offer[0][0]

    def clean_category(self) -> Category | None:
        """The class itself."""
        return self.known.get(self.cleaned_data["category"])


class AssignForm(ours.Form):
    """Who answers for a suggestion from now on."""

    responsible = forms.ModelChoiceField(
        label=gettext_lazy("责任人"),
        queryset=Person.objects.none(),
        empty_label="—",
        help_text=gettext_lazy("政府职责的事项，社区只能报送和协助，责任人选街乡或区里的。"),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {one.person_id: one for one in in_charge(place)}
        field: Any = self.fields["responsible"]
        field.queryset = Person.objects.filter(pk__in=self.offices).order_by("name")
        field.label_from_instance = self._called

    def _called(self, person: Person) -> str:
        office = self.offices[person.pk]
        return f"{person.name}（{office.place.short_name}{office.get_office_display()}）"


class ScreenForm(ClassForm):
    """One screening."""

    draft = "screen"

    result = forms.ChoiceField(
        label=gettext_lazy("初审结果"),
        choices=[(value, State(value).label) for value in RESULT_SAYS],
        widget=ours.RadioCards(dict(RESULT_SAYS)),
    )
    reason_code = forms.ChoiceField(
        label=gettext_lazy("常用理由"),
        choices=[("", "—"), *((code, text) for code, text in REASONS.items())],
        required=False,
        widget=Reasons,
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("提出人会看到。初审有效可以不写。"),
    )

    def __init__(self, *args: Any, criteria: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = [Criterion(name) for name in criteria]
        for n, criterion in enumerate(self.criteria, start=1):
            self.fields[f"mark_{criterion}"] = forms.ChoiceField(
                label=f"{n} {criterion.label}",
                help_text=ASKS[criterion],
                choices=Mark.choices,
                widget=ours.RadioCards(),
            )
        for name in ("category", "level"):
            self.fields[name].required = False
            self.fields[name].help_text = _("有效建议要选这一项。") + str(self.fields[name].help_text)

    def marks(self) -> list[forms.BoundField]:
        """The criteria in order."""
        return [self[f"mark_{criterion}"] for criterion in self.criteria]

    def given_marks(self) -> dict[str, str]:
        """Criterion to mark, as chosen."""
        return {str(criterion): self.cleaned_data[f"mark_{criterion}"] for criterion in self.criteria}

    def clean(self) -> dict[str, Any]:
        """A usual reason chosen without words of one's own gives its sentence; a valid suggestion needs its class."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("reason_code") and not given.get("reason"):
            given["reason"] = REASONS[given["reason_code"]]
        if given.get("result") == VALID and self.known:
            for name in ("category", "level"):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, _("有效建议要确定类别和责任层级，请选一项。"))
        return given
