"""The summary."""

import pytest

from kg.cables import parse
from kg.cables.body.plain import plain_summary


@pytest.mark.parametrize(
    "text",
    [
        "1. (C) BEGIN SUMMARY: Nets. END SUMMARY.\n\n2. (C) Two.\n",
        "1. Summary. (C) Nets.\n\n2. (C) Two.\n",
        "1. (C) Introduction and Summary: Nets. End introduction and summary.\n",
        "1. (U) This is an action request, see paragraph 9.\n\n2. (C) Summary: Nets.\n\n3. (C) Three.\n",
        "SUMMARY\n\n(C) Nets. END SUMMARY\n\n1. (C) Two.\n",
        "Summary and Introduction\n------------\n\n1. (C) Nets.\n\n2. (C) Two.\n",
        "1. (C) SUMMARY/COMMENT: Nets.\n\n2. (C) Two.\n",
        "1. (C) SUMMAY: Nets. END SUMMAY\n\n2. (C) Two.\n",
        "1. (C) Nets. END\nSUMMARY AND COMMENT.\n\n2. (C) Two.\n",
        "1. (C) Summary - Nets. -------- Ropes --------\n\n2. (C) Two.\n",
    ],
)
def test_summary(raw, text):
    assert plain_summary(parse(raw(text))) == "Nets."


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("1. (C) SUMMARY: Nets. END SUMMARY.\n", (True, True)),
        ("1. (C) SUMMARY: Nets.\n\n2. (C) Two.\n", (True, False)),
        ("1. (C) Nets. END SUMMARY.\n\n2. (C) Two.\n", (False, True)),
    ],
)
def test_what_is_marked(raw, text, flags):
    (region,) = parse(raw(text)).regions
    assert (region.kind, region.is_opened, region.is_closed) == ("summary", *flags)


@pytest.mark.parametrize("text", ["1. (C) The summary judgement came.\n", "1. (C) One.\n\n2. (C) Two.\n"])
def test_no_summary(raw, text):
    assert parse(raw(text)).summary is None
