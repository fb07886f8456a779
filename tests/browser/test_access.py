"""The query page for those who use a keyboard, a screen reader, a small screen, or need contrast."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import Page


def test_esc_leaves_the_editor_for_the_buttons(page: Page, server: str):
    page.open(f"{server}/query")
    page.write("ASK {}")
    page.keys(Keys.ESCAPE)
    page.keys(Keys.TAB)
    assert not page.driver.execute_script(
        "return document.querySelector('.CodeMirror').contains(document.activeElement)"
    )


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_words_stand_out_from_their_ground(page: Page, server: str, colours: str):
    page.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": colours}]}
    )
    page.open(f"{server}/query")
    page.all("#examples a")[1].click()
    page.answered(lambda: page.button("Run").click())
    faint = page.driver.execute_script(CONTRAST)
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert faint == []


# WCAG 2.1, 1.4.3: what is read has a contrast of 4.5 to 1; controls that are off are exempt.
CONTRAST = """
const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const ground = (element) => {
  for (let each = element; each; each = each.parentElement) {
    const colour = channels(getComputedStyle(each).backgroundColor);
    if (colour[3] === undefined || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
const read = [...document.querySelectorAll("body *")].filter((element) =>
  [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && element.getClientRects().length
  && !element.closest(":disabled, .skip, .CodeMirror-foldgutter-open"));
const faint = read.filter((element) => {
  const [one, other] = [light(channels(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
  return (one + 0.05) / (other + 0.05) < 4.5;
});
return [...new Set(faint.map((element) => `${element.tagName}.${element.className} ${getComputedStyle(element).color}: ${element.textContent.slice(0, 30)}`))];
"""


def test_all_controls_have_names(page: Page, server: str):
    page.open(f"{server}/query")
    page.run("SELECT * { ?s ?p ?o } LIMIT 300")
    page.driver.execute_cdp_cmd("Accessibility.enable", {})
    nodes = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    page.driver.execute_cdp_cmd("Accessibility.disable", {})
    controls = [
        (node["role"]["value"], node["name"]["value"].strip())
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in ("button", "link", "textbox", "searchbox", "combobox")
    ]
    assert ("textbox", "Query in SPARQL") in controls
    assert [role for role, name in controls if not name] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_page_is_no_wider_than_its_window(page: Page, server: str, width: int):
    screen = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    page.open(f"{server}/query")
    page.all("#examples a")[1].click()
    page.answered(lambda: page.button("Run").click())
    page_width, window = page.driver.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert window == width
    assert page_width <= width
