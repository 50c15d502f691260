"""Where a person, a unit or an office of the place is named, the register offers it; what is only typed says why.

Whoever adds a line to a verb adds it here, or asks with `PersonHere`, `UnitHere`, `WhoHere` or one of their kin.
"""

from collections.abc import Iterator

from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.ground.common.parameters import Lines, Parameter, Text
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.organisations.actions.naming import FromRegister, PastedRoll, RollHere

load_everything()

ITSELF = "the entry of the register itself"
OWN = "who speaks or stands says their own name; it enters no register of the desk"
WORDS = "a sentence, not a name"
GROUP = "a group of people in words, as the council adopted them"
BODY = "what a body decided on which day, in words"
LAW = "the name of a place, as the paper that founds or renames it gives it"
REACHED = "how somebody is reached, in words"
STAFF = "whoever a department names of its own staff; the register of a place does not hold them"
OUTSIDE = "a unit or a body of the city, which no register of the district holds"
#: What names somebody or some unit and is typed all the same, and why.
TYPED: dict[str, str] = {
    "account.correct.name": OWN,
    "account.join.name": OWN,
    "account.open.name": ITSELF,
    "answer_template.keep.name": WORDS,
    "agreement.make.kept_by": GROUP,
    "agreement.make.looked_after_by": GROUP,
    "by_election.publicise.contact": REACHED,
    "budget_voter.correct.name": ITSELF,
    "budget_voter.correct.unit": ITSELF,
    "candidate.correct.name": ITSELF,
    "candidate.correct.proposed_by": GROUP,
    "candidate.correct.unit": OWN,
    "candidate.nominate.name": ITSELF,
    "candidate.nominate.proposed_by": GROUP,
    "candidate.nominate.unit": OWN,
    "candidate.stand.name": OWN,
    "candidate.stand.unit": OWN,
    "constituency.send.name": "whom one's own council sends is picked from its roster; somebody else is written",
    "constituency.send.unit": OWN,
    "hearing.note_speech.name": OWN,
    "local_person.correct.name": ITSELF,
    "local_person.correct.unit": OWN,
    "meeting.amend.consent": BODY,
    "meeting.plan.consent": BODY,
    "notice.post.contact": REACHED,
    "organisation.amend.contact_name": ITSELF,
    "organisation.amend.name": ITSELF,
    "organisation.name_contact.name": ITSELF,
    "organisation.register.contact_name": ITSELF,
    "organisation.register.name": ITSELF,
    "place.become_community.name": LAW,
    "place.found.name": LAW,
    "place.rename.name": LAW,
    "place.split_off.name": LAW,
    "place.list_contacts.rows.name": ITSELF,
    "place.list_contacts.rows.where": "a place by its name or code",
    "place.list_residents_representatives.roll.name": ITSELF,
    "place.list_residents_representatives.roll.unit": ITSELF,
    "place.register_person.name": ITSELF,
    "place.register_person.unit": OWN,
    "dispatch.countersign.signed_by": STAFF,
    "matter.coordinate.whom": OUTSIDE,
    "matter.note_contact.named": OUTSIDE,
    "matter.plan.department": STAFF,
    "matter.plan.person": STAFF,
    "matter.propose.person": STAFF,
    "matter.screen.needs_finding": OUTSIDE,
    "opinion.give.suggested": "an advice in words; the lead is chosen from the departments",
    "special.call.lawyer": OUTSIDE,
    "representative.correct.name": ITSELF,
    "contract.sign.number": "the number of a paper",
    "payment.pay.voucher": "the number of a paper",
    "gift.enter.what": "what was given, in words",
    "proposal.amend.beneficiaries": GROUP,
    "proposal.draft.beneficiaries": GROUP,
    "proposal.visit.people": "proposers are among them, who are not named",
    "suggestion.correct_contact.name": OWN,
    "suggestion.submit.name": OWN,
    "suggestion.take_down.name": OWN,
    "term.amend_entry.roster.constituency": ITSELF,
    "term.amend_entry.roster.name": ITSELF,
    "term.amend_entry.roster.unit": ITSELF,
    "term.enter.roster.constituency": ITSELF,
    "term.enter.roster.name": ITSELF,
    "term.enter.roster.unit": ITSELF,
    "term.publicise_candidates.contact": REACHED,
    "third_party.hand_in.counted_by": WORDS,
    "third_party.invite.institution": OUTSIDE,
}
#: The last part of a parameter that names nobody.
NAMES_NOBODY = frozenset(
    [
        "address", "basis", "caption", "code", "cost_source", "document", "door", "gives", "email", "hours", "identities", "key", "lot_source", "names",
        "note", "parts", "phone", "present", "purpose", "reason", "reason_code", "receipt", "remark", "sector", "subject", "tail",
        "telephone", "title", "venue", "where", "duty", "paper", "finding",
    ]
)  # fmt: skip
#: Lines whose name looks like that of somebody and is of something else.
OF_SOMETHING = {"account.add_passkey.name", "holiday.set.name", "token.issue.name"}


def _lines() -> Iterator[tuple[str, Parameter]]:
    for code, verb in sorted(VERBS.items()):
        for name, asked in verb.parameters.items():
            one = asked.parameter
            if isinstance(one, Lines) and one.columns:
                whole = isinstance(one, RollHere)
                yield from ((f"{code}.{name}.{column}", one if whole else cell) for column, cell in one.columns.items())
            elif isinstance(one, Lines) or (isinstance(one, Text) and one.rows == 1):
                yield f"{code}.{name}", one


def _is_offered(one: Parameter) -> bool:
    return isinstance(one, FromRegister | PastedRoll | RollHere)


def test_every_line_that_names_somebody_is_offered_from_a_register_or_says_why_not() -> None:
    lines = list(_lines())
    assert len(lines) > 120
    typed = {name for name, one in lines if not _is_offered(one)} - OF_SOMETHING
    asked_why = {name for name in typed if name.rsplit(".", 1)[-1] not in NAMES_NOBODY}
    assert asked_why - {*TYPED} == set()
    assert {*TYPED} - {name for name, _one in lines} == set()


def test_the_offered_ones_are_many() -> None:
    offered = {name for name, one in _lines() if _is_offered(one)}
    assert {
        "project.set_team.members.name",
        "project.write_plan.responsible_name",
        "project.write_plan.maintenance_owner",
        "assembly.appoint_tellers.watcher",
        "meeting.invite.name",
        "meeting.invite.unit",
        "suggestion.screen.transferred_to",
        "suggestion.pass_on.receiver",
        "council.name_organisers.organisers.name",
        "task.assign.who",
    } <= offered
