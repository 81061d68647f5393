import assert from "node:assert/strict";
import { address, asked, follow, leads, number, scene, shot, total, totalAt } from "./harness.mjs";

/** Rows that can be seen: address, name, count, address of the click that excludes. */
const rows = (page, within) => page.locator(`${within} .row`).evaluateAll((rows) => rows.map((row) => ({
  label: row.querySelector("a").textContent,
  href: row.querySelector("a").getAttribute("href"),
  count: Number(row.querySelector(".count").textContent.replaceAll(/[.,]/g, "")),
  not: row.querySelector("a.not")?.getAttribute("href"),
})));

for (const field of ["province", "official", "date", "source", "collection"]) {
  scene(`the count beside each ${field} is the total after the click, and what is left after excluding it`, {}, async ({ page }) => {
    for (const query of [{}, { q: "chuyển đổi số", sort: "newest" }]) {
      await page.goto(address("/", query));
      const before = await total(page);
      const seen = await rows(page, `#facet-${field}`);
      assert.ok(seen.length > 0, "there are values");
      // All kinds of rows, not all of them: the first, those below, those of no value.
      const some = [...seen.slice(0, 4), ...seen.slice(-4)];
      for (const row of some) {
        assert.equal(await totalAt(row.href), row.count, `${row.label} ${row.href}`);
        assert.equal(await totalAt(row.not), before - row.count, `without ${row.label} ${row.not}`);
        for (const [name, value] of Object.entries(query)) assert.equal(new URLSearchParams(row.href.slice(2)).get(name), value);
      }
    }
  });
}

scene("a click filters, the chip shows it, a click on either takes it away", {}, async ({ page }) => {
  await page.goto(address("/", { q: "chuyển đổi số" }));
  const before = await total(page);
  const row = page.locator("#facet-province .row").first();
  const [label, count] = [await row.locator("a").first().innerText(), number(await row.locator(".count").innerText())];
  await follow(page, row.locator("a").first());
  assert.equal(await total(page), count);
  assert.ok(count < before);
  assert.ok((await page.locator(".chips a").first().innerText()).includes(label));
  assert.equal(await page.locator("#facet-province .row a[aria-current=true]").first().innerText(), label);
  await shot(page, "filtered");
  await follow(page, page.locator("#facet-province .row a[aria-current=true]").first());
  assert.equal(await total(page), before);
  await page.goBack();
  assert.equal(await total(page), count);
  await follow(page, page.locator(".chips a").first());
  assert.equal(await total(page), before);
  assert.equal(await page.locator(".chips").count(), 0);
});

scene("an excluded value has a chip, and comes back", {}, async ({ page }) => {
  await page.goto(address("/", { q: "chuyển đổi số" }));
  const before = await total(page);
  const row = page.locator("#facet-province .row").first();
  const [label, count] = [await row.locator("a").first().innerText(), number(await row.locator(".count").innerText())];
  await follow(page, row.locator("a.not"));
  assert.equal(await total(page), before - count);
  const chip = page.locator(".chips a").first();
  assert.ok((await chip.innerText()).includes(label));
  assert.ok(!(await rows(page, "#facet-province")).some((row) => row.label === label && row.count > 0), "what is excluded is not counted");
  // A chip of what is excluded must not look like one of what is chosen.
  await page.goto(asked(page) && address("/", { q: "chuyển đổi số", not: asked(page).get("not") }));
  const excluded = await page.locator(".chips a").first().innerText();
  await page.goto(address("/", { q: "chuyển đổi số", is: asked(page).get("not") }));
  assert.notEqual(await page.locator(".chips a").first().innerText(), excluded, "the chip says that it excludes");
  await page.goBack();
  await follow(page, page.locator(".chips a").first());
  assert.equal(await total(page), before);
});

scene("filters of several facets narrow, and counts follow", {}, async ({ page }) => {
  await page.goto("/");
  await follow(page, page.locator("#facet-date .row a:first-child", { hasText: "2024" }).first());
  const first = await total(page);
  const next = (await rows(page, "#facet-province"))[0];
  await page.goto(next.href);
  assert.equal(await total(page), next.count);
  assert.ok(next.count <= first);
  assert.equal(await page.locator(".chips li").count(), 3, "two chips and one that clears");
  for (const row of (await rows(page, "#facet-source")).slice(0, 3)) {
    assert.equal(await totalAt(row.href), row.count, row.href);
  }
  await follow(page, page.locator(".chips .clear"));
  assert.equal(new URL(page.url()).search, "");
});

scene("with a value chosen, the counts of its own facet are totals after the click, too", {}, async ({ page }) => {
  for (const field of ["province", "official"]) {
    await page.goto("/");
    const chosen = (await rows(page, `#facet-${field}`))[0];
    await page.goto(chosen.href);
    const others = (await rows(page, `#facet-${field}`)).filter((row) => row.href.split("is=").length > 2);
    assert.ok(others.length > 0, `${field}: others are counted beside ${chosen.label}`);
    for (const row of others) assert.equal(await totalAt(row.href), row.count, `${row.label} ${row.href}`);
  }
});

scene("a province opens to the units as they were, and a year to its months", {}, async ({ page }) => {
  await page.goto("/");
  const opener = page.locator("#facet-province details.below > summary").first();
  const inner = page.locator("#facet-province details.below .row").first();
  assert.ok(!(await inner.isVisible()));
  await opener.click();
  assert.ok(await inner.isVisible());
  const count = number(await inner.locator(".count").innerText());
  await follow(page, inner.locator("a").first());
  assert.equal(await total(page), count);
  await page.goto(address("/", { is: "date:/2024" }));
  const months = (await rows(page, "#facet-date")).filter((row) => decodeURIComponent(row.href).includes("date:/2024/"));
  assert.ok(months.length >= 3, JSON.stringify(months));
  await page.goto(months[0].href);
  assert.equal(await total(page), months[0].count);
  const days = (await rows(page, "#facet-date")).filter((row) => /date:\/2024\/\d\d\/\d\d/.test(decodeURIComponent(row.href)));
  assert.ok(days.length >= 1, "a month opens to its days");
});

for (const field of ["province", "official", "date", "source"]) {
  scene(`the page of the ${field} facet lists all values, each with the total after the click`, {}, async ({ page }) => {
    await page.goto(address(`/facet/${field}`, { q: "xã" }));
    const seen = await rows(page, ".facet.whole");
    assert.ok(seen.length > 3);
    for (const row of [...seen.slice(0, 3), ...seen.slice(-3)]) {
      assert.equal(await totalAt(row.href), row.count, row.href);
    }
  });
}

scene("a search inside the list finds a value, with and without diacritics, and keeps the query", {}, async ({ page }) => {
  await page.goto(address("/", { q: "chuyển đổi số" }));
  await follow(page, page.locator("#facet-official .more a"));
  const all = (await rows(page, ".facet.whole")).length;
  for (const inside of ["Giàng Thị Sao", "giang thi sao"]) {
    await page.locator("#inside-official").fill(inside);
    await follow(page, page.locator("form.inside button"));
    const found = await rows(page, ".facet.whole");
    assert.ok(found.length >= 1 && found.length < all, `${found.length} of ${all}`);
    assert.ok(found[0].label.includes("Giàng Thị Sao"), found[0].label);
    assert.equal(asked(page).get("q"), "chuyển đổi số");
    assert.equal(await page.locator("#inside-official").inputValue(), inside);
  }
  await shot(page, "facet");
  const count = (await rows(page, ".facet.whole"))[0].count;
  await follow(page, page.locator(".facet.whole .row a").first());
  assert.equal(await total(page), count);
});

for (const [lang, name] of [["vi", "Tìm trong danh sách"], ["en", "Search the list"]]) {
  scene(`beside the hits the values of a facet are searched (${lang})`, { javaScriptEnabled: false }, async ({ page }) => {
    for (const [field, inside, expected] of [["province", "ha giang", "Hà Giang"], ["official", "giang thi sao", "Giàng Thị Sao"]]) {
      await page.goto(address("/", { q: "xã", is: "date:/2024", lang }));
      const box = page.locator(`#facet-${field}`).getByRole("searchbox", { name });
      await box.fill(inside);
      await leads(page, () => box.press("Enter"));
      const url = new URL(page.url());
      assert.deepEqual([url.pathname, asked(page).get("q"), asked(page).get("is"), asked(page).get("inside")], [`/facet/${field}`, "xã", "date:/2024", inside]);
      const found = await rows(page, ".facet.whole");
      assert.ok(found.some((row) => row.label.includes(expected)), `${JSON.stringify(found)}`);
      assert.equal(await totalAt(found[0].href), found[0].count, "a value that was found filters the query that was kept");
    }
  });
}

scene("names of provinces are read on today's map or as of their time", {}, async ({ page }) => {
  await page.goto(address("/", { province: "Ninh Bình" }));
  const today = await total(page);
  await follow(page, page.locator("#facet-province .note a").first());
  assert.equal(asked(page).get("boundaries"), "as-written");
  assert.ok((await total(page)) <= today);
  await follow(page, page.locator("#facet-province .note a").first());
  assert.equal(asked(page).get("boundaries"), null);
  assert.equal(await total(page), today);
});
