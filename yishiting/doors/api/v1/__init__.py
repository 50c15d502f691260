"""Version 1: one router for each noun."""

from ninja import NinjaAPI

from yishiting import __version__
from yishiting.doors.api.v1 import intake, ledger, places
from yishiting.doors.api.v1.ground import speak_of_refusals, who_acts

api = NinjaAPI(
    title="议事厅 Yishiting",
    version=__version__,
    description="The same verbs as the web pages: each asks permission and writes one ledger row.",
    auth=who_acts,
    urls_namespace="api-v1",
    docs_url=None,
)
speak_of_refusals(api)
api.add_router("/places", places.router)
api.add_router("/suggestions", intake.router)
api.add_router("/ledger", ledger.router)
