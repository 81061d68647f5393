import assert from "node:assert/strict";
import { HOSTILE, address, api, asked, follow, leads, number, scene, shot, total, totalAt } from "./harness.mjs";

const bars = (page) => page.locator("#bars a").evaluateAll((links) => links.map((link) => ({
  from: link.dataset.from, to: link.dataset.to, label: link.querySelector("title").textContent, href: link.getAttribute("href"),
  count: Number(link.querySelector("title").textContent.split(": ").at(-1).split(" ")[0].replaceAll(/[.,]/g, "")),
})));

/** The middle of a bar on the screen. */
async function middle(page, place, height = 0.4) {
  await page.locator("#bars").scrollIntoViewIfNeeded();
  const area = await page.locator("#bars a").nth(place).locator("rect.slot").boundingBox();
  return [area.x + area.width / 2, area.y + area.height * height];
}

async function drag(page, from, to) {
  const [start, end] = [await middle(page, from), await middle(page, to)];
  await page.mouse.move(...start);
  await page.mouse.down();
  await page.mouse.move((start[0] + end[0]) / 2, start[1], { steps: 4 });
  await page.mouse.move(...end, { steps: 4 });
  const chosen = await page.locator("#bars .chosen").count();
  await leads(page, () => page.mouse.up());
  return chosen;
}

for (const by of ["year", "month", "day"]) {
  scene(`a click on a bar of a ${by} gives the articles that it counts`, {}, async ({ page }) => {
    const query = by === "day" ? { by, is: "date:/2024/04" } : { by };
    await page.goto(address("/", query));
    assert.equal(await page.locator("figure.time figcaption a[aria-current=true]").first().innerText(), { year: "năm", month: "tháng", day: "ngày" }[by]);
    const place = (await bars(page)).findIndex((bar) => bar.count > 0);
    const { count, href } = (await bars(page))[place];
    await leads(page, async () => page.mouse.click(...(await middle(page, place))));
    assert.equal(new URL(page.url()).search, new URL(href, page.url()).search);
    assert.equal(await total(page), count);
  });
}

for (const [name, back] of [["from left to right", false], ["from right to left", true]]) {
  scene(`dragging over bars ${name} filters by the span between them`, {}, async ({ page }) => {
    await page.goto(address("/", { q: "xã", by: "year", sort: "newest" }));
    const before = await total(page);
    const all = await bars(page);
    assert.ok(all.length >= 4);
    const chosen = await (back ? drag(page, 2, 1) : drag(page, 1, 2));
    assert.equal(chosen, 2, "the bars between are painted");
    assert.equal(asked(page).get("from"), all[1].from);
    assert.equal(asked(page).get("to"), all[2].to);
    assert.equal(asked(page).get("q"), "xã");
    assert.equal(asked(page).get("sort"), "newest");
    const after = await total(page);
    assert.ok(after < before, `${after} of ${before}`);
    assert.ok(after >= all[1].count + all[2].count, `${after} of at least ${all[1].count + all[2].count}`);
    assert.equal(after, (await api("/search", { q: "xã", from: all[1].from, to: all[2].to })).total);
    assert.equal(await page.locator(".chips li").count(), 3);
    await shot(page, "dragged");
  });
}

scene("a drag that ends outside the picture goes to its edge, one that comes back to its start is none", {}, async ({ page }) => {
  await page.goto(address("/", { by: "year" }));
  const all = await bars(page);
  const start = await middle(page, all.length - 2);
  await page.mouse.move(...start);
  await page.mouse.down();
  await page.mouse.move(start[0] + 30, start[1], { steps: 3 });
  await page.mouse.move(1270, start[1] + 200, { steps: 5 });
  await leads(page, () => page.mouse.up());
  assert.equal(asked(page).get("from"), all.at(-2).from);
  assert.equal(asked(page).get("to"), all.at(-1).to);
});

scene("a drag does not follow the bar on which it ends", {}, async ({ page }) => {
  await page.goto(address("/", { by: "year" }));
  await drag(page, 0, 1);
  assert.equal(asked(page).get("is"), null);
  assert.ok(asked(page).get("from"));
});

scene("bars stand for years, months or days, as numbers or as shares of the archive", {}, async ({ page }) => {
  await page.goto(address("/", { q: "chuyển đổi số" }));
  const names = page.locator("figure.time figcaption a");
  await follow(page, names.filter({ hasText: /^năm$/ }));
  assert.equal(asked(page).get("by"), "year");
  const absolute = await bars(page);
  await follow(page, names.filter({ hasText: "phần của kho" }));
  assert.equal(asked(page).get("by"), "year");
  const relative = await bars(page);
  assert.match(relative[0].label, /: \d+ \/ \d+ \(\d+[.,]\d+ %\)$/);
  assert.deepEqual(relative.map((bar) => bar.from), absolute.map((bar) => bar.from));
  const heights = () => page.locator("#bars rect.bar").evaluateAll((all) => all.map((bar) => Number(bar.getAttribute("height"))));
  const shares = relative.map((bar) => { const [, count, archive] = /: (\d+) \/ (\d+)/.exec(bar.label); return archive === "0" ? 0 : count / archive; });
  const [drawn, most] = [await heights(), Math.max(...shares)];
  drawn.forEach((height, at) => assert.ok(Math.abs(height - shares[at] / most * 120) < 1.6, `${height} for ${shares[at]}`));
  await follow(page, names.filter({ hasText: "số bài" }));
  const [counts, tallest] = [await heights(), Math.max(...absolute.map((bar) => bar.count))];
  counts.forEach((height, at) => assert.ok(Math.abs(height - absolute[at].count / tallest * 120) < 1.6));
});

scene("the table holds the same numbers as the bars, and all adds up to the total", {}, async ({ page }) => {
  for (const query of [{}, { q: "chuyển đổi số", by: "year" }, { by: "month", is: "date:/2024" }]) {
    await page.goto(address("/", query));
    const drawn = await bars(page);
    await page.locator("figure.time summary").click();
    const rows = await page.locator("figure.time tbody tr").evaluateAll((all) => all.map((row) => [row.cells[0].textContent, Number(row.cells[1].textContent.replaceAll(".", "")), row.querySelector("a")?.getAttribute("href")]));
    assert.deepEqual(rows.slice(0, drawn.length), drawn.map((bar) => [bar.label.split(": ")[0], bar.count, bar.href]));
    const told = await page.locator("figure.time > .note a").allInnerTexts();
    assert.equal(rows.length, drawn.length + told.length);
    assert.equal(rows.reduce((sum, row) => sum + row[1], 0), await total(page), "bars and what is in none");
  }
});

scene("articles that no bar holds are counted apart, each kind a link", {}, async ({ page }) => {
  await page.goto(address("/", { by: "month" }));
  const links = page.locator("figure.time > .note a");
  const told = await links.evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.textContent]));
  assert.ok(told.length >= 2);
  for (const [href, text] of told) assert.equal(await totalAt(href), Number(text.split(" ").at(-1)), text);
});

scene("a span can be typed, and certain dates alone asked for", {}, async ({ page }) => {
  await page.goto(address("/", { q: "xã" }));
  const before = await total(page);
  await page.locator("form.range [name=from]").fill("2024-01");
  await page.locator("form.range [name=to]").fill("2024-06");
  await follow(page, page.locator("form.range button"));
  assert.equal(asked(page).get("q"), "xã");
  assert.equal(await total(page), (await api("/search", { q: "xã", from: "2024-01", to: "2024-06" })).total);
  assert.ok((await total(page)) < before);
  assert.equal(await page.locator("form.range [name=from]").inputValue(), "2024-01");
  await page.locator("form.range [type=checkbox][name=precise]").check();
  await follow(page, page.locator("form.range button"));
  assert.equal(asked(page).get("precise"), "true");
  assert.ok(await page.locator("form.range [type=checkbox][name=precise]").isChecked());
  // And it can be given up again where it was set.
  await page.locator("form.range [type=checkbox][name=precise]").uncheck();
  await follow(page, page.locator("form.range button"));
  assert.ok(!(await page.locator("form.range [type=checkbox][name=precise]").isChecked()), "unticked stays unticked");
  assert.equal(asked(page).get("precise"), null);
});

scene("dates are no more exact than they are known", { site: HOSTILE }, async ({ page }) => {
  await page.goto(address("/", { q: "ngày hội văn hóa" }));
  assert.equal(await page.locator(".hits .when").first().innerText(), "khoảng 2022");
  await page.goto(address("/", { is: "date:unknown" }));
  assert.match(await page.locator(".hits .when").first().innerText(), /^không rõ ngày/);
  await page.goto(address("/", { q: "trồng cau" }));
  assert.equal(await page.locator(".hits .when").first().innerText(), "03/09/2020*");
});
