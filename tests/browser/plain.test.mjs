// Everything again without JavaScript.
import assert from "node:assert/strict";
import { address, api, asked, called, follow, leads, number, scene, shot, total } from "./harness.mjs";
import { toTheEnd } from "./pages.mjs";

const PLAIN = { javaScriptEnabled: false };

scene("without JavaScript a query is asked, and filtered by facet, in and out", PLAIN, async ({ page }) => {
  await page.goto("/");
  assert.equal(await page.locator("#q").getAttribute("role"), null, "no script has run");
  await page.locator("#q").fill("chuyen doi so");
  await leads(page, () => page.keyboard.press("Enter"));
  const before = await total(page);
  assert.equal(before, (await api("/search", { q: "chuyển đổi số" })).total);
  const row = page.locator("#facet-province .row").first();
  const count = number(await row.locator(".count").innerText());
  await follow(page, row.locator("a").first());
  assert.equal(await total(page), count);
  await follow(page, page.locator(".chips a").first());
  await follow(page, page.locator("#facet-province .row a.not").first());
  assert.equal(await total(page), before - count);
  await follow(page, page.locator("#facet-official .more a"));
  await page.locator("#inside-official").fill("sao");
  await follow(page, page.locator("form.inside button"));
  assert.equal(asked(page).get("q"), "chuyen doi so");
  await shot(page, "plain");
});

scene("without JavaScript the pages lead to the last hit", PLAIN, async ({ page }) => {
  const { seen } = await toTheEnd(page, address("/", { q: "xã" }));
  assert.deepEqual(seen, (await api("/search", { q: "xã", limit: 100 })).hits.map((hit) => `/a/${hit.id}`));
});

scene("without JavaScript an article opens with its evidence and the query marked", PLAIN, async ({ page }) => {
  await page.goto(address("/", { q: "chuyển đổi số" }));
  await follow(page, page.locator(".hits h3 a").first());
  assert.ok((await page.locator("mark.match").count()) > 0);
  const link = page.locator(".facts .evidence a").first();
  const target = await link.getAttribute("href");
  await link.click();
  assert.equal(new URL(page.url()).hash, target);
  assert.ok(await page.locator(target).evaluate((mark) => mark.matches(":target")));
  assert.ok(!(await page.locator("button.copy").isVisible()), "buttons that need a script are not shown");
  await page.goto("/help");
  assert.ok(!(await page.locator("#forget").isVisible()));
});

scene("without JavaScript bars and tiles filter, and a span can be typed", PLAIN, async ({ page }) => {
  await page.goto(address("/", { q: "xã", by: "year" }));
  const bar = page.locator("#bars a").nth(1);
  const count = number((await called(bar)).split(": ").at(-1));
  await leads(page, () => bar.locator("rect.slot").click());
  assert.equal(await total(page), count);
  await page.goto(address("/", { q: "xã" }));
  const place = (await page.locator("figure.map svg a").evaluateAll((all) => all.findIndex((tile) => !tile.querySelector("title").textContent.endsWith(": 0"))));
  const tile = page.locator("figure.map svg a").nth(place);
  const tiled = number((await called(tile)).split(": ").at(-1));
  await leads(page, () => tile.locator("rect").click());
  assert.equal(await total(page), tiled);
  await page.goto(address("/", { q: "xã" }));
  await page.locator("form.range [name=from]").fill("2025");
  await follow(page, page.locator("form.range button"));
  assert.equal(await total(page), (await api("/search", { q: "xã", from: "2025" })).total);
});

scene("without JavaScript the language switches, and a result is exported", PLAIN, async ({ page }) => {
  await page.goto(address("/", { q: "lũ" }));
  await follow(page, page.locator("header a[hreflang=en]"));
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator(".takeaway a", { hasText: "CSV" }).click()]);
  assert.match(file.suggestedFilename(), /\.csv$/);
  await page.goto("/");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
});
