"""Version 1: one router for each noun."""

from yishiting import __version__
from yishiting.doors.api.v1 import (
    accounts,
    agreements,
    assemblies,
    assessments,
    budgeting,
    by_elections,
    candidates,
    constituencies,
    consultations,
    councils,
    directors,
    district_matters,
    dossiers,
    files,
    findings,
    funds,
    hearings,
    inquiries,
    intake,
    invitations,
    items,
    ledger,
    lists,
    me,
    meetings,
    notices,
    objections,
    organisations,
    place_changes,
    places,
    polls,
    projects,
    proposals,
    questionnaires,
    representatives,
    reviews,
    rounds,
    scoring,
    suggestions,
    tasks,
    terms,
    visits,
)
from yishiting.doors.api.v1.base import speak_of_refusals, who_acts
from yishiting.doors.api.v1.declared import make_operations
from yishiting.doors.api.v1.described import DescribedAPI, Readable, built_once
from yishiting.doors.api.v1.idempotency import once

api = DescribedAPI(
    title="议事厅 Yishiting",
    version=__version__,
    description="The same verbs as the web pages: each asks permission and writes one ledger row. "
    "An operation that does a verb carries the verb's code as its operationId. See docs/how-to/use-the-api.md.",
    auth=who_acts,
    urls_namespace="api-v1",
    docs_url=None,
    renderer=Readable(),
    docs_decorator=built_once,
)
speak_of_refusals(api)
api.add_decorator(once)

make_operations()

api.add_router("/me", me.router)
api.add_router("/people", accounts.router)
api.add_router("/sign-ons", accounts.links_router)
api.add_router("/calls", me.calls_router)
api.add_router("/account-joins", accounts.joins_router)
api.add_router("/tokens", accounts.tokens_router)
api.add_router("/messages", me.messages_router)
api.add_router("/places", places.router)
api.add_router("/special-intakes", places.intakes_router)
api.add_router("/windows", places.windows_router)
api.add_router("/organisations", organisations.router)
api.add_router("/people", organisations.people_router)
api.add_router("/notices", notices.router)
api.add_router("/objections", objections.router)
api.add_router("/polls", polls.router)
api.add_router("/councils", councils.router)
api.add_router("/terms", terms.router)
api.add_router("/constituencies", constituencies.router)
api.add_router("/candidates", candidates.router)
api.add_router("/by-elections", by_elections.router)
api.add_router("/assemblies", assemblies.router)
api.add_router("/rounds", rounds.router)
api.add_router("/representatives", representatives.router)
api.add_router("/identities", representatives.identities)
api.add_router("/outreach", representatives.outreach)
api.add_router("/suggestions", intake.router)
api.add_router("/suggestions", suggestions.router)
api.add_router("/sessions", intake.sessions_router)
api.add_router("/imports", intake.imports_router)
api.add_router("/progress", projects.progress_router)
api.add_router("/signatures", projects.signatures_router)
api.add_router("/consultations", consultations.router)
api.add_router("/statements", consultations.statements_router)
api.add_router("/questionnaires", questionnaires.router)
api.add_router("/responses", questionnaires.responses_router)
api.add_router("/meetings", meetings.router)
api.add_router("/items", items.router)
api.add_router("/invitations", invitations.router)
api.add_router("/place-changes", place_changes.router)
api.add_router("/inquiries", inquiries.router)
api.add_router("/assessments", assessments.router)
api.add_router("/unit-sheets", assessments.sheets_router)
api.add_router("/marks", assessments.marks_router)
api.add_router("/matters", district_matters.router)
api.add_router("/opinions", district_matters.opinions_router)
api.add_router("/dispatches", district_matters.dispatches_router)
api.add_router("/specials", district_matters.specials_router)
api.add_router("/answer-templates", district_matters.templates_router)
api.add_router("/steps", district_matters.steps_router)
api.add_router("/contacts", district_matters.contacts_router)
api.add_router("/coordinations", district_matters.coordinations_router)
api.add_router("/agreements", agreements.router)
api.add_router("/hearings", hearings.router)
api.add_router("/speeches", hearings.speeches_router)
api.add_router("/breaches", agreements.breaches_router)
api.add_router("/sittings", directors.router)
api.add_router("/needs-reports", directors.reports_router)
api.add_router("/listed-matters", directors.matters_router)
api.add_router("/works-plans", directors.plans_router)
api.add_router("/planned-works", directors.works_router)
api.add_router("/tasks", tasks.router)
api.add_router("/dossiers", dossiers.router)
api.add_router("/proposals", proposals.router)
api.add_router("/visits", visits.visits)
api.add_router("/drafts", visits.sent_drafts)
api.add_router("/council-questions", visits.council_questions)
api.add_router("/replies", visits.replies)
api.add_router("/score-rounds", scoring.router)
api.add_router("/judges", scoring.judges_router)
api.add_router("/budget-votes", budgeting.router)
api.add_router("/voters", budgeting.voters_router)
api.add_router("/projects", projects.router)
api.add_router("/findings", findings.router)
api.add_router("/funds", funds.router)
api.add_router("/postings", funds.postings_router)
api.add_router("/contracts", funds.contracts_router)
api.add_router("/payments", funds.payments_router)
api.add_router("/gifts", funds.gifts_router)
api.add_router("/reviews", reviews.router)
api.add_router("/third-parties", reviews.third_parties_router)
api.add_router("/files", files.router)
api.add_router("/ledger", ledger.router)
api.add_router("/lists", lists.router)
