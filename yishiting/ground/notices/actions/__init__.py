"""Messages: queued by verbs, sent by the messenger, read by people, sent again by the desk."""

from yishiting.ground.notices.actions.calling import note_call
from yishiting.ground.notices.actions.delivering import Sender, deliver, note_delivery
from yishiting.ground.notices.actions.digests import gather_digests
from yishiting.ground.notices.actions.queuing import in_one_statement, reach, ring, tell, text_message
from yishiting.ground.notices.actions.reading import forget_addresses, forget_messages, read_all, read_message, resend
from yishiting.ground.notices.actions.units import tell_unit

__all__ = [
    "Sender",
    "deliver",
    "forget_addresses",
    "forget_messages",
    "gather_digests",
    "in_one_statement",
    "note_call",
    "note_delivery",
    "reach",
    "read_all",
    "read_message",
    "resend",
    "ring",
    "tell",
    "tell_unit",
    "text_message",
]
