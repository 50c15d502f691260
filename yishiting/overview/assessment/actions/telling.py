"""Telling a unit what was done with its sheet."""

from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.overview.assessment.models import UnitSheet
from yishiting.overview.assessment.queries import people_of


def tell_unit(sheet: UnitSheet, step: str, body: str) -> None:
    """Tell everybody who answers for a unit, once."""
    for person in people_of(sheet):
        tell(
            person,
            once=step,
            template=step.partition(":")[0],
            subject="年度考核",
            body=body,
            audience=Audience.DESK,
            about=sheet,
            place_code=sheet.place.code,
        )
