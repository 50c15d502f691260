"""The signals of the entrance: someone asks to be forgotten, two accounts of one person are joined."""

from django.dispatch import Signal

#: Sent with `person`, inside the transaction of `account.erase`.
person_erased = Signal()
#: Sent with `person`, `former` and `name` before anything moves; a later package that must not allow it raises `Refused`.
accounts_joining = Signal()
#: Sent with the number of a `receipt`; a later package answers with the account it was given to, or None.
receipt_told = Signal()
