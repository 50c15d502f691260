"""Work that may wait: a function marked `background` is put in the queue of the database by `.enqueue(…)`.

What is passed is plain JSON and names things by their keys, never people by their data; whoever does the work may die
over it, so it can be taken up again.
"""

from django_tasks import task as background

__all__ = ["background"]
