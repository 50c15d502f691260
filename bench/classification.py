"""Classification against the goals, on real messages where they are present. `python -m bench.classification`."""

import csv
import os
import random
import time
from pathlib import Path

from yishiting.methods.classification import Classifier, Example, cross_validated, figures, macro_f1
from yishiting.methods.similarity.words import MATTERS

FOLDER = Path(os.environ.get("YISHITING_DATA") or Path(__file__).parents[2] / "shared" / "data") / "messages"
SEEDS = 5


def _real():
    with (FOLDER / "labelled_7class.csv").open(encoding="utf-8-sig", newline="") as file:
        return [Example(row["留言主题"], row["留言详情"], row["一级分类"]) for row in csv.DictReader(file)]


def _made(number, seed=11):
    """Made messages of a dozen classes, each about a few matters."""
    chance = random.Random(seed)
    matters = list(MATTERS)
    for _ in range(number):
        label = chance.randrange(12)
        words = [chance.choice(MATTERS[chance.choice(matters[label * 5 : label * 5 + 5])]) for _ in range(8)]
        other = [chance.choice(MATTERS[chance.choice(matters)]) for _ in range(8)]
        yield Example("".join(words[:2]), "".join(words[2:] + other), f"第{label}类")


def _row(name, figure, unit, goal, met, against=""):
    return {"name": name, "figure": round(figure, 4), "unit": unit, "goal": goal, "met": met, "against": against}


def _baseline(examples):
    """The reference: runs of the title twice and 300 characters of the body, one linear machine, in the same folds."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    place, fold = {}, []
    for example in examples:
        fold.append(place.setdefault(example.label, 0) % 5)
        place[example.label] += 1
    texts = [f"{example.title} {example.title} {example.body.strip()[:300]}" for example in examples]
    proposed = [""] * len(examples)
    for left_out in range(5):
        learnt = [at for at, of in enumerate(fold) if of != left_out]
        asked = [at for at, of in enumerate(fold) if of == left_out]
        model = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 2)), LinearSVC())
        model.fit([texts[at] for at in learnt], [examples[at].label for at in learnt])
        for at, label in zip(asked, model.predict([texts[at] for at in asked]), strict=True):
            proposed[at] = label
    return macro_f1(proposed, [example.label for example in examples])


def _on_real():
    ours, theirs, sure, unsure, shown = [], [], [], [], []
    for seed in range(SEEDS):
        examples = _real()
        random.Random(seed).shuffle(examples)
        labels = [example.label for example in examples]
        ours.append(macro_f1(cross_validated(examples), labels))
        theirs.append(_baseline(examples))
        fifth = len(examples) // 5
        found = figures(Classifier(examples[fifth:]), examples[:fifth])
        sure.append(found.accuracy_when_sure)
        unsure.append(found.unsure)
        shown.append(found.among_shown)
    begun = time.process_time()
    classifier = Classifier(_real())
    spent = time.process_time() - begun
    begun = time.process_time()
    for example in examples[:50]:
        classifier.propose(example.title, example.body)
    proposed = (time.process_time() - begun) / 50 * 1000
    mean, reference = sum(ours) / SEEDS, sum(theirs) / SEEDS
    return [
        _row("macro-F1, five folds of 465", mean, "", "≥ 0.80", mean >= 0.80, f"linear machine {reference:.3f}"),
        _row("right class among three", sum(shown) / SEEDS, "", "", None),
        _row("unsure", sum(unsure) / SEEDS, "", "", None),
        _row("accuracy when sure", sum(sure) / SEEDS, "", "", None),
        _row("learning from 465", spent, "CPU s", "< 5", spent < 5),
        _row("one proposal", proposed, "ms", "", None),
    ]


def measure():
    """The figures against the goals."""
    rows = _on_real() if FOLDER.exists() else []
    examples = list(_made(1240))
    begun = time.process_time()
    Classifier(examples)
    spent = time.process_time() - begun
    return [*rows, _row("learning from 1,240 made messages", spent, "CPU s", "< 5", spent < 5)]


if __name__ == "__main__":
    for row in measure():
        verdict = {True: "", False: ", MISSED", None: ""}[row["met"]]
        print(f"{row['name']}: {row['figure']} {row['unit']} (goal {row['goal']}{verdict}) {row['against']}")
