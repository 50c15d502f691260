"""`python -m yishiting.methods …`: the methods as commands, wherever the package lies."""

from yishiting.methods.commands import main

raise SystemExit(main())
