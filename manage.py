"""Django's own entry, for those who build: every command of Django's, on the data of development unless told otherwise."""

import os
import sys

from yishiting.doors.commands.main import main, ours, run

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "help"
    if name in {*ours(), "methods"}:
        main()
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
        run(sys.argv, name)
