"""Forms about accounts: what the verbs ask, and what they are about."""

from typing import Any

from yishiting.doors.web.shared.fields import VerbForm, field_of
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.entrance.actions.accounts import LOGIN
from yishiting.ground.entrance.actions.privacy import TEXT


class OpenForm(VerbForm):
    """A new account for a member of staff."""

    def __init__(self, *args: Any) -> None:
        super().__init__(VERBS["account.open"], None, *args)
        self.fields = {"login": field_of(LOGIN, needed=True, thing=None), **self.fields}


class PrivacyForm(VerbForm):
    """A new version of the privacy notice, beginning with the words of the last."""

    def __init__(self, text: str, *args: Any) -> None:
        super().__init__(VERBS["privacy.publish"], None, *args, offered={"text": text})
        self.fields = {"text": field_of(TEXT, needed=True, thing=None), **self.fields}
        self.draft = "privacy"
