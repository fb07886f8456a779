"""The measure itself: figures, and that they are those of the script that annotators measure with."""

import copy
import json
import random
import runpy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build.evaluating import annotation_files, evaluate_sources
from kg.build.extracting import extract_to
from kg.build.progress import Silent
from kg.evaluation import evaluate
from kg.evaluation.annotations import annotation
from kg.evaluation.model import KINDS
from kg.evaluation.scoring import compare, figures
from kg.evaluation.texts import CableText

NOTHING = CableText(found=(), parts=(), folded=())


def test_a_second_find_of_one_person_is_false(cable, person):
    gold = cable(officials=[person("Ana Orlan", "Orlan")])
    found = cable(officials=[person("Orlan"), person("Ana Orlan", "Orlan", roles=("Major",), country=None)])
    (comparison,) = compare(gold, found, ["officials"])
    assert [entry.words for entry in comparison.false] == ["Orlan"]
    assert figures([comparison]).as_json() == {
        "precision": 0.5,
        "recall": 1.0,
        "f1": 0.6667,
        "gold": 1,
        "predicted": 2,
        "role": 0.0,
        "country": 0.0,
    }


def test_a_person_without_a_role_counts_neither_way(cable, person):
    gold = cable(others=[person("Jo Varga")])
    (comparison,) = compare(gold, cable(officials=[person("Varga", "Jo Varga")]), ["officials"])
    assert (comparison.false, len(comparison.excused)) == ((), 1)
    assert figures([comparison]).as_json() == {"precision": 0, "recall": 0, "f1": 0, "gold": 0, "predicted": 0}


def test_dates_count_where_the_annotation_has_one(cable, meeting):
    gold = cable(meetings=[meeting("Orlan", "Varga"), meeting("Telic", "us", date=None, paragraph=4)])
    found = cable(meetings=[meeting("Orlan", "Varga", date="2009-01"), meeting("Telic", "us", paragraph=4)])
    (comparison,) = compare(gold, found, ["meetings"])
    assert figures([comparison]).attributes == {"date": (1, 1)}


@pytest.fixture(scope="module")
def extracted(shared, tmp_path_factory):
    """What is extracted from the annotated cables of the shared folder, one file a cable."""
    out = tmp_path_factory.mktemp("extracted")
    extract_to(sources(shared), out, 1, Silent())
    return out


@pytest.fixture(scope="module")
def score(shared):
    """The function of the annotators' own script: two folders to figures."""
    return runpy.run_path(str(shared / "gold" / "score.py"))["score"]


def sources(shared):
    return [str(shared / "corpus" / name) for name in ("09BOGOTA335.txt", "cables.csv")]


@pytest.mark.shared
def test_figures_are_those_of_the_annotators_script(shared, extracted, score):
    gold = shared / "gold" / "dev"
    report = evaluate_sources(annotation_files(gold), sources(shared), KINDS, 1, Silent())
    assert report.evaluation.cables == 21
    assert report.evaluation.figures() == score(gold, extracted)
    assert not report.has_failures


@pytest.mark.shared
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32))
def test_figures_of_spoiled_finds_are_those_of_the_annotators_script(shared, extracted, score, tmp_path, seed):
    rng = random.Random(seed)
    gold_folder, found_folder = tmp_path / "gold", tmp_path / "found"
    pairs = []
    for folder in (gold_folder, found_folder):
        folder.mkdir(exist_ok=True)
    annotated = sorted((shared / "gold" / "dev").glob("*.json"))
    for old in (*gold_folder.iterdir(), *found_folder.iterdir()):
        old.unlink()
    for path in rng.sample(annotated, 3):
        gold = json.loads(path.read_text("utf-8"))
        base = gold if rng.random() < 0.5 else json.loads((extracted / path.name).read_text("utf-8"))
        found = {kind: spoiled(rng, base[kind]) for kind in (*KINDS, "others")}
        (gold_folder / path.name).write_text(json.dumps(gold), encoding="utf-8")
        (found_folder / path.name).write_text(json.dumps(found), encoding="utf-8")
        pairs.append((annotation(path.stem, gold, NOTHING), annotation(path.stem, found, NOTHING)))
    assert evaluate(pairs, KINDS).figures() == score(gold_folder, found_folder)


def spoiled(rng, entries):
    """Entries with some left out, doubled, renamed, moved, dated anew; in another order."""
    out = []
    for entry in entries:
        for _ in range(rng.choice((0, 1, 1, 1, 1, 2))):
            changed = copy.deepcopy(entry)
            if rng.random() < 0.6:
                rng.choice(CHANGES)(rng, changed, rng.choice(entries))
            out.append(changed)
    if rng.random() < 0.3:
        rng.shuffle(out)
    return out


def rename(rng, entry, other):
    for key in ("name", "forms", "participants"):
        if key in entry:
            entry[key] = copy.deepcopy(other[key])


def garble(rng, entry, other):
    for key in ("forms", "participants", "roles"):
        if entry.get(key):
            at = rng.randrange(len(entry[key]))
            words = entry[key][at].split()
            rng.shuffle(words)
            entry[key][at] = rng.choice((" ".join(words), " ".join(words[1:]), entry[key][at].upper(), "", "L'Été, A."))


def shorten(rng, entry, other):
    for key in ("forms", "roles", "participants", "countries"):
        if key in entry:
            entry[key] = entry[key][: rng.randrange(len(entry[key]) + 1)]


def move(rng, entry, other):
    if "paragraph" in entry:
        entry["paragraph"] = rng.choice((None, 0, (entry["paragraph"] or 0) + rng.choice((-2, -1, 1, 2))))


def date_anew(rng, entry, other):
    if "date" in entry:
        entry["date"] = rng.choice(
            (None, "", "200", "2009", "2009-01~", "../2009-03", "[2008,2009-02]", "2008-1X/2009", other.get("date"))
        )
    if "country" in entry:
        entry["country"] = rng.choice((None, "XX", other.get("country")))


def lengthen(rng, entry, other):
    if "name" in entry:
        entry["name"] = " ".join([entry["name"]] * rng.choice((2, 5, 9)))


CHANGES = (rename, garble, shorten, move, date_anew, lengthen)
