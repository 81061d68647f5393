import assert from "node:assert/strict";
import { address, api, asked, follow, number, scene, total } from "./harness.mjs";
import { toTheEnd } from "./pages.mjs";

for (const [name, query] of [["the archive", {}], ["a query", { q: "chuyển đổi số" }], ["every copy", { all_copies: "true" }], ["a filter and an order", { not: "province:/ninh-binh", sort: "oldest" }]]) {
  scene(`the pages of ${name} lead to its last hit, each hit once`, {}, async ({ page }) => {
    const { seen, pages } = await toTheEnd(page, address("/", query));
    const told = number(query.all_copies ? await page.locator(".total strong").innerText() : (await page.locator(".total").innerText()).split("·")[1]);
    assert.ok(pages > 1);
    assert.equal(new Set(seen).size, seen.length, "no hit twice");
    assert.equal(seen.length, told);
    const { hits } = await api("/search", { ...query, limit: 100 });
    assert.deepEqual(seen, hits.map((hit) => `/a/${hit.id}`), "in the order of the API");
    await follow(page, page.locator(".pages a[rel=first]"));
    assert.equal(asked(page).get("after"), null);
    assert.equal(await page.locator("ol.hits").getAttribute("start"), "1");
  });
}

scene("totals stay the same on later pages, and a filter begins at the first page", {}, async ({ page }) => {
  await page.goto(address("/", { q: "xã" }));
  const before = await total(page);
  await follow(page, page.locator(".pages .next"));
  assert.equal(await total(page), before);
  await follow(page, page.locator("#facet-date .row a:first-child").first());
  assert.equal(asked(page).get("after"), null);
  assert.equal(await page.locator("ol.hits").getAttribute("start"), "1");
});
