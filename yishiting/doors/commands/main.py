"""`yishiting …`: Django's management commands under one name; the methods need no Django."""

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> None:
    """Run a command and exit with its status."""
    words = list(sys.argv if argv is None else argv)
    if words[1:2] == ["methods"]:
        from yishiting.methods.commands import main as methods

        raise SystemExit(methods(words[2:]))
    if words[1:3] == ["ledger", "verify"]:
        from yishiting.methods.commands import main as methods

        raise SystemExit(methods(["ledger-verify", *words[3:]]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(words)
