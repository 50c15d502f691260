"""The signals of consultations: a sheet of paper is to be taken in."""

from django.dispatch import Signal

#: Sent with the `questionnaire`, the `session_id` and the number of the `sheet` before it is typed in; a later package that
#: knows who came to the session raises `Refused` where it cannot be theirs.
sheet_taken_in = Signal()
