"""留痕 Ledger: the append-only record of who did what, when and why."""
