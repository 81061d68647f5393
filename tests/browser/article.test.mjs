import assert from "node:assert/strict";
import { SERVER, address, api, asked, follow, scene, shot, total, until } from "./harness.mjs";

const flat = (text) => text.replaceAll(/\s+/g, " ").trim();

scene("a click on evidence leads to the mark in the text, and marks are the quoted words", {}, async ({ page }) => {
  const { hits } = await api("/search", { limit: 100 });
  let followed = 0;
  for (const hit of hits.filter((_, at) => at % 15 === 0)) {
    await page.goto(`/a/${hit.id}`);
    const links = page.locator(".facts .evidence a");
    for (let place = 0; place < (await links.count()); place += 1) {
      const link = links.nth(place);
      const quote = flat(await link.innerText()).replaceAll(/^“|”$/g, "");
      const target = (await link.getAttribute("href")).slice(1);
      // A quotation may be cut by other marks: the text from where its anchor stands on is the quotation.
      const standing = await page.locator(`#${target}`).evaluate((mark) => {
        const range = document.createRange();
        range.setStartBefore(mark);
        range.setEndAfter(mark.closest("p, h1"));
        return range.toString();
      });
      assert.ok(flat(standing).startsWith(quote), `${hit.title}: ${target} “${quote}” is at “${flat(standing).slice(0, 80)}”`);
      const marked = await page.locator(`mark:has(#${target})`).innerText();
      assert.ok(marked.trim().length > 0 && quote.startsWith(flat(marked)), `“${marked}” of “${quote}”`);
      if (place < 3) {
        await link.click();
        assert.equal(new URL(page.url()).hash, `#${target}`);
        await until(() => page.locator(`#${target}`).evaluate((mark) => { const { top, bottom } = mark.getBoundingClientRect(); return mark.matches(":target") && top >= -4 && bottom <= innerHeight + 4; }), "the mark is on the screen");
      }
      followed += 1;
    }
  }
  assert.ok(followed > 30, `${followed} pieces of evidence`);
});

scene("every piece of evidence in title and text is marked, and every value stands on the page", {}, async ({ page }) => {
  const { hits } = await api("/search", { limit: 100 });
  for (const hit of hits.filter((_, at) => at % 20 === 3)) {
    const article = await api(`/articles/${hit.id}`);
    await page.goto(`/a/${hit.id}`);
    assert.equal(await page.locator("h1").innerText(), article.title);
    assert.equal(flat(await page.locator(".text").innerText()), flat(article.body));
    const facts = await page.locator(".facts").innerText();
    for (const official of article.officials) assert.ok(facts.includes(official.name), official.name);
    for (const unit of article.provinces.about) assert.ok(facts.includes(unit.unit), unit.unit);
    assert.ok(facts.includes(article.origin.path));
    const inText = article.evidence.filter((evidence) => ["title", "body"].includes(evidence.field));
    assert.ok(inText.length > 0);
    const unlinked = await page.locator(".facts .evidence:not(:has(a))").allInnerTexts();
    assert.deepEqual(unlinked.filter((text) => /\((title|body)\)/.test(text)), [], `${hit.title}: what stands in the text is led to`);
    const marked = flat((await page.locator("h1 mark, .text mark").allTextContents()).join(" "));
    for (const { quote } of inText) assert.ok(marked.includes(flat(quote).split(" ")[0]), `${hit.title}: “${quote}” is marked`);
  }
  await shot(page, "article");
});

scene("from a hit the article opens with the query marked", {}, async ({ page }) => {
  for (const query of ["chuyển đổi số", "thu hoi dat"]) {
    await page.goto(address("/", { q: query }));
    await follow(page, page.locator(".hits h3 a").first());
    assert.equal(asked(page).get("q"), query);
    const marked = await page.locator(".text mark.match, h1 mark.match").allInnerTexts();
    assert.ok(marked.length > 0);
    const bare = (text) => text.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d");
    assert.ok(bare(marked.join("")).includes(bare(query).replaceAll(" ", "")) || bare(marked.join(" ")).includes(bare(query)), marked.join("|"));
    assert.equal(await page.locator("#q").inputValue(), query);
  }
  await shot(page, "article-with-query");
});

scene("an article has a permanent address, one for its version, and JSON", {}, async ({ page }) => {
  const { hits: [hit] } = await api("/search", { q: "chuyển đổi số", limit: 1 });
  await page.goto(`/a/${hit.id}`);
  await follow(page, page.locator(`.facts a[href="/a/${hit.id}@${hit.content_hash}"]`));
  assert.equal(await page.locator("h1").innerText(), hit.title);
  assert.equal((await api(`/articles/${hit.id}`)).title, hit.title);
  const similar = page.locator(".similar li > a");
  assert.ok((await similar.count()) > 0);
  const title = await similar.first().innerText();
  assert.notEqual(title, hit.title);
  await follow(page, similar.first());
  assert.equal(await page.locator("h1").innerText(), title);
});

scene("an article can be cited as text, BibTeX, RIS and CSL-JSON", { permissions: ["clipboard-read", "clipboard-write"] }, async ({ page }) => {
  const { hits: [hit] } = await api("/search", { q: "sầu riêng", limit: 1 });
  await page.goto(`/a/${hit.id}`);
  const citation = await page.locator("#citation").innerText();
  assert.ok(citation.includes(hit.title) && citation.includes(hit.id), citation);
  await page.locator("button.copy").click();
  await until(async () => (await page.evaluate(() => navigator.clipboard.readText())) === citation, "the citation is copied");
  assert.match(await page.locator("button.copy").innerText(), /Đã chép/);
  for (const [format, begins] of [["bibtex", "@"], ["ris", "TY  - "], ["csl-json", ""]]) {
    const answer = await fetch(SERVER + (await page.locator(`.cite a[href*="format=${format}"]`).getAttribute("href")));
    const text = await answer.text();
    assert.equal(answer.status, 200);
    assert.ok(text.trimStart().startsWith(begins) && text.includes(hit.id), text);
    if (format === "csl-json") JSON.parse(text);
  }
});

scene("a selected passage is copied as a quotation with its source", { permissions: ["clipboard-read", "clipboard-write"] }, async ({ page }) => {
  const { hits } = await api("/search", { limit: 100 });
  const hit = hits.find((one) => one.url && one.source);
  await page.goto(`/a/${hit.id}`);
  const passage = flat(await page.locator(".text p").nth(1).innerText());
  await page.locator(".text p").nth(1).click({ clickCount: 3 });
  const button = page.locator(".quote-box");
  await button.click();
  let copied = "";
  await until(async () => (copied = await page.evaluate(() => navigator.clipboard.readText())).length > 0, "something is copied");
  assert.ok(flat(copied).startsWith(`“${passage}”`), copied);
  for (const part of [hit.title, hit.source.name, hit.url, hit.id]) assert.ok(copied.includes(part), `${part} in ${copied}`);
  await page.locator("h1").click();
  await until(async () => !(await button.isVisible()), "the button goes with the selection");
});

scene("a person's page has posts with first and last articles, provinces, and people named together", {}, async ({ page }) => {
  await page.goto(address("/o", { name: "Tôn Thị Hạ Uyên" }));
  assert.equal(await page.locator("h1").innerText(), "Tôn Thị Hạ Uyên");
  const posts = page.locator(".posts tbody tr");
  assert.ok((await posts.count()) >= 2);
  for (let place = 0; place < (await posts.count()); place += 1) {
    await page.goto(address("/o", { name: "Tôn Thị Hạ Uyên" }));
    const cell = posts.nth(place).locator("td a").last();
    const articles = Number(await cell.innerText());
    await follow(page, cell);
    assert.equal(await total(page), articles);
  }
  await page.goto(address("/o", { name: "Tôn Thị Hạ Uyên" }));
  await shot(page, "official");
  const people = page.locator(".columns li");
  assert.ok((await people.count()) > 0);
  for (const row of await people.evaluateAll((all) => all.slice(0, 5).map((li) => [li.querySelector("a").getAttribute("href"), Number(li.querySelector(".count").textContent)]))) {
    await page.goto(row[0]);
    assert.equal(await total(page), row[1], row[0]);
  }
});

scene("namesakes are rows of their own", {}, async ({ page }) => {
  await page.goto(address("/o", { name: "Đặng Quang Thuyên" }));
  assert.ok(new Set(await page.locator(".posts tbody td:first-child").allInnerTexts()).size >= 2);
});
