"""Where the text message gateway reports what became of a message it had taken."""

import json
import time

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yishiting.ground.common.numbers import whole_number
from yishiting.ground.notices.actions import note_delivery
from yishiting.ground.notices.rules import SIGNED_FOR
from yishiting.ground.notices.signing import is_signed

STATES = {"delivered": True, "failed": False}


@csrf_exempt
@require_POST
def delivery_report(request: HttpRequest) -> JsonResponse:
    """`{"id", "status": "delivered" | "failed", "reason"}`, signed as our own requests are. A repeated report is harmless."""
    if not (_is_fresh(request) and _is_from_the_gateway(request)):
        return JsonResponse({"sentence": "signature or time is wrong"}, status=403)
    try:
        said = json.loads(request.body)
        key, delivered = str(said["id"]), STATES[said["status"]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"sentence": "id and status (delivered, failed) are needed"}, status=422)
    known = note_delivery(key, delivered=delivered, failure=str(said.get("reason", "")))
    return JsonResponse({"known": known}, status=200 if known else 404)


def _is_fresh(request: HttpRequest) -> bool:
    sent = whole_number(request.headers.get("X-Timestamp", ""))
    return sent is not None and abs(time.time() - sent) <= SIGNED_FOR.total_seconds()


def _is_from_the_gateway(request: HttpRequest) -> bool:
    time_sent, nonce, offered = (request.headers.get(f"X-{name}", "") for name in ("Timestamp", "Nonce", "Signature"))
    return is_signed(settings.SMS_GATEWAY_SECRET, time_sent, nonce, request.body, offered)


urlpatterns = [path("gateway/delivery/", delivery_report, name="delivery-report")]
