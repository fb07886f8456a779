"""Nothing is lost: whatever sources are built and added, every raw cable is found back, byte for byte."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build.partitions import read_partition
from kg.build.pipeline import Plan, add, build
from kg.build.quarantine import held, refused_by
from kg.build.report import BuildReport
from kg.sources import read
from kg.sources.model import RawCable
from kg.store.folder import DataFolder
from kg.validation.quarantine import fingerprint

WHOLE = """VZCZCXYZ0004
PP RUEHC
DE RUEHLI #{number:04d}/01 0731655
ZNY CCCCC ZZH
P 141655Z MAR 06
FM AMEMBASSY LISBON
TO RUEHC/SECSTATE WASHDC PRIORITY 4521

UNCLAS {section}LISBON 00{number:04d}

E.O. 12958: N/A
TAGS: PREL, PO
SUBJECT: A LAMP FOR LIGHT {number}

1. (U) This telegram is fiction, as of light {number}. {words}
"""
NAMELESS = """FM AMEMBASSY LISBON
TO SECSTATE WASHDC

UNCLAS

E.O. 12958: N/A
TAGS: PREL, PO
SUBJECT: A LAMP WITH NO NUMBER

1. (U) This telegram is fiction. {words}
"""

NUMBERS = st.integers(9101, 9104)
# The cable of this number is refused by the shapes.
UNWANTED = 9104
# Odd characters on purpose: they have to come back as they were.
WORDS = st.sampled_from(
    ["The lamp is lit.", "The lamp is out.", "Caf\u00e9 \u2014 \ufffd.", "\x0b\x1f  \u2028 end.", ""]
)


@st.composite
def telegrams(draw: st.DrawFn) -> str:
    words = draw(WORDS)
    kind = draw(st.sampled_from(["whole", "section", "nameless", "no cable"]))
    if kind == "nameless":
        return NAMELESS.format(words=words)
    if kind == "no cable":
        return f"Dear colleague, {words}\n"
    section = f"SECTION 0{draw(st.integers(1, 2))} OF 02 " if kind == "section" else ""
    return WHOLE.format(number=draw(NUMBERS), section=section, words=words)


# Each step is a build, which begins anew, or what is added; several files a step.
STEPS = st.lists(st.lists(telegrams(), min_size=1, max_size=5), min_size=1, max_size=3)


def reconciles(report: BuildReport) -> bool:
    return report.read == report.loaded + report.quarantined + report.duplicates + report.sections_joined


def kept(data: DataFolder) -> list[RawCable]:
    """All raw cables of the current snapshot's texts."""
    return [raw for path in sorted(data.snapshot().texts.iterdir()) for _, _, raw in read_partition(path)]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_raw_cable_of_builds_and_adds_is_found_back(
    plan_of: Callable[..., Plan], refusing: Callable[[str], None], steps: list[list[str]]
):
    refusing(f"LIGHT {UNWANTED}")
    root = Path(tempfile.mkdtemp())
    try:
        _check(plan_of, root, steps)
    finally:
        shutil.rmtree(root)


def _check(plan_of: Callable[..., Plan], root: Path, steps: list[list[str]]) -> None:
    data = DataFolder(root / "data")
    given_so_far: dict[str, str] = {}
    for number, texts in enumerate(steps):
        source = root / f"step{number}"
        source.mkdir()
        for place, text in enumerate(texts):
            (source / f"{place}.txt").write_text(text, encoding="utf-8", newline="")
        found = [one for one in read([source]) if isinstance(one, RawCable)]
        if not found and not given_so_far:
            continue
        given_so_far |= {fingerprint(raw): raw.text for raw in found}
        report = add(plan_of(data.path, source)) if data.current.exists() else build(plan_of(data.path, source))
        assert reconciles(report)
        assert {fingerprint(raw): raw.text for raw in kept(data)} == given_so_far
        in_quarantine = [one for one in held(data) if one.is_current]
        assert len(in_quarantine) == report.quarantined
        refused = {key for key, text in given_so_far.items() if "NO NUMBER" in text or f"LIGHT {UNWANTED}" in text}
        assert {fingerprint(raw) for one in in_quarantine for raw in one.refused.raw} == refused


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(telegrams(), min_size=1, max_size=3), min_size=3, max_size=4))
def test_what_was_refused_once_is_found_back_after_any_builds(plan_of: Callable[..., Plan], steps: list[list[str]]):
    root = Path(tempfile.mkdtemp())
    try:
        data = DataFolder(root / "data")
        refused: set[str] = set()
        for number, texts in enumerate(steps):
            source = root / f"step{number}"
            source.mkdir()
            for place, text in enumerate([*texts, WHOLE.format(number=9105, section="", words="")]):
                (source / f"{place}.txt").write_text(text, encoding="utf-8", newline="")
            report = build(plan_of(data.path, source))
            assert reconciles(report)
            refused |= {fingerprint(raw) for one in refused_by(data, report.snapshot) for raw in one.raw}
            back = {fingerprint(raw) for one in held(data) for raw in one.refused.raw}
            assert back | {fingerprint(raw) for raw in kept(data)} >= refused
    finally:
        shutil.rmtree(root)
