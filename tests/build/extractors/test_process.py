"""An extractor fails, hangs or dies in a process of its own, and whoever asks it goes on."""

import multiprocessing
from contextlib import closing
from pathlib import Path

import pytest

from kg.build.extractors.process import MOST, ExtractorFailed, ExtractorProcess, ended_afterwards, running
from kg.extraction.plugins import TextPart
from tests.waiting import wait_until

TEXT = "It was Zumbrel Falquero."
PARTS = [TextPart(key="p1", text=TEXT, cased=TEXT)]


def test_an_answer_comes_back_as_suggestions(plugins, capfd):
    with closing(ExtractorProcess("good", "1", 30)) as process:
        for _ in range(2):
            suggestions, malformed = process.ask(PARTS)
            assert [(one.part, one.text, one.start) for one in suggestions] == [
                ("p1", "Zumbrel Falquero", 7),
                ("p1", "Nobody Atall", 0),
            ]
            assert malformed == ()
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    ("name", "reason", "message"),
    [
        ("raising", "exception", "ValueError: the answer is no JSON"),
        ("dying", "died", "its process ended with 7"),
        ("unready", "exception", "UsageError: The extractor unready cannot be used"),
        ("changing", "exception", "and '1' was chosen"),
        ("endless", "exception", f"more than {MOST:,} suggestions"),
    ],
)
def test_a_failure_is_told_and_does_not_spread(plugins, name, reason, message):
    with closing(ExtractorProcess(name, "1", 30)) as process:
        for _ in range(2):  # it is started again
            with pytest.raises(ExtractorFailed, match=message) as failure:
                process.ask(PARTS)
            assert failure.value.reason == reason


def test_an_extractor_that_hangs_is_ended(plugins):
    process = ExtractorProcess("hanging", "1", 3.0)
    with closing(process), pytest.raises(ExtractorFailed, match="no answer within 3 seconds") as failure:
        process.ask(PARTS)
    assert failure.value.reason == "timeout"


def test_what_is_no_suggestion_is_told_apart(plugins):
    with closing(ExtractorProcess("malformed", "1", 30)) as process:
        suggestions, malformed = process.ask(PARTS)
    assert [one.text for one in suggestions] == ["Zumbrel Falquero"]
    assert len(malformed) == 3
    assert malformed[0] == "{'text': 'Zumbrel Falquero'}"


def test_partitions_share_a_process_until_it_is_ended(plugins):
    with ended_afterwards():
        first = running("good", "1", 30)
        first.ask(PARTS)
        assert running("good", "1", 30) is first
        assert len(multiprocessing.active_children()) == 1
    assert multiprocessing.active_children() == []


def test_what_an_extractor_forked_ends_with_it(plugins):
    with closing(ExtractorProcess("forking", "1", 30)) as process, pytest.raises(ExtractorFailed) as failure:
        process.ask(PARTS)
    child = int(str(failure.value).rpartition(" ")[2])
    assert wait_until(lambda: is_ended(child))


def is_ended(pid: int) -> bool:
    """Whether there is no such process, or only what is left of one that nobody has waited for."""
    try:
        return " Z " in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return True
