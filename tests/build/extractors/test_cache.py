"""Answers are kept by extractor, version and text, and a broken file is as good as none."""

import dataclasses

from kg.build.extractors.cache import AnswerCache
from kg.build.extractors.installed import Chosen
from kg.extraction.plugins import Suggestion, TextPart

GOOD = Chosen(name="good", version="1", confidence=0.5)
PART = TextPart(key="p1", text="It was Zumbrel Falquero.", cased="It was Zumbrel Falquero.")
ANSWER = (Suggestion(part="p1", text="Zumbrel Falquero", start=7, end=23, role="tenor"),)


def test_an_answer_is_read_back(tmp_path):
    cache = AnswerCache(tmp_path)
    assert cache.read(GOOD, PART) is None
    cache.write(GOOD, PART, ANSWER)
    assert cache.read(GOOD, PART) == ANSWER


def test_that_there_was_nothing_is_kept_too(tmp_path):
    AnswerCache(tmp_path).write(GOOD, PART, ())
    assert AnswerCache(tmp_path).read(GOOD, PART) == ()


def test_the_same_text_of_another_part_has_the_answer(tmp_path):
    cache = AnswerCache(tmp_path)
    cache.write(GOOD, PART, ANSWER)
    (one,) = cache.read(GOOD, dataclasses.replace(PART, key="x7")) or ()
    assert one == dataclasses.replace(ANSWER[0], part="x7")


def test_another_version_extractor_or_text_has_none(tmp_path):
    cache = AnswerCache(tmp_path)
    cache.write(GOOD, PART, ANSWER)
    assert cache.read(dataclasses.replace(GOOD, version="2"), PART) is None
    assert cache.read(dataclasses.replace(GOOD, name="other"), PART) is None
    assert cache.read(GOOD, dataclasses.replace(PART, text="It was not.")) is None
    assert cache.read(GOOD, dataclasses.replace(PART, cased="it was zumbrel falquero.")) is None


def test_a_broken_file_is_as_good_as_none(tmp_path):
    cache = AnswerCache(tmp_path)
    cache.write(GOOD, PART, ANSWER)
    (path,) = (each for each in tmp_path.rglob("*") if each.is_file())
    for content in (b"", path.read_bytes()[:40], b"[]", b'{"version": "1", "suggestions": [{"words": 1}]}'):
        path.write_bytes(content)
        assert cache.read(GOOD, PART) is None
    cache.write(GOOD, PART, ANSWER)
    assert cache.read(GOOD, PART) == ANSWER


def test_an_odd_text_is_kept(tmp_path):
    part = TextPart(key="p1", text="\ud800 Falquero", cased="\ud800 Falquero")
    odd = (Suggestion(part="p1", text="\ud800 Falquero"),)
    AnswerCache(tmp_path).write(GOOD, part, odd)
    assert AnswerCache(tmp_path).read(GOOD, part) == odd
