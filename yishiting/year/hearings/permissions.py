"""Who announces a hearing, keeps its record and answers."""

from yishiting.ground.common.predicates import Permissions
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, reads_here
from yishiting.year.hearings.models import Hearing, Speech

MAY: Permissions = {
    "hearing.announce": at_desk,
    "hearing.amend": at_desk,
    "hearing.call_off": at_desk,
    "hearing.hold": at_desk,
    "hearing.note_speech": at_desk,
    "hearing.note_many": at_desk,
    "hearing.publish": at_desk,
    "speech.answer": at_desk,
    "speech.withdraw": at_desk,
}

read_by(reads_here, Hearing, Speech)
