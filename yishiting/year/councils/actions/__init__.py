"""The verbs of the council: its terms and seats, candidates, the election, the representatives."""

from yishiting.year.councils.actions.announcing import announce_term
from yishiting.year.councils.actions.assemblies import (
    amend_assembly,
    appoint_tellers,
    convene_assembly,
    convene_by_election,
    sign_in_voters,
    withdraw_assembly,
)
from yishiting.year.councils.actions.by_elections import (
    call_by_election,
    give_up_by_election,
    publicise_by_election,
    reopen_by_election,
    start_by_election,
)
from yishiting.year.councils.actions.candidates import correct_candidate, nominate, record_consent, stand
from yishiting.year.councils.actions.election import publicise_candidates, reopen_nominations, start_election
from yishiting.year.councils.actions.entering import (
    amend_entry,
    confirm_entry,
    enter_term,
    renumber_term,
    return_entry,
)
from yishiting.year.councils.actions.mending import correct_representative, unlink_account
from yishiting.year.councils.actions.outreach import note_outreach, withdraw_outreach
from yishiting.year.councils.actions.proxies import note_proxies
from yishiting.year.councils.actions.reviewing import (
    disqualify_candidate,
    qualify_candidate,
    reinstate_candidate,
    withdraw_candidate,
)
from yishiting.year.councils.actions.rounds import declare_round, open_round
from yishiting.year.councils.actions.seating import (
    confirm_by_election,
    confirm_term,
    end_representative,
    end_term,
    link_account,
    seat_by_election,
    seat_term,
)
from yishiting.year.councils.actions.sectors import correct_identity, note_identities, note_identity
from yishiting.year.councils.actions.sending import send_representative
from yishiting.year.councils.actions.terms import (
    amend_council,
    begin_term,
    drop_term,
    fix_seats,
    found_council,
    name_organisers,
    revise_seats,
    set_seat_plan,
)

__all__ = [
    "amend_assembly",
    "amend_council",
    "amend_entry",
    "announce_term",
    "appoint_tellers",
    "begin_term",
    "call_by_election",
    "confirm_by_election",
    "confirm_entry",
    "confirm_term",
    "convene_assembly",
    "convene_by_election",
    "correct_candidate",
    "correct_identity",
    "correct_representative",
    "declare_round",
    "disqualify_candidate",
    "drop_term",
    "end_representative",
    "end_term",
    "enter_term",
    "fix_seats",
    "found_council",
    "give_up_by_election",
    "link_account",
    "name_organisers",
    "nominate",
    "note_identities",
    "note_identity",
    "note_outreach",
    "note_proxies",
    "open_round",
    "publicise_by_election",
    "publicise_candidates",
    "qualify_candidate",
    "record_consent",
    "reinstate_candidate",
    "renumber_term",
    "reopen_by_election",
    "reopen_nominations",
    "return_entry",
    "revise_seats",
    "seat_by_election",
    "seat_term",
    "send_representative",
    "set_seat_plan",
    "sign_in_voters",
    "stand",
    "start_by_election",
    "start_election",
    "unlink_account",
    "withdraw_assembly",
    "withdraw_candidate",
    "withdraw_outreach",
]
