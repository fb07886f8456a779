"""The closed vocabularies of the telegram: classifications, captions, precedences, months; words in capitals."""

from types import MappingProxyType
from typing import Final

# ACP 121: one letter a precedence, from the most to the least urgent.
PRECEDENCES: Final = MappingProxyType({"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"})
PRECEDENCE_CODES: Final = MappingProxyType({word: code for code, word in PRECEDENCES.items()})

MONTHS: Final = MappingProxyType(
    {
        name: number
        for number, name in enumerate(
            ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), start=1
        )
    }
)

# Letters that a pattern without regard to case takes for I and K, and that stay as they are in capitals.
_TAKEN_FOR: Final = str.maketrans({"\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}": "I", "\N{KELVIN SIGN}": "K"})

# The letters of a class line without spaces, and what they mean; garbled ones as seen in releases.
CLASSIFICATIONS: Final = MappingProxyType(
    {
        "TOPSECRET": "TOP SECRET",
        "SECRET": "SECRET",
        "CONFIDENTIAL": "CONFIDENTIAL",
        "LIMITEDOFFICIALUSE": "LIMITED OFFICIAL USE",
        "LOU": "LIMITED OFFICIAL USE",
        "LIMOFFUSE": "LIMITED OFFICIAL USE",
        "UNCLASSIFIED": "UNCLASSIFIED",
        "UNCLAS": "UNCLASSIFIED",
        "UNCLASS": "UNCLASSIFIED",
    }
)

# ACP 127: the letter that a ZNY or ZNR line sends five times; E is "encrypt for transmission only".
SECURITY: Final = MappingProxyType(
    {
        "T": "TOP SECRET",
        "S": "SECRET",
        "C": "CONFIDENTIAL",
        "E": "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        "U": "UNCLASSIFIED",
    }
)

CAPTIONS: Final = frozenset(
    {
        "SIPDIS",
        "NOFORN",
        "SENSITIVE",
        "SENSITIVE BUT UNCLASSIFIED",
        "NODIS",
        "EXDIS",
        "LIMDIS",
        "STADIS",
        "NESCO",
        "FOUO",
        "FOR OFFICIAL USE ONLY",
        "EYES ONLY",
        "ROGER CHANNEL",
        "DSSR",
        "EFTO",
        "CORRECTED COPY",
        "ONLY",
    }
)

# Captions that change how the Cablegate CSV spells a classification.
NO_FOREIGN: Final = frozenset({"NOFORN"})
OFFICIAL_USE: Final = frozenset({"SENSITIVE", "SENSITIVE BUT UNCLASSIFIED", "FOUO", "FOR OFFICIAL USE ONLY"})


def in_capitals(words: str) -> str:
    """Words that a pattern matched without regard to case, in capitals and with one space for white space."""
    return " ".join(words.upper().translate(_TAKEN_FOR).split())
