"""The reference looks again at what the fast engine refuses and at a sample of the rest; a difference ends the build."""

from dataclasses import replace

import pytest

from kg.iris import CKS
from kg.validation import Engines, engines_for, local_shapes, validate_and_check
from kg.validation.checked import SAMPLED, EnginesDisagree, is_sampled
from kg.validation.model import Outcome

pytest.importorskip("shacl", reason="needs the fast engine: pip install shacl, where there is a wheel of it")


class Changed:
    """An engine whose outcomes are another's, but for what a function changes."""

    def __init__(self, engine, change):
        self.name = "changed"
        self._engine, self._change = engine, change

    def validate(self, lines):
        return self._change(self._engine.validate(lines))


@pytest.fixture(scope="module")
def engines():
    return engines_for(local_shapes())


@pytest.fixture(scope="module")
def names(lines_of) -> dict[bool, str]:
    """An id that belongs to the sample, and one that does not."""
    count = len(lines_of("09QUITO1"))
    found = {is_sampled(name, [""] * count): name for name in (f"09QUITO{n}" for n in range(1, 1000))}
    assert len(found) == 2
    return found


def spoilt(lines):
    return [line for line in lines if "canonicalId" not in line]


def without_results(outcome):
    return Outcome()


def test_both_engines_are_there(engines):
    assert [engines.fast.name.split()[0], engines.reference.name.split()[0]] == ["shacl", "pySHACL"]


def test_a_refused_cable_is_validated_by_both(engines, lines_of, names):
    name = names[False]
    verdicts = validate_and_check({name: spoilt(lines_of(name))}, engines)
    assert verdicts.validated == {engines.fast.name: 1, engines.reference.name: 1}
    assert verdicts.cables[name].is_refused
    assert {result.shape for result in verdicts.cables[name].violations} == {CKS + "cable-canonical-id"}


def test_a_cable_that_passes_is_validated_by_one_engine_or_sampled(engines, lines_of, names):
    cables = {name: lines_of(name) for name in names.values()}
    verdicts = validate_and_check(cables, engines)
    assert verdicts.validated == {engines.fast.name: 2, engines.reference.name: 1}
    assert not any(verdict.is_refused for verdict in verdicts.cables.values())


def test_without_the_fast_engine_the_reference_validates_all(engines, lines_of):
    cables = {name: lines_of(name) for name in ("09QUITO1", "09QUITO2")}
    alone = validate_and_check(cables, replace(engines, fast=None))
    assert alone.validated == {engines.reference.name: 2}
    assert alone.cables == validate_and_check(cables, engines).cables


def test_one_cable_in_a_hundred_is_sampled():
    sampled = sum(is_sampled(f"09QUITO{n}", [""] * 400) for n in range(20_000))
    assert abs(sampled - 20_000 / SAMPLED) < 50


CHANGES = [
    ("a result is lost", without_results),
    ("a message differs", lambda o: replace(o, results=tuple(replace(r, message="other") for r in o.results))),
    ("a severity differs", lambda o: replace(o, results=tuple(replace(r, severity="Info") for r in o.results))),
    ("a value differs", lambda o: replace(o, results=tuple(replace(r, value='"x"') for r in o.results))),
]


@pytest.mark.parametrize("change", [case[1] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_a_difference_over_a_refused_cable_ends_the_build(engines, lines_of, names, change):
    name = names[False]
    other = Engines(reference=Changed(engines.reference, change), fast=engines.fast)
    with pytest.raises(EnginesDisagree) as raised:
        validate_and_check({name: spoilt(lines_of(name))}, other)
    assert name in str(raised.value)
    assert "cable-canonical-id" in str(raised.value)
    assert engines.fast.name in str(raised.value)


def test_a_warning_that_the_fast_engine_misses_in_the_sample_ends_the_build(engines, lines_of, names):
    name = names[True]
    lines = [line for line in lines_of(name) if "subjectLine" not in line]
    while not is_sampled(name, lines):  # what is lost with the subject changes the number of triples
        lines.append(f'<https://example.org/{len(lines)}> <https://example.org/p> "x" .\n')
    other = Engines(reference=engines.reference, fast=Changed(engines.fast, without_results))
    with pytest.raises(EnginesDisagree, match="cable-subject-missing"):
        validate_and_check({name: lines}, other)


def test_what_breaks_the_fast_engine_alone_has_the_verdict_of_the_reference(engines, lines_of, names):
    name = names[False]
    other = Engines(reference=engines.reference, fast=Changed(engines.fast, lambda _: Outcome(failure="ValueError: x")))
    verdicts = validate_and_check({name: lines_of(name)}, other)
    assert not verdicts.cables[name].is_refused
    assert verdicts.validated[engines.reference.name] == 1


def test_what_breaks_the_reference_and_is_refused_keeps_its_results(engines, lines_of, names):
    name = names[False]
    other = Engines(reference=Changed(engines.reference, lambda _: Outcome(failure="E: x")), fast=engines.fast)
    (verdict,) = validate_and_check({name: spoilt(lines_of(name))}, other).cables.values()
    assert verdict.failure == "E: x"
    assert verdict.violations


def test_what_breaks_the_reference_and_passes_the_fast_engine_ends_the_build(engines, lines_of, names):
    name = names[True]
    other = Engines(reference=Changed(engines.reference, lambda _: Outcome(failure="E: x")), fast=engines.fast)
    with pytest.raises(EnginesDisagree, match="E: x"):
        validate_and_check({name: lines_of(name)}, other)
