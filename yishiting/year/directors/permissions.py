"""Who calls the directors' meeting and keeps its record, who signs it."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Permissions, Predicate, Question, place_of
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, heads_here, reads_here
from yishiting.ground.places.models import Level
from yishiting.year.directors.models import Sitting, SittingItem


def _is_a_subdistrict(ask: Question) -> bool:
    here = place_of(ask.thing)
    return here is not None and here.level == Level.SUBDISTRICT


#: The directors' meeting is a body of the subdistrict or township.
of_a_subdistrict = Predicate(_is_a_subdistrict, _("街道、乡（地区）"), _("主任办公会是街道、乡（地区）的会议。"))

MAY: Permissions = {
    "sitting.call": of_a_subdistrict & at_desk,
    "sitting.amend": at_desk,
    "sitting.put_down": at_desk,
    "sitting.add_topic": at_desk,
    "sitting.take_off": at_desk,
    "sitting.begin": at_desk,
    "sitting.name_leaders": at_desk,
    "sitting.conclude": at_desk,
    "sitting.issue": heads_here,
    "sitting.cancel": at_desk,
}

read_by(reads_here, Sitting, SittingItem)
