"""An invented telegram and a way to make raw cables of text."""

from collections.abc import Callable

import pytest

from kg.sources.model import RawCable

TELEGRAM = """\
VZCZCXRO1234
PP RUEHWEB
DE RUEHBO #4711/01 1231545
ZNY CCCCC ZZH
P R 031545Z MAY 07
FM AMEMBASSY BOGOTA
TO RUEHC/SECSTATE WASHDC PRIORITY 6790
INFO RUEHQT/AMEMBASSY QUITO PIORITY 7653
RUEHZP/AMEMBASSY PANAMA FEB 2953
RUEHZL/EUROPEAN POLITICAL COLLECTIVE
XMT AMCONSUL NAPLES
RHEHNSC/NSC WASHDC

C O N F I D E N T I A L SECTION 01 OF 02 BOGOTA 004711

SIPDIS
NOFORN

DEPARTMENT FOR WHA/AND

E.O. 12958: DECL: 05/03/2017
TAGS: [PGOV](#) [PREL](#), MASSMNUC, OVIP (DOE, JANE Q.),
ECON CO
SUBJECT: THE LIGHTHOUSE KEEPERS ASK
FOR LONGER LADDERS

REF: A. 06 QUITO 1234
[1](#)B. PANAMA 00099 AND 100
[1](#)C. DOE/ROE E-MAIL OF MAY 1

Classified By: Political Counselor Jane Q. Doe.
Reasons: 1.4 (b) and (d).

SUMMARY
-------

[1](#)1. (C/NF) The keepers asked for ladders. End summary.

THE LADDERS
-----------

[1](#)2. (C) Keeper Roe said on May
15. that the ladders were short, and the wood

BOGOTA 00004711  002 OF 002

was wet.

He spoke again
SIPDIS
about the wood.

¶3. (U) The post will report again.
DOE
"""


@pytest.fixture
def telegram() -> str:
    """The text of an invented telegram with the artefacts of a scraped copy."""
    return TELEGRAM


@pytest.fixture
def raw() -> Callable[..., RawCable]:
    """Makes a raw cable of a text and of metadata given by name."""

    def make(text: str, **values: str) -> RawCable:
        known = {"source": "invented.txt", "format": "telegram"}
        source, form = (values.pop(name, default) for name, default in known.items())
        return RawCable(
            source=source, position=1, format=form, encoding="utf-8", metadata=tuple(sorted(values.items())), text=text
        )

    return make
