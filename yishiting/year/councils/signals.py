"""The signals of councils: what is kept elsewhere of a representative follows the roster."""

from django.dispatch import Signal

#: Sent with a `representative` whose account or name was put right.
roster_mended = Signal()
