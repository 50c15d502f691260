"""`yishiting methods …`: each method as a command on files."""

from yishiting.methods.commands.main import main

__all__ = ["main"]
