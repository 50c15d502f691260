"""Organisations, estates and offices of a place."""

from yishiting.ground.organisations.actions.contacts import announce_contact, list_contacts
from yishiting.ground.organisations.actions.directory import (
    amend_organisation,
    close_organisation,
    list_estates,
    register_organisation,
    reopen_organisation,
)
from yishiting.ground.organisations.actions.offices import (
    appoint,
    correct_appointment,
    end_appointment,
)
from yishiting.ground.organisations.actions.people import (
    correct_person,
    leave_register,
    list_residents_representatives,
    name_contact,
    register_person,
)

__all__ = [
    "amend_organisation",
    "announce_contact",
    "appoint",
    "close_organisation",
    "correct_appointment",
    "correct_person",
    "end_appointment",
    "leave_register",
    "list_contacts",
    "list_estates",
    "list_residents_representatives",
    "name_contact",
    "register_organisation",
    "register_person",
    "reopen_organisation",
]
