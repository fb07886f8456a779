"""What extractors add to a cable, and what is counted of them."""

import json
from collections.abc import Callable

import pytest

from kg.build.extractors.advising import PATIENCE, Advisers
from kg.build.extractors.installed import Consulting
from kg.build.extractors.tally import reports
from kg.cables import parse
from kg.cables.model import Cable
from kg.extraction import extract
from kg.sources import RawCable

HEAD = "DE RUEHLI #9901/01 0450930\nR 140930Z FEB 07\nFM AMEMBASSY LISBON\nTO RUEHC/SECSTATE WASHDC\nBT\nUNCLAS LISBON 00{n}"
SENTENCES = (
    "The new harbor was built under Zumbrel Falquero, whom nobody in the town had ever liked.",
    "Nothing was said of it for years.",
)


@pytest.fixture
def cable() -> Callable[..., Cable]:
    """A cable of these paragraphs."""

    def make(*paragraphs: str, number: int = 9901) -> Cable:
        body = "\n\n".join(f"{n}. (U) {text}" for n, text in enumerate(paragraphs, start=1))
        text = f"{HEAD.format(n=number)}\n\nSUBJECT: HARBOR\n\n{body}\n"
        return parse(RawCable(source="t", position=1, format="telegram", encoding="utf-8", metadata=(), text=text))

    return make


def counts(consulting: Consulting, *cables: Cable) -> tuple[dict, list[dict], list]:
    advisers = Advisers(consulting)
    admitted = [advisers.suggestions(one) for one in cables]
    return advisers.entry().get("extractors", {}), [json.loads(line) for line in advisers.named()], admitted


def test_without_extractors_nothing_is_asked(cable):
    advisers = Advisers(Consulting())
    assert advisers.suggestions(cable(*SENTENCES)) == ()
    assert (advisers.entry(), advisers.named()) == ({}, [])


def test_names_are_let_in_and_inventions_counted_and_named(cable, consulting, asked):
    made = cable(*SENTENCES)
    entry, named, (admitted,) = counts(consulting("good"), made)
    assert [person.name for person in extract(made, suggestions=admitted).persons] == ["Zumbrel Falquero"]
    assert entry["good"] == {
        "cables": 1, "parts": 1, "asked": 1, "kept": 0, "suggested": 2, "admitted": 1, "known": 0,
        "refused": {"not-in-text": 1}, "failed": {}, "messages": {},
    }  # fmt: skip
    assert named == [
        {"extractor": "good", "cable": "07LISBON9901", "part": "p1", "refused": "not-in-text", "text": "Nobody Atall"}
    ]
    assert asked() == ["p1"]


def test_nothing_is_asked_twice(cable, consulting, asked):
    first = counts(consulting("good"), cable(*SENTENCES))
    second = counts(consulting("good"), cable("A first paragraph.", SENTENCES[0], number=9902))
    assert asked() == ["p1"]
    assert (first[0]["good"]["asked"], first[0]["good"]["kept"]) == (1, 0)
    assert (second[0]["good"]["asked"], second[0]["good"]["kept"]) == (0, 1)
    assert [one.part for one in second[2][0]] == ["p2"]
    assert second[0]["good"]["refused"] == {"not-in-text": 1}


def test_a_failing_extractor_is_passed_over_and_given_up(cable, consulting, asked):
    cables = [cable(f"Seen: {word}. {SENTENCES[0]}", number=9900 + n) for n, word in enumerate("abcde")]
    entry, named, admitted = counts(consulting("raising", "good"), *cables)
    assert entry["raising"]["failed"] == {"exception": PATIENCE, "given-up": 2}
    assert [one["message"] for one in named if one.get("failed") == "exception"] == [
        "ValueError: the answer is no JSON"
    ] * PATIENCE
    assert [len(one) for one in admitted] == [1] * 5
    assert entry["good"]["admitted"] == 5
    # Failures are not kept.
    assert counts(consulting("raising"), cables[0])[0]["raising"]["failed"] == {"exception": 1}


def test_a_slow_extractor_is_passed_over(cable, consulting):
    entry, named, admitted = counts(consulting("hanging", timeout=3.0), cable(*SENTENCES))
    assert entry["hanging"]["failed"] == {"timeout": 1}
    assert named[0]["cable"] == "07LISBON9901"
    assert admitted == [()]


def test_malformed_answers_are_counted(cable, consulting):
    entry, named, _ = counts(consulting("malformed"), cable(*SENTENCES))
    assert entry["malformed"]["refused"] == {"malformed": 3}
    assert entry["malformed"]["admitted"] == 1
    assert {one["refused"] for one in named} == {"malformed"}


def test_what_is_suggested_goes_into_the_digest(cable, consulting):
    advisers = Advisers(consulting("good"))
    advisers.suggestions(cable("Nothing."))
    before = advisers.entry()["suggested"]
    advisers.suggestions(cable(*SENTENCES))
    assert advisers.entry()["suggested"] != before


def test_reports_add_up_over_partitions(cable, consulting):
    chosen = consulting("good")
    entries = [counts(chosen, cable(SENTENCES[0], number=9900 + n))[0] for n in range(2)]
    (report,) = reports(chosen.extractors, [*entries, {}])
    assert (report.cables, report.asked, report.kept, report.refused) == (2, 1, 1, {"not-in-text": 2})
    assert report.as_text() == (
        "extractor good (1): 2 parts of 2 cables, 1 asked, 1 answered before; 4 spans suggested, 2 let in, 0 known;"
        " refused 2 (not-in-text 2)"
    )
    assert json.loads(json.dumps(report.as_json()))["failed"] == {}


def test_the_first_message_of_a_failure_is_told(cable, consulting):
    chosen = consulting("raising")
    entries = [counts(chosen, cable(SENTENCES[0], number=9900 + n))[0] for n in range(2)]
    (report,) = reports(chosen.extractors, entries)
    told = report.as_text().splitlines()
    assert told[0].endswith("failed 2 (exception 2)")
    assert told[1] == "  exception: " + report.messages["exception"]
