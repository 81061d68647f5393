import assert from "node:assert/strict";
import { address, api, asked, follow, leads, scene, shot, total, unfold } from "./harness.mjs";

const tiles = (page) => page.locator("figure.map svg a").evaluateAll((links) => links.map((link) => {
  const [label, count] = link.querySelector("title").textContent.split(": ");
  return { label, count: Number(count.replaceAll(/[.,]/g, "")), unit: link.dataset.unit, href: link.getAttribute("href"), shade: link.querySelector("rect").getAttribute("class") };
}));

for (const [name, query, units] of [["today's 34 units", {}, 34], ["the 63 units of before", { map: "before" }, 63]]) {
  scene(`a click on a tile of ${name} gives the articles that it counts`, {}, async ({ page }) => {
    await page.goto(address("/", { q: "xã", ...query }));
    const all = await tiles(page);
    assert.equal(all.length, units);
    const some = all.map((tile, place) => ({ ...tile, place })).filter((tile) => tile.count > 0);
    assert.ok(some.length > 5, `${some.length} tiles hold something`);
    await shot(page, `map-${units}`);
    for (const tile of [some[0], some[Math.floor(some.length / 2)], some.at(-1)]) {
      await page.goto(address("/", { q: "xã", ...query }));
      const area = await page.locator("figure.map svg a").nth(tile.place).locator("rect").boundingBox();
      await leads(page, () => page.mouse.click(area.x + area.width / 2, area.y + area.height / 2));
      assert.match(asked(page).get("is"), /^province:/);
      assert.equal(asked(page).get("q"), "xã");
      assert.equal(asked(page).get("map"), query.map ?? null);
      assert.equal(await total(page), tile.count, tile.label);
      assert.ok((await page.locator(".chips a").first().innerText()).includes(tile.label), tile.label);
    }
  });

  scene(`each of ${name} has the number that the API has, in the picture and in the table`, {}, async ({ page }) => {
    await page.goto(address("/", query));
    const drawn = await tiles(page);
    await unfold(page);
    const rows = await page.locator("figure.map tbody tr").evaluateAll((all) => all.map((row) => [row.cells[0].textContent, Number(row.cells[1].textContent.replaceAll(".", "")), row.querySelector("a").getAttribute("href")]));
    assert.deepEqual(rows, drawn.map((tile) => [tile.label, tile.count, tile.href]));
    const wrong = [];
    for (const tile of drawn) {
      const is = new URL(tile.href, "http://x").searchParams.get("is");
      const { total } = await api("/search", { is, limit: 0 });
      if (total !== tile.count) wrong.push(`${tile.label} says ${tile.count}, a click gives ${total}`);
    }
    assert.deepEqual(wrong, []);
  });
}

scene("tiles are shaded by their counts, and the other map is a click away", {}, async ({ page }) => {
  await page.goto(address("/", { q: "xã" }));
  const all = await tiles(page);
  const shade = (tile) => Number(/s(\d)/.exec(tile.shade)[1]);
  const sorted = [...all].sort((one, other) => one.count - other.count);
  sorted.slice(1).forEach((tile, at) => assert.ok(shade(tile) >= shade(sorted[at])));
  assert.equal(shade(sorted.at(-1)), 5);
  await follow(page, page.locator("figure.map figcaption a").nth(1));
  assert.equal((await tiles(page)).length, 63);
  assert.equal(asked(page).get("q"), "xã");
  await follow(page, page.locator("figure.map figcaption a").nth(0));
  assert.equal((await tiles(page)).length, 34);
});
