import assert from "node:assert/strict";
import { address, asked, follow, kinds, scene, shot, total } from "./harness.mjs";

const language = (page) => page.locator("html").getAttribute("lang");
const toggle = (page) => page.locator("header a[hreflang]");

scene("the language follows the browser", { locale: "en-GB" }, async ({ page }) => {
  await page.goto("/");
  assert.equal(await language(page), "en");
  assert.match(await page.locator(".total").innerText(), /articles/);
});

scene("the language that is chosen stays, on every page, and can be taken back", {}, async ({ page }) => {
  await page.goto(address("/", { q: "chuyển đổi số", is: "date:/2024" }));
  assert.equal(await language(page), "vi");
  const before = await total(page);
  await follow(page, toggle(page));
  assert.equal(await language(page), "en");
  assert.equal(asked(page).get("q"), "chuyển đổi số");
  assert.equal(asked(page).get("is"), "date:/2024");
  assert.equal(await total(page), before);
  await shot(page, "english");
  await follow(page, page.locator(".hits h3 a").first());
  assert.equal(await language(page), "en");
  for (const { at, refused } of await kinds()) {
    if (refused) continue;
    await page.goto(at);
    assert.equal(await language(page), "en", at);
  }
  await follow(page, toggle(page));
  assert.equal(await language(page), "vi");
  await page.goto("/");
  assert.equal(await language(page), "vi");
});

scene("problem pages keep the language that was chosen", { refusals: true }, async ({ page }) => {
  await page.goto("/?lang=en");
  for (const { at, refused } of await kinds()) {
    if (!refused) continue;
    await page.goto(at);
    assert.equal(await language(page), "en", at);
  }
});

scene("the switch stays on the page where it stands", { refusals: true }, async ({ page }) => {
  for (const { at } of await kinds()) {
    await page.goto(at);
    const here = new URL(page.url());
    await follow(page, toggle(page));
    const there = new URL(page.url());
    there.searchParams.delete("lang");
    assert.equal(there.pathname + new URLSearchParams(there.searchParams), here.pathname + new URLSearchParams(here.searchParams), at);
  }
});

scene("no Vietnamese is left in the English frame of a page, nor English in the Vietnamese", { locale: "en-GB", refusals: true }, async ({ page }) => {
  const names = (page) => page.locator("h1, h2, summary, figcaption, label, button, nav a, th, .takeaway").evaluateAll((all) => all.map((one) => one.textContent.trim()));
  await page.goto(address("/", { q: "lũ" }));
  const english = (await names(page)).filter((text) => /lọc|tìm|bài|đến|nguồn|tỉnh|thời gian|cán bộ|bảng số|trang sau/i.test(text) && !/English|Tiếng Việt/.test(text));
  assert.deepEqual(english, []);
  await page.goto(address("/", { q: "lũ", lang: "vi" }));
  const vietnamese = (await names(page)).filter((text) => /(?<!\p{L})(articles?|search|filter|source|province|official|date|next page|from|to)(?!\p{L})/iu.test(text));
  assert.deepEqual(vietnamese, []);
});
