"""What waits and is told by its own row alone: its words, since when, by when. All of it is read in one query."""

from datetime import date
from typing import Any

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate

from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.models import Poll, Tally
from yishiting.instruments.ballots.states import State as PollState
from yishiting.instruments.publicity.models import Objection, PublicNotice
from yishiting.instruments.publicity.states import ObjectionState
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.overview.cycle.rows import Rows, row_of
from yishiting.year.agreements.models import Breach
from yishiting.year.agreements.queries import to_review
from yishiting.year.agreements.states import BreachState
from yishiting.year.budgeting.queries import results_to_publish as results_of_votes
from yishiting.year.budgeting.queries import votes_to_close
from yishiting.year.consultations.models import Consultation, Questionnaire, Statement
from yishiting.year.consultations.states import State as AskingState
from yishiting.year.consultations.states import StatementState
from yishiting.year.councils.models import Assembly, ByElection, Candidate, Constituency, ElectionRound
from yishiting.year.councils.states import ByElectionState, CandidateState
from yishiting.year.councils.states import State as TermState
from yishiting.year.dossiers.models import Outcome, Referral, ReferralKind
from yishiting.year.evaluation.models import Review
from yishiting.year.evaluation.queries import to_be_published
from yishiting.year.evaluation.states import State as ReviewState
from yishiting.year.hearings.queries import to_answer, to_hold, to_publish
from yishiting.year.inquiries.models import Inquiry
from yishiting.year.inquiries.states import State as InquiryState
from yishiting.year.meetings.queries import open_tasks
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Finding
from yishiting.year.projects.queries import whose_raisers_have_gone
from yishiting.year.projects.states import FindingState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import passed_on
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.scoring.queries import results_to_publish as results_of_rounds
from yishiting.year.scoring.queries import rounds_to_close
from yishiting.year.spending.queries import to_approve
from yishiting.year.suggestions.states import State as SuggestionState
from yishiting.year.visits.queries import to_be_discussed


def of_notices(place: Place, today: date) -> list[Rows]:
    """Objections to answer, and notices whose period has ended."""
    asked = Objection.objects.filter(place=place, state=ObjectionState.RECEIVED)
    ended = PublicNotice.objects.filter(place=place, state=NoticeState.POSTED, last_day__lt=today)
    return [
        row_of("objection.answer", "objection", asked, "received_on", "answer_due", says="notice__title"),
        row_of("notice.close", "public_notice", ended, "last_day"),
    ]


def of_polls(place: Place, person: Person) -> list[Rows]:
    """Counts to be keyed in by the end of the day of the vote, the second time by somebody else than the first."""
    rows = Poll.objects.filter(place=place, state__in=(PollState.OPEN, PollState.COUNTING, PollState.DIFFERENT))
    own = Tally.objects.filter(poll=OuterRef("pk"), entered_by=person, set_aside=False)
    others = rows.exclude(Q(state=PollState.COUNTING) & Exists(own))
    day = TruncDate(Coalesce("opened_at", "created_at"))
    return [row_of("poll.enter_tally", "poll", others, day, day)]


def of_reviews(place: Place) -> list[Rows]:
    """At a sitting, projects to be rated and results to be declared; then those that are not public yet."""
    day, sitting = TruncDate("starts_at"), TruncDate("meeting__starts_at")
    listed = Review.objects.filter(place=place, state=ReviewState.LISTED, meeting__state=MeetingState.OPEN)
    to_rate = listed.filter(Q(poll=None) | Q(poll__state=PollState.VOID))
    counted = listed.filter(poll__state=PollState.COUNTED)
    words: dict[str, Any] = {"says": "project__title", "about": "meeting_id"}
    return [
        row_of("review.publicise", "reviews", to_be_published(place), day, day),
        row_of("review.take_vote", "reviews", to_rate, sitting, sitting, **words),
        row_of("review.declare", "reviews", counted, sitting, sitting, **words),
    ]


def of_tasks(place: Place) -> list[Rows]:
    """What was taken on at meetings and is not done."""
    day = TruncDate("meeting__starts_at")
    return [row_of("task.finish", "meeting", open_tasks(place), day, "due", says="what", about="meeting_id")]


def of_findings(place: Place) -> list[Rows]:
    """What the supervision found and nobody has answered."""
    rows = Finding.objects.filter(place=place, state=FindingState.OPEN)
    return [row_of("finding.answer", "project", rows, "found_on", "due", says="text", about="project_id")]


def of_answered_findings(place: Place, person: Person, today: date) -> list[Rows]:
    """What was answered and whoever raised it has to confirm or send back; where they have gone, whoever watches here."""
    own = Q(found_by=person, place__division_path__startswith=place.division_path)
    left = Q(place=place, pk__in=whose_raisers_have_gone(today))
    rows = Finding.objects.filter(own | left, state=FindingState.ANSWERED)
    return [row_of("finding.confirm", "project", rows, "answered_on", says="text", about="project_id")]


def of_referrals(place: Place) -> list[Rows]:
    """What was passed on and is answered here; what came back here and is passed on again or screened anew."""
    proposals = Proposal.objects.filter(dossier=OuterRef("dossier"), state=ProposalState.PASSED_ON)
    across = Referral.objects.filter(~Exists(proposals), kind=ReferralKind.ACROSS, dossier__suggestion__isnull=False)
    later = across.filter(dossier=OuterRef("dossier"), created_at__gt=OuterRef("created_at"))
    back = across.filter(~Exists(later), from_place=place, outcome=Outcome.RETURNED)
    back = back.filter(dossier__suggestion__state=SuggestionState.TRANSFERRED)
    words: dict[str, Any] = {"says": "dossier__suggestion__title", "about": "dossier__suggestion"}
    waiting = across.filter(to_place=place, answered_on=None)
    return [
        row_of("suggestion.note_reply", "suggestion", waiting, "sent_on", "due", **words),
        row_of("suggestion.pass_on", "suggestion", back, "answered_on", "due", **words),
        row_of("proposal.note_reply", "proposal", passed_on().filter(sent_to=place.pk), "sent_on", "answer_by"),
    ]


def of_elections(place: Place, today: date) -> list[Rows]:
    """Candidates to be reviewed, votes to be opened on the day of the assembly, results to be declared."""
    waiting = Candidate.objects.filter(state=CandidateState.NOMINATED)
    own = waiting.filter(constituency=OuterRef("pk"), by_election=None)
    groups = Constituency.objects.filter(Exists(own), place=place, term__state=TermState.NOMINATING)
    also = waiting.filter(by_election=OuterRef("pk"))
    vacant = ByElection.objects.filter(Exists(also), place=place, state=ByElectionState.NOMINATING)
    day = TruncDate("created_at")
    return [
        row_of(
            "candidate.nominate", "candidates", _short_of_candidates(place, today), day, says="name", about="term_id"
        ),
        row_of("candidate.qualify", "candidates", groups, day, says="name", about="term_id"),
        row_of("candidate.qualify", "by_election", vacant, day, says="constituency__name"),
        *_of_rounds(
            "term", "constituency__term_id", ElectionRound.objects.filter(place=place, by_election=None), today
        ),
        *_of_rounds(
            "by_election", "by_election_id", ElectionRound.objects.filter(place=place, by_election__isnull=False), today
        ),
    ]


def _short_of_candidates(place: Place, today: date) -> "QuerySet[Constituency]":
    """Groups that may nominate and have too few to choose among, those still to be reviewed counted in."""
    standing = Q(
        candidates__state__in=(CandidateState.NOMINATED, CandidateState.QUALIFIED), candidates__by_election=None
    )
    book = rules_for(place, today)
    extra = book.number("election.extra_candidates_min") if book.values["election.held"] else 0
    nominating = Constituency.objects.filter(place=place, term__state=TermState.NOMINATING, sends=None, unit=None)
    return nominating.annotate(stand=Count("candidates", filter=standing)).filter(stand__lt=F("seats") + extra)


def _of_rounds(kind: str, about: str, rows: "QuerySet[Any]", today: date) -> list[Rows]:
    meeting = Assembly.objects.standing().filter(term=OuterRef("constituency__term"), held_on__lte=today)
    here = meeting.filter(by_election=None) if kind == "term" else meeting.filter(by_election=OuterRef("by_election"))
    waiting, day = rows.filter(declared_on=None), TruncDate("created_at")
    ready = waiting.filter(Exists(here), poll__state=PollState.PREPARED)
    counted = waiting.filter(poll__state__in=(PollState.COUNTED, PollState.VOID))
    return [
        row_of("election.open_round", kind, ready, day, says="constituency__name", about=about),
        row_of("election.declare", kind, counted, day, says="constituency__name", about=about),
    ]


def of_consultations(place: Place, today: date) -> list[Rows]:
    """Views to be moderated, and what has run its time: to be closed, then to be published."""
    to_moderate = Exists(Statement.objects.filter(consultation=OuterRef("pk"), state=StatementState.PROPOSED))
    running = Consultation.objects.filter(place=place, state__in=(AskingState.OPEN, AskingState.CLOSED))
    asked = Questionnaire.objects.filter(place=place)
    return [
        row_of("statement.moderate", "consultation", running.filter(to_moderate), Value(today, DateField()), "closes"),
        *_run_out("consultation", running.filter(~to_moderate), AskingState.OPEN, AskingState.CLOSED, today),
        *_run_out("questionnaire", asked, AskingState.OPEN, AskingState.CLOSED, today),
    ]


def of_agreements(place: Place, today: date) -> list[Rows]:
    """Agreements whose day of review has come, and reports that one was broken."""
    broken = Breach.objects.filter(place=place, state=BreachState.REPORTED)
    return [
        row_of("agreement.review", "agreement", to_review(place, today), "review_due", "review_due"),
        row_of("breach.answer", "breach", broken, "reported_on", says="text"),
    ]


def of_hearings(place: Place, today: date) -> list[Rows]:
    """Hearings whose day has come, records that are not public yet, questions nobody has answered."""
    day = TruncDate("starts_at")
    return [
        row_of("hearing.hold", "hearing", to_hold(place, today), day),
        row_of("hearing.publish", "hearing", to_publish(place), day),
        row_of("speech.answer", "speech", to_answer(place), "hearing__session__held_on", says="text"),
    ]


def of_inquiries(place: Place) -> list[Rows]:
    """Questions of policy and procedure: to be answered here, and those of our own that need more words."""
    asked = Inquiry.objects.filter(asked_at=place, state=InquiryState.ASKED)
    returned = Inquiry.objects.filter(place=place, state=InquiryState.RETURNED)
    return [
        row_of("inquiry.answer", "inquiry", asked, "asked_on", "due"),
        row_of("inquiry.follow_up", "inquiry", returned, "asked_on"),
    ]


def of_council_questions(place: Place) -> list[Rows]:
    """What the place above asks the council of a community about its draft."""
    return [row_of("council_question.answer", "council_question", to_be_discussed(place), "asked_on", "due")]


def of_payments(place: Place) -> list[Rows]:
    """Payments asked for: they wait for who leads the place."""
    return [row_of("payment.approve", "payment", to_approve(place), "asked_on", says="contract__title")]


def of_choices(place: Place, today: date) -> list[Rows]:
    """Rounds and votes whose last day is over: to be closed."""
    return [
        row_of("score_round.close", "score_round", rounds_to_close(place, today), "closes"),
        row_of("budget_vote.close", "budget_vote", votes_to_close(place, today), "closes"),
    ]


def of_results(place: Place) -> list[Rows]:
    """Rounds and votes that are closed: their results are drawn by lot or made public."""
    return [
        row_of("score_round.publish", "score_round", results_of_rounds(place), "closes"),
        row_of("budget_vote.publish", "budget_vote", results_of_votes(place), "closes"),
    ]


def _run_out(kind: str, rows: "QuerySet[Any]", is_open: str, closed: str, today: date) -> list[Rows]:
    return [
        row_of(f"{kind}.close", kind, rows.filter(state=is_open, closes__lt=today), "closes"),
        row_of(f"{kind}.publish", kind, rows.filter(state=closed), "closes"),
    ]
