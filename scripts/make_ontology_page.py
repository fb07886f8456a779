"""Make a reference page of the ontology with pyLODE: kg/web/static/ontology/reference.html and its style sheet.

usage: python scripts/make_ontology_page.py

The style goes into a file of its own, since the server's Content-Security-Policy lets no page carry one, and nothing
is fetched from elsewhere. Both are built (`make ontology-page`) and not kept in git.
"""

import re
from pathlib import Path
from typing import Final

from pylode import OntPub

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "kg" / "web" / "static" / "ontology"
SHEET: Final = "reference.css"
STYLE: Final = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
FETCHED: Final = re.compile(
    r"""<(?:script[^>]*\ssrc|link[^>]*\shref|img[^>]*\ssrc)=["'](?!data:|reference\.css)[^"']*"""
)


def page(html: str) -> tuple[str, str]:
    """The page with a link to its style sheet in place of the style, and the sheet."""
    sheet = "\n".join(STYLE.findall(html))
    bare = STYLE.sub("", html).replace("</head>", f'<link rel="stylesheet" href="{SHEET}"></head>', 1)
    if found := FETCHED.search(bare):
        raise SystemExit(f"pyLODE's page would fetch {found.group()}; leave that out in scripts/make_ontology_page.py.")
    return bare, sheet


def main() -> None:
    html, sheet = page(OntPub(str(ROOT / "ontology" / "ontology.ttl")).make_html())
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "reference.html").write_text(html, encoding="utf-8", newline="\n")
    (FOLDER / SHEET).write_text(sheet, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
