"""Four criteria, the result, the reason; class and level with what the machine proposes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.shared.fields import VerbForm
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.ground.places.organs import local_words
from yishiting.year.suggestions.models import Category, Mark, Suggestion
from yishiting.year.suggestions.queries.guesses import in_words, proposals, sure_one
from yishiting.year.suggestions.queries.screening import classes
from yishiting.year.suggestions.screening import REASONS, VALID


class Reasons(forms.Select):
    """The usual reasons; choosing one fills the text the proposer will read."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each option carries its sentence."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-text"] = str(option["label"]) if value else ""
        return option


class ScreenForm(VerbForm):
    """One screening, and the class of what is let in."""

    asked_sometimes = ("category", "level", "reason", "transferred_to")

    category = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("责任层级"), choices=[("", "—"), *ResponsibleLevel.choices], required=False
    )

    def __init__(self, suggestion: Suggestion, *args: Any, criteria: Sequence[str], **kwargs: Any) -> None:
        super().__init__(VERBS["suggestion.screen"], suggestion, *args, **kwargs)
        self.criteria = list(criteria)
        for n, name in enumerate(criteria, start=1):
            self.fields[name].label = f"{n} {self.fields[name].label}"
            self.fields[name].required = True
            self.offer(name, Mark.choices)
        self.fields["reason_code"] = forms.ChoiceField(
            label=self.fields["reason_code"].label,
            choices=[("", "—"), *((code, local_words(said, suggestion.place)) for code, said in REASONS.items())],
            required=False,
            widget=Reasons,
        )
        self._offer_classes(suggestion)

    def _offer_classes(self, suggestion: Suggestion) -> None:
        """Every class by its group; what the machine is sure of is filled in, what it thinks stands below."""
        groups = classes()
        self.known = {str(one.pk): one for _group, ones in groups for one in ones}
        likely, levels = proposals(suggestion, self.known.values())
        offered = [(name, [(str(one.pk), one.name) for one in ones]) for name, ones in groups]
        self.offer("category", [("", "—"), *offered])
        labelled = [(level.label, guess) for level, guess in levels]
        for name, said in (("category", in_words(likely)), ("level", in_words(labelled))):
            self.fields[name].help_text = _("有效建议要选这一项。") + said
        sure = sure_one(likely)
        self.initial["category"] = str(suggestion.category_id or (sure.pk if sure else ""))
        self.initial["level"] = suggestion.responsible_level or sure_one(levels) or ""

    def marks(self) -> list[forms.BoundField]:
        """The criteria in order."""
        return [self[name] for name in self.criteria]

    def told(self) -> dict[str, Any]:
        """What the screening asks."""
        return {name: value for name, value in super().told().items() if name not in ("category", "level")}

    def classed(self) -> dict[str, Any] | None:
        """The class and the level, where both were chosen."""
        given: tuple[Category | None, str] = self.known.get(self.cleaned_data["category"]), self.cleaned_data["level"]
        return dict(zip(("category", "responsible_level"), given, strict=True)) if all(given) else None

    def clean(self) -> dict[str, Any]:
        """A valid suggestion needs its class."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("result") == VALID and self.known:
            for name in ("category", "level"):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, _("有效建议要确定类别和责任层级，请选一项。"))
        return given
