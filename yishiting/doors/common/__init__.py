"""What pages, API and commands share: the answer that carries a file, the cast of the demo."""
