"""Known instruments: when signed and in force, with whom deposited, whose parties; from the table of treaties."""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """A known instrument; years and depositary are None where the table does not say.

    `parties` are country codes where the instrument is closed; `scope` is a body whose members are its parties, or
    `open` to all states.
    """

    name: str
    kind: str
    aliases: tuple[str, ...]
    signed: int | None
    in_force: int | None
    depositary: str | None
    parties: tuple[str, ...]
    scope: str | None

    def status_in(self, year: int) -> str:
        """Its status in a year, as the annotation guidelines name it: signed, in force or unknown."""
        if self.in_force is not None and self.in_force < year:
            return "in force"
        return "signed" if self.signed is not None and self.signed < year else "unknown"


@cache
def treaties() -> MappingProxyType[str, Treaty]:
    """All known instruments by name."""
    return MappingProxyType({row["name"]: _treaty(row) for row in rows("treaties.tsv")})


def _treaty(row: dict[str, str]) -> Treaty:
    parties = row["parties"].split("|") if row["parties"] else []
    codes = tuple(party for party in parties if len(party) == 2 and party.isupper())
    return Treaty(
        name=row["name"],
        kind=row["kind"],
        aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
        signed=int(row["signed"]) if row["signed"] else None,
        in_force=int(row["in_force"]) if row["in_force"] else None,
        depositary=row["depositary"] or None,
        parties=codes if len(codes) > 1 else (),
        scope=parties[0] if parties and not codes else None,
    )
