import assert from "node:assert/strict";
import { SERVER, address, api, asked, follow, leads, number, scene, shot, total } from "./harness.mjs";

const type = async (page, query) => {
  await page.locator("#q").fill(query);
  await leads(page, () => page.locator("form.search button").click());
};

scene("a query with diacritics finds what the API counts, and its words are marked", {}, async ({ page }) => {
  await page.goto("/");
  await type(page, "chuyển đổi số");
  assert.equal(asked(page).get("q"), "chuyển đổi số");
  const found = await api("/search", { q: "chuyển đổi số" });
  assert.ok(found.total > 20, "the corpus has enough of them");
  assert.equal(await total(page), found.total);
  assert.equal(await page.locator("#q").inputValue(), "chuyển đổi số");
  const marked = await page.locator(".hits mark.match").allInnerTexts();
  assert.ok(marked.length >= 20, `${marked.length} marks`);
  for (const words of marked) assert.ok("chuyển đổi số".includes(words.toLowerCase()), `marked: ${words}`);
  assert.deepEqual(await page.locator(".hits h3 a").allInnerTexts(), (await api("/search", { q: "chuyển đổi số", limit: 20 })).hits.map((hit) => hit.title));
  await shot(page, "results");
});

scene("a query without diacritics finds as much, and says which forms it matched", {}, async ({ page }) => {
  await page.goto("/");
  await type(page, "chuyen doi so");
  assert.equal(await total(page), (await api("/search", { q: "chuyển đổi số" })).total);
  assert.match(await page.locator(".forms").first().innerText(), /chuyen doi so → chuyển đổi số \d+/);
  assert.equal(await page.locator(".notice").count(), 1);
  assert.ok((await page.locator(".hits mark.match").allInnerTexts()).some((words) => words.includes("chuyển đổi số")), "the matched form is marked");
});

scene("letters of another tone are another query", {}, async ({ page }) => {
  await page.goto("/");
  await type(page, "chuyển đổi sô");
  const found = await total(page);
  assert.ok(found < (await api("/search", { q: "chuyển đổi số" })).total, `${found}`);
});

scene("did you mean leads to what was meant, with the total it promised", {}, async ({ page }) => {
  for (const typed of ["nông thôm mới", "ninh bnh", "chuyen doi so"]) {
    await page.goto(address("/", { q: typed, sort: "newest" }));
    const meant = page.locator(".meant");
    const promised = number((await meant.innerText()).split("(").at(-1));
    const query = await meant.locator("a").innerText();
    await follow(page, meant.locator("a"));
    assert.equal(asked(page).get("q"), query);
    assert.equal(asked(page).get("sort"), "newest");
    assert.equal(await total(page), promised);
    assert.ok(promised > 0);
  }
});

scene("the stricter and the looser reading lead to the totals they promise", {}, async ({ page }) => {
  let followed = 0;
  for (const query of ["bồi thường thu hồi đất", "học sinh", "xã vùng cao", "ủy ban"]) {
    for (const place of [0, 1]) {
      await page.goto(address("/", { q: query }));
      const link = page.locator(".total a").nth(place);
      if (!(await link.count())) continue;
      const promised = number(await link.innerText());
      await follow(page, link);
      assert.equal(await total(page), promised, `${query} → ${asked(page).get("q")}`);
      followed += 1;
    }
  }
  assert.ok(followed >= 3, `${followed} links followed`);
});

scene("filters and order stay when the query changes, and the query when a filter is set", {}, async ({ page }) => {
  await page.goto(address("/", { q: "chuyển đổi số", is: "date:/2024", sort: "oldest" }));
  await type(page, "xã");
  assert.deepEqual(asked(page).getAll("is"), ["date:/2024"]);
  assert.equal(asked(page).get("sort"), "oldest");
  await follow(page, page.locator("#facet-province .row a:first-child").first());
  assert.equal(asked(page).get("q"), "xã");
  assert.equal(asked(page).getAll("is").length, 2);
});

scene("orders are by relevance, the newest or the oldest, as the API has them", {}, async ({ page }) => {
  await page.goto(address("/", { q: "chuyển đổi số" }));
  for (const [place, sort] of [[1, "newest"], [2, "oldest"], [0, "relevance"]]) {
    await follow(page, page.locator(".order a").nth(place));
    const { hits } = await api("/search", { q: "chuyển đổi số", sort, limit: 20 });
    assert.deepEqual(await page.locator(".hits h3 a").allInnerTexts(), hits.map((hit) => hit.title), sort);
    assert.equal(await page.locator(".order [aria-current=true]").innerText(), await page.locator(".order a").nth(place).innerText());
  }
});

scene("a query that cannot be read is told, and stays in the box", { refusals: true }, async ({ page }) => {
  const answer = await page.goto(address("/", { q: "year:abc", is: "date:/2024" }));
  assert.equal(answer.status(), 400);
  assert.equal(await page.locator("#q").inputValue(), "year:abc");
  assert.ok((await page.getByRole("alert").innerText()).length > 10);
  await shot(page, "problem");
  await type(page, "lũ");
  assert.ok((await page.locator(".total").count()) === 1);
});

scene("people and places of a hit are links that filter, and their copies a link that lists them", {}, async ({ page }) => {
  await page.goto(address("/", { q: "Lại Xuân Trứ" }));
  const place = page.locator(".hits .about a").first();
  await follow(page, place);
  assert.match(asked(page).get("is"), /^province:/);
  assert.equal(asked(page).get("q"), "Lại Xuân Trứ");
  await page.goto(address("/", { q: "Lại Xuân Trứ" }));
  const person = page.locator(".hits .about a", { hasText: "Lại Xuân Trứ" }).first();
  await follow(page, person);
  assert.match(asked(page).get("is"), /^official:/);
  await page.goto(address("/", { q: "bão", province: "Hưng Yên" }));
  const copies = page.locator("p.copies a").first();
  const others = number(await copies.innerText());
  await follow(page, copies);
  assert.equal(await page.locator("article.copy").count(), others + 1);
  assert.ok((await page.locator("del, ins").count()) > 0, "what was cut or added");
  await shot(page, "copies");
});

scene("browsers are told how to search here and where the feed is", {}, async ({ page }) => {
  await page.goto(address("/", { q: "lũ" }));
  const description = await (await fetch(SERVER + (await page.locator("link[rel=search]").getAttribute("href")))).text();
  assert.ok(description.includes(`template="${SERVER}/?q={searchTerms}"`), description);
  assert.ok((await page.locator("link[rel=alternate]").getAttribute("href")).startsWith("/feed.atom?q="));
});
