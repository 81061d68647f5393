import assert from "node:assert/strict";
import { HOSTILE, address, api, asked, called, kinds, leads, number, scene, shot, total, unfold } from "./harness.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** What stands out of the page to the right, though nothing lets it be scrolled into view. */
const sticking = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const element of document.querySelectorAll("body *")) {
    const area = element.getBoundingClientRect();
    if (area.width === 0 || area.right <= width + 1 || element.closest("svg")?.parentElement !== element.parentElement && element.closest("svg") !== null && element.tagName !== "svg") continue;
    let scrolled = false;
    for (let up = element.parentElement; up; up = up.parentElement) if (["auto", "scroll"].includes(getComputedStyle(up).overflowX)) scrolled = true;
    if (!scrolled) found.push(`${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} ends at ${Math.round(area.right)}: ${element.textContent.slice(0, 40)}`);
  }
  return found.slice(0, 8);
});

for (const width of [360, 320]) {
  scene(`at ${width} px no page scrolls sideways, folded or unfolded`, { ...PHONE, viewport: { width, height: 740 }, refusals: true }, async ({ page }) => {
    const wide = [];
    for (const { name, at } of await kinds()) {
      await page.goto(at);
      wide.push(...(await sticking(page)).map((what) => `${name}: ${what}`));
      if (width === 360) await shot(page, `phone-${name}`);
      await unfold(page);
      wide.push(...(await sticking(page)).map((what) => `${name}, unfolded: ${what}`));
    }
    assert.deepEqual(wide, []);
  });
}

scene("words without an end scroll no page sideways", { ...PHONE, site: HOSTILE, refusals: true }, async ({ page }) => {
  const wide = [];
  const { hits } = await api("/search", { limit: 100 }, HOSTILE);
  const long = "m".repeat(300);
  for (const at of ["/", "/facet/source", "/facet/collection", ...hits.map((hit) => `/a/${hit.id}`), address("/", { q: long }), address("/", { from: long }), address("/", { q: `"${long}`, is: `source:/${long}` }), address("/o", { name: long })]) {
    await page.goto(at);
    wide.push(...(await sticking(page)).map((what) => `${at.slice(0, 60)}: ${what}`));
  }
  assert.deepEqual(wide, []);
});

scene("on a phone all is reached: box, hits, bars, map, facets, pages", PHONE, async ({ page }) => {
  await page.goto(address("/", { q: "xã" }));
  for (const part of ["#q", ".total", ".hits h3 a >> nth=0", "#bars", "figure.map svg", "#facet-province .row a >> nth=0", "#facet-source .row a >> nth=0", ".pages .next", ".takeaway a >> nth=0", "header a[hreflang]", "footer"]) {
    const element = page.locator(part).first();
    await element.scrollIntoViewIfNeeded();
    assert.ok(await element.isVisible(), part);
    const area = await element.boundingBox();
    assert.ok(area.x >= 0 && area.x + area.width <= 361, `${part} ${JSON.stringify(area)}`);
  }
  const tile = page.locator("figure.map svg a");
  const place = await tile.evaluateAll((all) => all.findIndex((one) => !one.querySelector("title").textContent.endsWith(": 0")));
  const count = number((await called(tile.nth(place))).split(": ").at(-1));
  await leads(page, () => tile.nth(place).locator("rect").tap());
  assert.equal(await total(page), count);
  await page.goto(address("/", { q: "xã" }));
  const row = page.locator("#facet-date .row").first();
  const dated = number(await row.locator(".count").innerText());
  await leads(page, () => row.locator("a").first().tap());
  assert.equal(await total(page), dated);
  await leads(page, () => page.locator(".hits h3 a").first().tap());
  assert.ok(await page.locator(".text").isVisible());
});

scene("on a phone the completion list fits and is tapped", PHONE, async ({ page }) => {
  await page.goto("/");
  await page.locator("#q").tap();
  await page.keyboard.type("chuy");
  const row = page.locator("#completions li").nth(1);
  await row.waitFor();
  const area = await page.locator("#completions").boundingBox();
  assert.ok(area.x >= 0 && area.x + area.width <= 360, JSON.stringify(area));
  await shot(page, "phone-completion");
  const text = await row.locator("span").innerText();
  await leads(page, () => row.tap());
  assert.equal(asked(page).get("q"), text);
});
