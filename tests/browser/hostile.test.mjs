// Articles, files, sources, addresses, names of collections and queries that would like to run something. What each page must not do is in harness.mjs.
import assert from "node:assert/strict";
import { HOSTILE, SERVER, address, api, leads, pause, scene, shot, unfold, until } from "./harness.mjs";
import { PAYLOADS } from "./payloads.mjs";

/** Elements that only an injection could have made, and links that lead where none may. */
const intruders = (page) => page.evaluate(() => {
  const own = [...document.scripts].filter((script) => !/^\/assets\/page\.\w+\.js$/.test(script.getAttribute("src") ?? ""));
  const foreign = [...document.querySelectorAll("img, iframe, object, embed, base, meta[http-equiv], style, math, animate, mglyph, textarea, noscript, video, audio, link:not([href^='/'])")];
  const handlers = [...document.querySelectorAll("*")].filter((element) => element.getAttributeNames().some((name) => /^on|^style$|^srcdoc$|^formaction$/.test(name)) && !element.matches("button.quote-box"));
  const forms = [...document.forms].filter((form) => new URL(form.action).origin !== location.origin);
  const links = [...document.querySelectorAll("a[href]")].filter((link) => {
    const { protocol, origin } = new URL(link.getAttribute("href"), location.href);
    return !(origin === location.origin || (["http:", "https:"].includes(protocol) && /\bnoopener\b/.test(link.rel) && /\bnoreferrer\b/.test(link.rel) && link.closest(".facts")));
  });
  return [...own, ...foreign, ...handlers, ...forms, ...links].map((element) => element.outerHTML.slice(0, 160));
});

/** Opens a page of the hostile archive, and looks at it from all sides. */
async function look(page, at) {
  const answer = await page.goto(at);
  assert.ok(answer.status() < 500, `${answer.status()} ${at}`);
  assert.match(answer.headers()["content-security-policy"], /script-src 'self'/, at);
  assert.deepEqual(await intruders(page), [], at);
  assert.equal(await page.evaluate(() => window.__xss), undefined, at);
  return answer;
}

scene("the hostile archive is shown letter for letter, and nothing in it runs", { site: HOSTILE }, async ({ page }) => {
  const { hits } = await api("/search", { limit: 100 }, HOSTILE);
  assert.ok(hits.length >= PAYLOADS.length, `${hits.length} articles`);
  let hostile = 0, out = 0;
  for (const hit of hits) {
    await look(page, `/a/${hit.id}`);
    const article = await api(`/articles/${hit.id}`, {}, HOSTILE);
    assert.equal(await page.locator("h1").textContent(), article.title);
    if (/<script>|onerror=|<svg/.test(article.title + article.body)) hostile += 1;
    const shown = (await page.locator(".text").textContent()).replaceAll(/\s+/g, "");
    assert.equal(shown, (article.body ?? "").replaceAll(/\s+/g, ""), hit.id);
    const facts = await page.locator(".facts").textContent();
    if (article.source) assert.ok(facts.includes(article.source.name), article.source.name);
    assert.ok(facts.includes(article.origin.path) && facts.includes(article.collection));
    const links = await page.locator(".facts dd.long a[rel~=external]").evaluateAll((all) => all.map((link) => link.href));
    for (const link of links) assert.match(link, /^https?:\/\//);
    out += links.length;
  }
  assert.ok(hostile >= 15, `${hostile} articles still hold something hostile: the archive must not have been cleaned of it`);
  assert.ok(out > 5 && out < hits.length, `${out} addresses are of the web, the others lead nowhere`);
  await shot(page, "hostile-article");
});

scene("lists, facets, copies, people and feeds of the hostile archive run nothing", { site: HOSTILE }, async ({ page }) => {
  for (const at of ["/", address("/", { q: "chuyển đổi số" }), address("/", { q: "Sơn La", all_copies: "true" }), "/facet/province", "/facet/official", "/facet/date", "/facet/source", "/facet/collection", address("/o", { name: "Lò Văn Thiêm" }), "/help", "/api"]) {
    await look(page, at);
    await unfold(page);
    for (const element of await page.locator("main a, main summary").all().then((all) => all.slice(0, 12))) await element.hover({ force: true, timeout: 2_000 }).catch(() => {});
  }
  const { hits } = await api("/search", { q: "Chuyện dựng nhà", limit: 5 }, HOSTILE);
  const copied = hits.find((hit) => hit.copies > 0);
  assert.ok(copied, "the story has copies");
  await look(page, `/a/${copied.id}/copies`);
  assert.ok((await page.locator("del, ins").allInnerTexts()).join(" ").includes("<"), "what was cut is shown as text");
  const sources = await page.goto("/facet/source").then(() => page.locator(".facet.whole .row a:first-child").evaluateAll((all) => all.map((link) => link.getAttribute("href"))));
  assert.ok(sources.length > 10);
  for (const href of sources.slice(0, 12)) await look(page, href);
  await look(page, (await page.goto("/facet/collection"), await page.locator(".facet.whole .row a:first-child").first().getAttribute("href")));
  assert.ok((await page.locator(".chips").innerText()).includes("<img src=x"), "the name of the collection is shown as text");
  const feed = await (await fetch(`${HOSTILE}/feed.atom`)).text();
  const read = await page.evaluate((text) => {
    const xml = new DOMParser().parseFromString(text, "application/xml");
    return { fault: xml.querySelector("parsererror")?.textContent, scripts: xml.getElementsByTagName("script").length, entries: xml.getElementsByTagName("entry").length };
  }, feed);
  assert.equal(read.fault, undefined);
  assert.deepEqual([read.scripts, read.entries > 20], [0, true]);
});

scene("hostile queries are put into the page as text, and kept, offered and asked again as text", { refusals: true, site: HOSTILE }, async ({ page }) => {
  for (const query of PAYLOADS) {
    const sound = query.replaceAll(/[\r\n\0]/g, " ");
    await look(page, address("/", { q: sound }));
    assert.equal(await page.locator("#q").inputValue(), sound);
    assert.ok((await page.title()).length > 0);
  }
  await page.goto("/");
  await page.locator("#q").click();
  await until(() => page.locator("#completions li").first().isVisible(), "recent queries are offered");
  assert.ok((await page.locator("#completions span").allInnerTexts()).some((text) => text.includes("<")), "as text");
  assert.deepEqual(await intruders(page), []);
  await page.keyboard.press("ArrowDown");
  await leads(page, () => page.keyboard.press("Enter"));
  for (const typed of ["<img", "\"><scr", "script", "onerr"]) {
    await page.goto("/");
    await page.locator("#q").click();
    await page.keyboard.type(typed);
    await pause(350);
    assert.deepEqual(await intruders(page), [], typed);
  }
});

const NAMES = ["query", "text", "sort", "after", "offset", "limit", "is", "not", "from", "to", "by", "relative", "map", "show", "lang", "boundaries", "match", "exact", "precise", "province",
  "official", "role", "source", "year", "collection", "all_copies", "collapse", "facets", "max_values", "hits_of", "token", "utm_source", "name", "inside", "format"];
const SOME = [PAYLOADS[1], PAYLOADS[9], PAYLOADS[16]];

for (const part of [0, 1]) {
  scene(`hostile values of every parameter run nothing, ${part === 0 ? "first" : "second"} half`, { refusals: true, site: HOSTILE }, async ({ page }) => {
    for (const name of NAMES.filter((_, at) => at % 2 === part)) {
      for (const payload of SOME) {
        await look(page, address("/", { q: "chuyển đổi số", [name]: payload }));
        if (["is", "not"].includes(name)) for (const field of ["source:/", "date:", "collection:/", "official:/", "province:/"]) await look(page, address("/", { [name]: field + payload }));
      }
    }
  });
}

scene("hostile names of parameters, paths, ids and people run nothing", { refusals: true, site: HOSTILE }, async ({ page }) => {
  const { hits: [hit] } = await api("/search", { limit: 1 }, HOSTILE);
  for (const [place, payload] of PAYLOADS.entries()) {
    const coded = encodeURIComponent(payload);
    await look(page, `/?${coded}=${coded}`);
    await look(page, address("/o", { name: payload }));
    await look(page, address(`/a/${hit.id}`, { q: payload }));
    // Of the paths two for each, so that every path meets ten of them.
    const paths = [`/${coded}`, `/a/${coded}`, `/a/${hit.id}@${coded}`, `/facet/${coded}`, `/assets/${coded}`, `/a/${coded}/copies`];
    for (const turn of [0, 1]) await look(page, paths[(2 * place + turn) % paths.length]);
  }
  for (const at of ["//evil.example/", "/\\evil.example/", "/%2f%2fevil.example/", "/a//evil.example"]) {
    const answer = await fetch(HOSTILE + at, { redirect: "manual" });
    assert.ok(![301, 302, 303, 307, 308].includes(answer.status), `${at} leads to ${answer.headers.get("location")}`);
  }
});

scene("answers of the API are never read as pages", { site: HOSTILE, refusals: true }, async () => {
  for (const at of [address("/api/v1/search", { q: PAYLOADS[0] }), address("/api/v1/suggest", { q: PAYLOADS[0] }), address("/api/v1/search", { sort: PAYLOADS[0] }), `/api/v1/facets/${encodeURIComponent(PAYLOADS[0])}`, address("/api/v1/export", { format: "csv" }), address("/api/v1/export", { format: PAYLOADS[0] }), address("/feed.atom", { q: PAYLOADS[0] }), `/api/v1/${encodeURIComponent(PAYLOADS[0])}`]) {
    const answer = await fetch(HOSTILE + at);
    await answer.arrayBuffer();
    assert.ok(answer.status < 500, at);
    assert.ok(!/html|xml(?!\b.*)|svg/.test(answer.headers.get("content-type")) || at.startsWith("/feed"), `${at}: ${answer.headers.get("content-type")}`);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff", at);
  }
});

scene("a dragged bar and a copied passage of the hostile archive run nothing", { site: HOSTILE, permissions: ["clipboard-read", "clipboard-write"] }, async ({ page }) => {
  await page.goto(address("/", { q: `Sơn La ${PAYLOADS[3]}`, match: "any", by: "day" }));
  const bars = page.locator("#bars a rect.slot");
  assert.ok((await bars.count()) > 3);
  const [one, two] = [await bars.nth(1).boundingBox(), await bars.nth(3).boundingBox()];
  await page.mouse.move(one.x + 2, one.y + 20);
  await page.mouse.down();
  await page.mouse.move(two.x + 2, two.y + 20, { steps: 4 });
  await leads(page, () => page.mouse.up());
  assert.equal(new URL(page.url()).origin, HOSTILE);
  const { hits: [hit] } = await api("/search", { q: "Sơn La thử", limit: 1 }, HOSTILE);
  await page.goto(`/a/${hit.id}`);
  await page.locator(".text p").first().click({ clickCount: 3 });
  await page.locator(".quote-box").click();
  await until(async () => (await page.evaluate(() => navigator.clipboard.readText())).includes(hit.id), "the passage is copied");
  assert.deepEqual(await intruders(page), []);
  assert.ok(SERVER !== HOSTILE);
});
