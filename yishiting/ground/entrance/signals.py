"""The one signal of the entrance: someone asked to be forgotten; later packages forget their part at once."""

from django.dispatch import Signal

#: Sent with `person`, inside the transaction of `account.erase`.
person_erased = Signal()
