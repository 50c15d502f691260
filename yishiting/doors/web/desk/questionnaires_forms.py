"""Forms of questionnaires at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared import forms as ours
from yishiting.doors.web.shared.fields import field_of
from yishiting.doors.web.shared.questionnaires import KIND_LABELS, AnswerForm
from yishiting.ground.common.days import said
from yishiting.year.consultations.actions.questionnaires import SHEET
from yishiting.year.consultations.questions import CHOOSING, SINGLE, Question, Unfit, sound
from yishiting.year.suggestions.models import SolicitationSession
from yishiting.year.suggestions.queries.intake import sessions_at

SESSIONS = 30


class QuestionForm(ours.Form):
    """One question; the cleaned value `question` has the key it was given."""

    kind = forms.ChoiceField(
        label=_("题型"), choices=list(KIND_LABELS.items()), initial=SINGLE, widget=ours.RadioCards()
    )
    text = forms.CharField(label=_("要问的话"), max_length=200)
    options = forms.CharField(
        label=_("选项"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("一行一个。打分题和文字题不用写。"),
    )
    required = forms.BooleanField(label=_("必须回答"), required=False)

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key

    def clean(self) -> dict[str, Any]:
        """The question as one value, if it can be asked."""
        given = super().clean() or {}
        if self.errors:
            return given
        lines = tuple(line.strip() for line in given["options"].splitlines() if line.strip())
        options = lines if given["kind"] in CHOOSING else ()
        question = Question(self.key, given["kind"], given["text"], options, given["required"])
        try:
            return {"question": sound(question)}
        except Unfit as problem:
            self.add_error("options", str(problem))
            return given


class PaperForm(AnswerForm):
    """A questionnaire filled in on paper, perhaps at one of the sessions."""

    def __init__(self, *args: Any, place: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: list[SolicitationSession] = list(sessions_at(place)[:SESSIONS])
        named = [("", _("不是在某一场收到的")), *((str(one.pk), _session_called(one)) for one in rows)]
        self.fields["session_id"] = forms.ChoiceField(label=_("在哪一场收到的"), choices=named, required=False)
        self.fields["sheet"] = field_of(SHEET, needed=False, thing=None)


def _session_called(one: SolicitationSession) -> str:
    words = {"day": said(one.held_on, "short"), "title": one.title, "n": one.participant_count}
    return str(_("%(day)s %(title)s（%(n)s人）") % words)


class TakeOverForm(ours.Form):
    """What was written freely, as a suggestion."""

    text = forms.CharField(label=_("原话"), widget=forms.Textarea(attrs={"rows": 4}))
    where = forms.CharField(
        label=_("在哪里"), max_length=120, required=False, help_text=_("原话里说了地点，就写在这里")
    )
