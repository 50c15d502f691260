"""What the directors' meeting decides is not decided beside it."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import done_within, guards
from yishiting.ground.places.models import Level
from yishiting.year.directors.queries import directors_name
from yishiting.year.suggestions.models import Suggestion


@guards("suggestion.assign")
def is_for_the_directors(suggestion: Suggestion) -> Sentence | None:
    """At a subdistrict the directors' meeting names the leader and the section; what is urgent does not wait for it."""
    if done_within("sitting.name_leaders") or suggestion.special_id is not None:
        return None
    here = suggestion.place if suggestion.place.level != Level.COMMUNITY else suggestion.dossier.lies_at
    if not directors_name(here):
        return None
    return _("责任领导和科室由主任办公会确定。请在“主任办公会”里“列入议程”，开会时“定下责任领导和科室”。")
