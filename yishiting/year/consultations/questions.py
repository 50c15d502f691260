"""The questions of a questionnaire: what may be asked, what is an answer, and how answers are counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

SINGLE, SEVERAL, RATING, TEXT = "single", "several", "rating", "text"
KINDS = (SINGLE, SEVERAL, RATING, TEXT)
CHOOSING = (SINGLE, SEVERAL)
RATINGS = ("1", "2", "3", "4", "5")
OPTIONS_LEAST = 2

Answer = str | list[str]


class Unfit(ValueError):
    """An answer or a question that cannot stand; `key` names the question."""

    def __init__(self, sentence: str, key: str = "") -> None:
        super().__init__(sentence)
        self.key = key


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `options` only where one chooses. `key` never changes, wherever the question is moved."""

    key: str
    kind: str
    text: str
    options: tuple[str, ...] = ()
    required: bool = False

    def offers(self) -> tuple[str, ...]:
        """What can be counted: the options, or the five marks."""
        return RATINGS if self.kind == RATING else self.options

    def as_dict(self) -> dict[str, Any]:
        """As the questionnaire keeps it."""
        return {**asdict(self), "options": list(self.options)}


def read(questions: Iterable[Mapping[str, Any]]) -> list[Question]:
    """The questions as they were kept or sent. Raises Unfit for one that cannot be asked."""
    found = [sound(_read_one(row)) for row in questions]
    keys = [one.key for one in found]
    if len(set(keys)) != len(keys):
        raise Unfit("有两道题用了同一个编号。")
    return found


def _read_one(row: Mapping[str, Any]) -> Question:
    options = tuple(str(option).strip() for option in row.get("options", []) if str(option).strip())
    key, kind, text = str(row.get("key", "")), str(row.get("kind", "")), str(row.get("text", "")).strip()
    return Question(key, kind, text, options if kind in CHOOSING else (), bool(row.get("required")))


def sound(question: Question) -> Question:
    """The question, if it can be asked."""
    if question.kind not in KINDS:
        raise Unfit("没有这样的题型。", question.key)
    if not question.key or not question.text:
        raise Unfit("请写下要问的话。", question.key)
    if question.kind in CHOOSING and len(set(question.options)) < OPTIONS_LEAST:
        raise Unfit("至少写两个不同的选项，一行一个。", question.key)
    if len(set(question.options)) != len(question.options):
        raise Unfit("有两个选项一样，请改一个。", question.key)
    return question


def next_key(questions: Sequence[Question]) -> str:
    """A key no question has had before in this list."""
    used = [int(one.key[1:]) for one in questions if one.key[1:].isdigit()]
    return f"q{max(used, default=0) + 1}"


def moved(questions: Sequence[Question], key: str, by: int) -> list[Question]:
    """The questions with one of them moved up (-1) or down (+1); at the edge nothing changes."""
    order = list(questions)
    at = next((place for place, one in enumerate(order) if one.key == key), None)
    if at is not None and 0 <= at + by < len(order):
        order[at], order[at + by] = order[at + by], order[at]
    return order


def check(questions: Sequence[Question], given: Mapping[str, Any], text_most: int) -> dict[str, Answer]:
    """The answers as they are kept: nothing unknown, nothing empty. Raises Unfit at the question at fault."""
    unknown = set(given) - {one.key for one in questions}
    if unknown:
        raise Unfit("问卷里没有这道题。", sorted(unknown)[0])
    kept: dict[str, Answer] = {}
    for one in questions:
        answer = _one_answer(one, given.get(one.key), text_most)
        if answer:
            kept[one.key] = answer
        elif one.required:
            raise Unfit("这一题请您回答。", one.key)
    if not kept:
        raise Unfit("一题都没有回答，请至少答一题。")
    return kept


def _one_answer(question: Question, given: Any, text_most: int) -> Answer:
    if question.kind == SEVERAL:
        chosen = [str(one) for one in given] if isinstance(given, list | tuple) else [str(given)] if given else []
        if set(chosen) - set(question.options):
            raise Unfit("请从列出的选项里选。", question.key)
        return [option for option in question.options if option in chosen]
    said = str(given or "").strip()
    if question.kind == TEXT:
        if len(said) > text_most:
            raise Unfit(f"请控制在{text_most}字以内。", question.key)
        return said
    if said and said not in question.offers():
        raise Unfit("请从列出的选项里选。", question.key)
    return said


@dataclass(frozen=True, slots=True)
class Count:
    """One question counted: how many answered it, how many chose each option, the texts as they were written."""

    question: Question
    answered: int
    chosen: tuple[tuple[str, int], ...]
    texts: tuple[str, ...] = ()

    def mean(self) -> str:
        """The mean of the marks with one decimal, rounded half up; empty without marks."""
        if self.question.kind != RATING or not self.answered:
            return ""
        whole = sum(int(mark) * many for mark, many in self.chosen)
        tenths = (20 * whole + self.answered) // (2 * self.answered)
        return f"{tenths // 10}.{tenths % 10}"


def counted(questions: Sequence[Question], responses: Sequence[Mapping[str, Answer]]) -> list[Count]:
    """Every question with its counts, in the order of the questionnaire."""
    return [_count(one, [given[one.key] for given in responses if one.key in given]) for one in questions]


def _count(question: Question, answers: Sequence[Answer]) -> Count:
    if question.kind == TEXT:
        return Count(question, len(answers), (), tuple(str(said) for said in answers))
    picked = [option for answer in answers for option in ([answer] if isinstance(answer, str) else answer)]
    return Count(question, len(answers), tuple((option, picked.count(option)) for option in question.offers()))
