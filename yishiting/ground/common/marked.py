"""Words that are translated where they are shown, marked in modules that know nothing of languages.

`from yishiting.ground.common.marked import marked as _`: the sentences are collected with all others.
"""


def marked(words: str) -> str:
    """The words as they stand."""
    return words
