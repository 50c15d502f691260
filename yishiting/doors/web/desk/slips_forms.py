"""One slip: what stays the same for a pile of them comes last, what is written on each comes first."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yishiting.doors.web.shared.fields import VerbForm
from yishiting.doors.web.shared.offered import Offered
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.places.models import Place
from yishiting.year.suggestions.models import Naming, SolicitationSession

#: What stays filled in from one slip to the next.
KEPT = ("channel", "received_on", "session")


class SlipForm(VerbForm):
    """A slip as it is typed in: lists fold, so that the keyboard passes each with one key."""

    def __init__(self, place: Place, *args: Any, **kwargs: Any) -> None:
        super().__init__(VERBS["suggestion.take_down"], place, *args, **kwargs)
        self.fields["session"] = forms.ModelChoiceField(
            SolicitationSession.objects.standing().filter(place=place),
            label=self.fields["session"].label,
            required=False,
            empty_label=_("不属于哪一场"),
        )
        self.fields["naming"].widget = forms.Select(choices=Naming.choices)
        self.fields["text"].widget.attrs["data-first"] = ""
        self.fields["received_on"].widget.attrs.pop("data-date")  # a day is typed here; a calendar needs the mouse
        self.fields["where"].widget = Offered(place.estates.values_list("name", flat=True))

    def upper(self) -> list[forms.BoundField]:
        """What stays from slip to slip."""
        return [self[name] for name in KEPT]

    def words(self) -> list[forms.BoundField]:
        """What is written on the slip, after the words themselves."""
        return [self[name] for name in ("where", "title", "name", "phone", "door")]

    def ticks(self) -> list[forms.BoundField]:
        """What is chosen or ticked."""
        return [self[name] for name in ("naming", "wants_contact", "read_back", "scan")]
