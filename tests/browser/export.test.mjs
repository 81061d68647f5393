import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { SERVER, address, api, scene, total } from "./harness.mjs";

/** Rows of CSV (RFC 4180). */
function csv(text) {
  const rows = [[]];
  let cell = "", quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') { cell += '"'; at += 1; }
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ",") { rows.at(-1).push(cell); cell = ""; }
    else if (letter === "\n") { rows.at(-1).push(cell.replace(/\r$/, "")); cell = ""; rows.push([]); }
    else cell += letter;
  }
  if (cell || rows.at(-1).length) rows.at(-1).push(cell); else rows.pop();
  return rows;
}

async function download(page, label) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator(".takeaway a", { hasText: label }).first().click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

for (const [name, query] of [["a query", { q: "chuyển đổi số", sort: "newest" }], ["the archive", {}], ["a filter", { not: "province:/ninh-binh", from: "2023", by: "month", relative: "1", map: "before" }]]) {
  scene(`the whole result of ${name} is exported, an article a row`, {}, async ({ page }) => {
    await page.goto(address("/", query));
    const count = await total(page);
    const table = await download(page, /^CSV$/);
    assert.match(table.name, /\.csv$/);
    const rows = csv(table.text.replace(/^\ufeff/, ""));
    assert.equal(rows.length - 1, count, "rows of CSV");
    assert.equal(new Set(rows.map((row) => row.length)).size, 1, "rows are of one length");
    const id = rows[0].findIndex((head) => head === "id");
    assert.ok(id >= 0, rows[0].join(","));
    assert.equal(new Set(rows.slice(1).map((row) => row[id])).size, count);
    const lines = (await download(page, /^JSONL$/)).text.trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(lines.length, count);
    assert.deepEqual(new Set(lines.map((line) => line.id)), new Set(rows.slice(1).map((row) => row[id])));
    assert.equal((await download(page, /^RIS$/)).text.match(/^TY {2}- /gm).length, count);
    assert.equal((await download(page, /^BibTeX$/)).text.match(/^@\w+\{/gm).length, count);
    assert.equal(JSON.parse((await download(page, /^CSL-JSON$/)).text).length, count);
  });
}

scene("an export from a later page is whole, too", {}, async ({ page }) => {
  await page.goto("/");
  await page.goto(await page.locator(".pages .next").getAttribute("href"));
  const count = (await api("/stats")).articles;
  assert.equal(csv((await download(page, /^CSV$/)).text).length - 1, count);
});

scene("the feed of a query is sound XML, names the query, and holds its articles, the newest first", {}, async ({ page }) => {
  for (const query of [{ q: "chuyển đổi số" }, { q: "lũ & <bão>", is: "date:/2024" }, {}, { q: "xã", is: "province:/ninh-binh", by: "year", map: "before" }]) {
    await page.goto(address("/", query));
    const href = await page.locator(".takeaway a", { hasText: "Atom" }).getAttribute("href");
    assert.equal(await page.locator("link[rel=alternate]").getAttribute("href").then((text) => text.split("?")[0]), "/feed.atom");
    const answer = await fetch(SERVER + href);
    assert.match(answer.headers.get("content-type"), /^application\/atom\+xml/);
    const read = await page.evaluate((text) => {
      const xml = new DOMParser().parseFromString(text, "application/xml");
      const told = (within, name) => within.getElementsByTagName(name)[0]?.textContent;
      return {
        fault: xml.querySelector("parsererror")?.textContent, root: xml.documentElement.localName, space: xml.documentElement.namespaceURI,
        title: told(xml, "title"), id: told(xml, "id"), updated: told(xml, "updated"),
        entries: [...xml.getElementsByTagName("entry")].map((entry) => ({ title: told(entry, "title"), id: told(entry, "id"), updated: told(entry, "updated"), summary: told(entry, "summary"), href: entry.getElementsByTagName("link")[0].getAttribute("href") })),
      };
    }, await answer.text());
    assert.equal(read.fault, undefined);
    assert.deepEqual([read.root, read.space], ["feed", "http://www.w3.org/2005/Atom"]);
    if (query.q) assert.ok(read.title.includes(query.q), read.title);
    assert.ok(!Number.isNaN(Date.parse(read.updated)));
    const { is, q } = query;
    const { hits } = await api("/search", { ...(q && { q }), ...(is && { is }), sort: "newest", limit: 50 });
    assert.deepEqual(read.entries.map((entry) => entry.title), hits.map((hit) => hit.title));
    assert.equal(new Set(read.entries.map((entry) => entry.id)).size, hits.length);
    for (const entry of read.entries) {
      assert.ok(!Number.isNaN(Date.parse(entry.updated)));
      if (q) assert.ok(entry.summary.includes(q), entry.summary);
    }
    if (read.entries.length) {
      const there = await page.goto(read.entries[0].href);
      assert.equal(there.status(), 200);
      assert.equal(await page.locator("h1").innerText(), read.entries[0].title);
    }
  }
});
