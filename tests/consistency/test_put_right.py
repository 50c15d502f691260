"""What if somebody typed it wrong? Every verb names the verb that puts it right, or the reason why there is none.

Whoever adds a verb adds it here: a fact that is entered by hand is corrected or withdrawn before anything rests on it.
"""

from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.doors.lists.audit import corrects
from yishiting.ground.common.verbs import VERBS

load_everything()

#: A verb, and the verb that puts it right; itself where doing it again does.
BY: dict[str, str] = {
    "account.add_passkey": "passkey.remove",
    "account.change_password": "account.change_password",
    "account.change_phone": "account.change_phone",
    "account.close": "account.reopen",
    "account.confirm_second_factor": "account.reset_second_factor",
    "account.correct": "account.correct",
    "account.join": "account_join.undo",
    "account.link_sign_on": "sign_on.unlink",
    "account.open": "account.close",
    "account.reopen": "account.close",
    "agreement.make": "agreement.review",
    "agreement.review": "agreement.review",
    "appointment.correct": "appointment.correct",
    "appointment.end": "appointment.correct",
    "appointment.make": "appointment.correct",
    "assembly.amend": "assembly.amend",
    "assembly.appoint_tellers": "assembly.appoint_tellers",
    "assembly.convene": "assembly.amend",
    "assembly.sign_in": "assembly.sign_in",
    "assembly.note_proxies": "assembly.note_proxies",
    "budget_ballot.enter_paper": "budget_ballot.redo_bundle",
    "budget_ballot.issue": "budget_ballot.take_back",
    "budget_ballot.take_back": "budget_ballot.issue",
    "budget_vote.open": "budget_vote.void",
    "budget_vote.override": "budget_vote.void",
    "by_election.call": "by_election.give_up",
    "by_election.convene_assembly": "assembly.amend",
    "by_election.publicise": "notice.withdraw",
    "by_election.start": "by_election.reopen",
    "call.note": "call.note",
    "candidate.consent": "candidate.consent",
    "candidate.correct": "candidate.correct",
    "candidate.disqualify": "candidate.reinstate",
    "candidate.nominate": "candidate.correct",
    "candidate.qualify": "candidate.disqualify",
    "candidate.reinstate": "candidate.disqualify",
    "candidate.stand": "candidate.withdraw",
    "candidate.withdraw": "candidate.reinstate",
    "constituency.send": "candidate.withdraw",
    "consultation.amend": "consultation.amend",
    "consultation.draft": "consultation.discard",
    "consultation.open": "consultation.void",
    "council.amend": "council.amend",
    "council.found": "council.amend",
    "council.name_organisers": "council.name_organisers",
    "draft.note": "reply.withdraw",
    "estate.list": "estate.list",
    "file.attach": "file.withdraw",
    "finding.answer": "finding.reject",
    "holiday.announce": "holiday.set",
    "holiday.load": "holiday.set",
    "holiday.set": "holiday.set",
    "candidate.note_identities": "candidate.note_identities",
    "identity.correct": "identity.correct",
    "identity.note": "identity.correct",
    "import.hand_in": "import.empty",
    "inquiry.answer": "inquiry.answer",
    "inquiry.ask": "inquiry.withdraw",
    "inquiry.ask_back": "inquiry.follow_up",
    "inquiry.follow_up": "inquiry.follow_up",
    "invitation.excuse": "meeting.take_attendance",
    "invitation.sign_in": "meeting.take_attendance",
    "item.add": "item.remove",
    "item.amend": "item.amend",
    "item.announce_again": "item.announce_again",
    "item.move": "item.move",
    "item.note": "meeting.write_minutes",
    "item.put_to_vote": "poll.void",
    "item.take_notes": "item.take_notes",
    "local_person.correct": "local_person.correct",
    "local_person.leave": "place.register_person",
    "organisation.name_contact": "local_person.correct",
    "place.list_residents_representatives": "place.list_residents_representatives",
    "place.register_person": "local_person.correct",
    "meeting.amend": "meeting.amend",
    "meeting.close": "meeting.write_minutes",
    "meeting.convene": "meeting.postpone",
    "meeting.invite": "invitation.withdraw",
    "meeting.plan": "meeting.amend",
    "meeting.postpone": "meeting.amend",
    "meeting.take_attendance": "meeting.take_attendance",
    "meeting.write_minutes": "meeting.write_minutes",
    "notice.post": "notice.withdraw",
    "organisation.amend": "organisation.amend",
    "organisation.announce": "organisation.announce",
    "organisation.close": "organisation.reopen",
    "organisation.register": "organisation.amend",
    "organisation.reopen": "organisation.close",
    "place.list_contacts": "organisation.announce",
    "place.become_community": "place_change.withdraw",
    "place.close": "place_change.withdraw",
    "place.found": "place_change.withdraw",
    "place.merge": "place_change.withdraw",
    "place.move": "place_change.withdraw",
    "place.rename": "place_change.withdraw",
    "place.split_off": "place_change.withdraw",
    "place_change.amend": "place_change.amend",
    "place_change.take_effect": "place_change.withdraw",
    "poll.enter_tally": "poll.redo_tally",
    "project.complete": "project.withdraw_completion",
    "project.note_progress": "progress.withdraw",
    "project.note_signatures": "signature.withdraw",
    "project.add_basis": "project.remove_basis",
    "project.amend_entry": "project.amend_entry",
    "project.enter": "project.amend_entry",
    "representative.correct": "representative.correct",
    "budget_voter.correct": "budget_voter.correct",
    "project.open": "project.stop",
    "project.open_another": "project.stop",
    "project.open_together": "project.remove_basis",
    "project.remove_basis": "project.add_basis",
    "project.publicise_plan": "notice.withdraw",
    "project.set_lead": "project.set_lead",
    "project.set_partners": "project.set_partners",
    "project.set_supervisors": "project.set_supervisors",
    "project.set_team": "project.set_team",
    "project.start": "project.stop",
    "project.take_up": "project.stop",
    "project.write_plan": "project.write_plan",
    "proposal.amend": "proposal.amend",
    "proposal.consult": "consultation.discard",
    "proposal.draft": "proposal.amend",
    "proposal.hear": "reply.withdraw",
    "proposal.put_off": "proposal.table",
    "proposal.table": "proposal.take_off",
    "proposal.take_off": "proposal.table",
    "proposal.visit": "visit.withdraw",
    "questionnaire.amend": "questionnaire.amend",
    "questionnaire.draft": "questionnaire.discard",
    "questionnaire.open": "questionnaire.void",
    "questionnaire.set_questions": "questionnaire.set_questions",
    "representative.link": "representative.unlink",
    "review.list": "item.put_off",
    "review.take_vote": "poll.void",
    "rulebook.adopt": "rulebook.adopt",
    "rulebook.carry_on": "rulebook.adopt",
    "score_round.open": "score_round.void",
    "score_sheet.enter": "score_sheet.enter",
    "season.amend_special": "season.amend_special",
    "season.open_special": "season.amend_special",
    "season.set_window": "season.drop_window",
    "season.set_year": "season.set_year",
    "session.amend": "session.amend",
    "session.hold": "session.amend",
    "needs_report.draft": "needs_report.drop",
    "needs_report.list_matters": "needs_report.take_off",
    "needs_report.send_list": "listed_matter.give_back",
    "needs_report.take_off": "needs_report.list_matters",
    "needs_report.word": "needs_report.word",
    "planned_work.write": "planned_work.write",
    "works_plan.arrange": "works_plan.arrange",
    "works_plan.decide": "works_plan.revise",
    "works_plan.draft": "works_plan.drop",
    "works_plan.publicise": "notice.withdraw",
    "sitting.add_topic": "sitting.take_off",
    "sitting.amend": "sitting.amend",
    "sitting.call": "sitting.cancel",
    "sitting.put_down": "sitting.take_off",
    "statement.moderate": "statement.moderate",
    "statement.seed": "statement.moderate",
    "suggestion.set_special": "suggestion.set_special",
    "suggestion.assign": "suggestion.assign",
    "suggestion.black_out": "suggestion.black_out",
    "suggestion.classify": "suggestion.classify",
    "suggestion.correct": "suggestion.correct",
    "suggestion.correct_contact": "suggestion.correct_contact",
    "suggestion.import": "import.undo",
    "suggestion.pass_on": "suggestion.send_back",
    "suggestion.merge": "suggestion.unmerge",
    "suggestion.screen": "suggestion.screen_again",
    "suggestion.settle": "suggestion.answer",
    "suggestion.split": "suggestion.unsplit",
    "suggestion.take_down": "suggestion.correct",
    "suggestion.unmerge": "suggestion.merge",
    "suggestion.unsplit": "suggestion.split",
    "task.assign": "task.correct",
    "task.correct": "task.correct",
    "task.finish": "task.reopen",
    "task.reopen": "task.finish",
    "term.announce": "notice.withdraw",
    "term.begin": "term.drop",
    "outreach.note": "outreach.withdraw",
    "term.amend_entry": "term.amend_entry",
    "term.enter": "term.amend_entry",
    "term.fix_seats": "term.revise_seats",
    "term.plan_seats": "term.plan_seats",
    "term.publicise_candidates": "notice.withdraw",
    "term.renumber": "term.renumber",
    "term.revise_seats": "term.fix_seats",
    "term.start_election": "term.reopen_nominations",
    "token.issue": "token.revoke",
}
TAKES_BACK = "it takes back itself, with the reason; what was taken back is entered anew"
ONES_OWN = "somebody's own word, vote, signature or sign-in; nobody else puts it right"
ANNOUNCED = "announced to everybody it concerns with this act; a correction is a further act, with its own notice"
TOLD = "told to the person it concerns; what changes is told in a further answer"
MACHINE = "done by the clock, the operator or another verb, safe to repeat"
NO_FACT = "it enters no fact"
NONE: dict[str, tuple[str, ...]] = {
    TAKES_BACK: (
        "account_join.undo", "assembly.withdraw", "budget_ballot.redo_bundle", "budget_vote.void", "by_election.give_up", "by_election.reopen",
        "consultation.discard", "consultation.void", "file.withdraw", "import.empty", "import.undo", "inquiry.withdraw", "invitation.withdraw",
        "item.put_off", "item.remove", "meeting.cancel", "notice.withdraw", "passkey.remove", "poll.redo_tally", "poll.void",
        "progress.withdraw", "project.revise_plan", "project.stop", "project.withdraw_completion", "questionnaire.discard",
        "questionnaire.void", "reply.withdraw", "score_round.void", "season.drop_window", "session.withdraw", "sign_on.unlink",
        "signature.withdraw", "listed_matter.give_back", "needs_report.drop", "works_plan.drop", "works_plan.revise", "sitting.cancel", "sitting.take_off", "suggestion.screen_again", "suggestion.strike", "term.drop", "term.reopen_nominations",
        "term.return_entry", "project.return_entry", "representative.unlink", "token.revoke", "visit.withdraw", "outreach.withdraw", "place_change.withdraw",
    ),
    ONES_OWN: (
        "account.enter_code", "account.enter_passkey", "account.enter_password", "account.enter_sign_on", "account.erase",
        "budget_ballot.cast", "breach.report", "finding.confirm", "finding.raise", "draft.reply", "finding.reject", "invitation.acknowledge_rules",
        "objection.raise", "privacy.consent", "privacy.withdraw", "project.sign", "questionnaire.answer",
        "score_sheet.recuse", "statement.propose", "suggestion.appeal", "suggestion.submit", "suggestion.supplement",
    ),
    ANNOUNCED: (
        "season.end_special",
        "budget_vote.close", "budget_vote.draw_lot", "budget_vote.publish", "by_election.confirm", "by_election.seat", "consultation.close",
        "consultation.publish", "election.declare", "election.open_round", "item.decide", "meeting.approve_minutes",
        "meeting.open", "meeting.publish_minutes", "notice.close", "notice.extend", "privacy.publish", "project.accept",
        "proposal.add_source", "proposal.ask_proposers", "proposal.decide", "proposal.report_up", "questionnaire.close", "questionnaire.publish",
        "representative.end", "review.declare", "review.publicise", "score_round.close",
        "score_round.draw_lot", "score_round.publish", "needs_report.adopt", "needs_report.publish", "needs_report.receive_list", "sitting.begin", "sitting.conclude", "sitting.issue", "sitting.name_leaders", "term.confirm_entry", "project.confirm_entry", "term.confirm", "term.end", "term.seat",
    ),
    TOLD: (
        "breach.answer", "objection.answer", "proposal.answer_sources", "proposal.bring_back", "proposal.take_on", "proposal.forward", "proposal.defer",
        "proposal.explain", "proposal.answer_joined", "proposal.look_again", "response.take_over", "suggestion.answer", "suggestion.answer_interim", "suggestion.answer_many", "suggestion.decide_appeal",
        "suggestion.keep_apart", "suggestion.note_reply", "suggestion.send_back", "proposal.agree", "proposal.return_up",
    ),
    MACHINE: (
        "account.purge", "category.load", "day.turn", "file.sweep", "import.go_on", "ledger.checkpoint", "message.ring_instead", "place.load", "poll.open",
        "poll.prepare", "project.fail_review", "project.pass_review", "suggestion.lapse",
    ),
    NO_FACT: (
        "account.renew_recovery_codes", "account.reset_password", "account.reset_second_factor", "account.send_code",
        "account.unlock", "message.read", "message.read_all", "message.resend", "suggestion.export", "suggestion.forget",
    ),
}  # fmt: skip
REASONS = {code: reason for reason, codes in NONE.items() for code in codes}


def test_every_verb_says_how_a_mistake_in_it_is_put_right() -> None:
    assert sorted(set(VERBS) - set(BY) - set(REASONS)) == [], "name the verb that puts it right, or the reason"
    assert sorted({*BY, *REASONS} - set(VERBS)) == [], "these verbs are gone"
    assert sorted(set(BY) & set(REASONS)) == []


def test_the_verb_that_puts_it_right_is_one_somebody_can_do() -> None:
    assert sorted({verb for verb in BY.values() if verb not in VERBS or VERBS[verb].internal}) == []


def test_what_is_taken_back_is_taken_back_with_the_reason() -> None:
    """But for what names nobody and rests on nothing."""
    silent = {code for code in NONE[TAKES_BACK] if "reason" not in VERBS[code].parameters}
    assert silent == {"import.empty", "invitation.withdraw", "passkey.remove", "sign_on.unlink", "token.revoke"}


#: These put something right now and then; mostly they are the work itself.
THE_WORK_ITSELF = {
    "account.close", "account.reset_second_factor", "agreement.review", "budget_ballot.issue", "candidate.disqualify", "holiday.set",
    "import.empty", "inquiry.follow_up", "item.put_off", "listed_matter.give_back", "needs_report.list_matters", "sitting.cancel", "meeting.postpone", "meeting.take_attendance",
    "meeting.write_minutes", "organisation.announce", "place.register_person", "organisation.close", "project.add_basis",
    "project.stop", "project.write_plan",
    "proposal.table", "rulebook.adopt", "statement.moderate", "suggestion.answer", "suggestion.merge",
    "suggestion.send_back", "suggestion.split", "task.finish", "term.fix_seats",
}  # fmt: skip


def test_what_is_put_right_stands_on_the_list_of_the_auditors() -> None:
    by_another = {better for verb, better in BY.items() if better != verb}
    assert {verb for verb in by_another if not corrects(verb)} <= THE_WORK_ITSELF
    assert not [verb for verb in THE_WORK_ITSELF if corrects(verb)]
