"""紧急或特殊事项: which suggestions belong to the matter for which the doors are open out of season."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import Ref
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.models import SpecialIntake
from yishiting.ground.seasons.queries import special_matters
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.permissions import MAY


def _called(one: SpecialIntake) -> str:
    return f"{one.place}：{one.reason}（{chinese(one.opens, 'plain')}起）"


WHICH = Ref(
    _("属于哪一件紧急或特殊事项"),
    lambda suggestion: special_matters(suggestion.place, timezone.localdate()),
    hint=_("归入以后，这一条可以不分时节审议、开工，到那件事结束为止。空着就是不属于。"),
    called=_called,
    initial=lambda suggestion: suggestion.special,
)


def _said(suggestion: Suggestion) -> Sentence:
    if suggestion.special is None:
        return _("这一条不属于紧急或特殊事项，按时节办理。")
    return _("已归入“%(reason)s”，不分时节办理。") % {"reason": suggestion.special.reason}


def _something_goes_on(suggestion: Suggestion) -> Sentence | None:
    known = suggestion.special_id is not None or special_matters(suggestion.place, timezone.localdate()).exists()
    return None if known else _("现在没有紧急或特殊事项。遇到紧急情况，请“开启特殊征集”。")


@verb("suggestion.set_special", _("归入紧急或特殊事项"), MAY, done=_said, conditions=(_something_goes_on,))
def set_special(
    suggestion: Suggestion,
    *,
    by: Actor,
    special: Annotated[SpecialIntake | None, WHICH] = None,
) -> Suggestion:
    """Say to which emergency or special matter a suggestion belongs, or that it belongs to none."""
    suggestion.special = special
    suggestion.save(update_fields=["special"])
    write_entry(suggestion, special=str(special.pk) if special is not None else "")
    return suggestion
