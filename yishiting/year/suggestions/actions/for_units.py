"""A unit makes a suggestion in its own name: its contact says it, or the desk takes it down from its letter."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Text, line
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.organisations.actions.directory import still_here
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.organisations.queries import units_of
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions.intake import NOTHING_SAID, PHOTOS, TITLE, with_files, words_said
from yishiting.year.suggestions.actions.registering import Desk, keep
from yishiting.year.suggestions.hashes import Speaker
from yishiting.year.suggestions.models import Channel, Naming, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.rows import WHERE_MOST

SAID = Text(
    _("单位建议什么"),
    hint=_("例如：校门口上下学时车多人多，建议在早晚高峰设临时护学岗。"),
    missing=NOTHING_SAID,
    rows=5,
)


@verb(
    "organisation.suggest",
    _("以单位名义提建议"),
    MAY,
    before=_("建议以单位的名义提出，公开时写单位名称。受理、初审和答复与居民的建议一样。"),
    done=lambda one: _("单位的建议已受理，受理号 %(number)s。") % {"number": spoken(one.receipt)},
    conditions=(still_here,),
)
def suggest_for_unit(
    organisation: Organisation,
    *,
    by: Person,
    text: Annotated[str, SAID],
    title: Annotated[str, TITLE] = "",
    where: Annotated[str, line(_("在哪里"), most=WHERE_MOST)] = "",
    photos: Annotated[Sequence[Any], PHOTOS] = (),
) -> Suggestion:
    """Make a suggestion in the name of a unit to the place it belongs to."""
    today, place = timezone.localdate(), organisation.place
    speaks = any(one.organisation_id == organisation.pk for one in units_of(by))
    suggestion = Desk.at(place, today).suggestion(
        words_said(place, text, title, where),
        Speaker(organisation.name, by.phone if speaks else organisation.contact_phone, ""),
        channel=Channel.WEB if speaks else Channel.LETTER,
        proposer=by if speaks else None,
        recorded_by=None if speaks else by,
        unit=organisation,
        naming=Naming.FULL,
        wants_contact=True,
    )
    channel, received = str(suggestion.channel), today.isoformat()
    write_entry(suggestion, receipt=later(suggestion, "receipt"), channel=channel, received_on=received)
    keep([suggestion])
    return with_files(suggestion, photos, by, "photo")
