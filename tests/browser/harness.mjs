// A browser for each test file, a fresh profile for each test. Whatever a page does that no page may do fails the test in which it did it:
// an error on the console or in a script, a dialog, a request to another host, a script of an article that runs.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

export const SERVER = need("TRACUU_URL");
export const HOSTILE = need("TRACUU_HOSTILE_URL");
const SHOTS = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "shots");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];
const PATIENCE_MS = 10_000;
const TEST_MS = 120_000;

function need(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the tests with tests/browser/run BINARY`);
  return value;
}

let browser;
before(async () => {
  // A browser that dies as it starts, which happens where many start at once, says nothing of the pages.
  for (let left = 2; !browser; left--) {
    try {
      browser = await chromium.launch({ executablePath: need("CHROMIUM"), args: FLAGS });
    } catch (error) {
      if (left === 0) throw error;
    }
  }
});
after(async () => { await browser?.close(); });

/**
 * A test with a page. `options` are those of a browser context (`locale`, `viewport`, `javaScriptEnabled`, `colorScheme`), and
 * `site` (which server), `init` (a script that runs in every page before its own), `refusals: true` where the server refuses pages.
 */
export function scene(name, options, body) {
  const { site = SERVER, init, refusals = false, ...context } = options;
  test(name, { timeout: TEST_MS }, async () => {
    const opened = await browser.newContext({ baseURL: site, locale: "vi-VN", viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...context });
    const faults = watch(opened, site, refusals);
    if (init) await opened.addInitScript({ content: init });
    const page = await opened.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    try {
      await body({ page, context: opened, site, browser });
      await innocent(opened, faults);
    } catch (error) {
      await page.screenshot({ path: path.join(SHOTS, `failed-${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80)}.png`), timeout: 5_000 }).catch(() => {});
      // What went wrong in the page often is the reason.
      if (faults.length && error instanceof Error) error.message += `\nIn the page: ${faults.join("\n")}`;
      throw error;
    } finally {
      await opened.close();
    }
  });
}

/** Gathers what no page may do. */
function watch(context, site, refusals) {
  const faults = [];
  const own = new URL(site).host;
  context.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== "http:" || host !== own) faults.push(`request to ${request.url()}`);
  });
  context.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    // A page that the server refuses is an error on the console by itself; scripts, styles and answers to scripts are not.
    if (refusals && /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text()) && isPage(message.location().url)) return;
    faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => faults.push(`script error: ${error.error()}`));
  context.on("dialog", (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
  return faults;
}

const isPage = (url) => !/^\/(api\/v1\/|assets\/(page|style|icon)\.)/.test(new URL(url).pathname);

async function innocent(context, faults) {
  for (const page of context.pages()) {
    const xss = page.url().startsWith("http") ? await page.evaluate(() => window.__xss) : undefined;
    if (xss !== undefined) faults.push(`a script of an article ran: __xss is ${xss}`);
  }
  assert.deepEqual(faults, [], "the page did what no page may do");
}

/** Keeps a picture of what is seen. */
export const shot = (page, name, fullPage = false) => page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage });

/** An address with names and values; a list gives a name several values. */
export function address(at, values = {}) {
  const pairs = Object.entries(values).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return pairs.length ? `${at}?${new URLSearchParams(pairs)}` : at;
}

/** The API's answer, without the browser. */
export async function api(at, values = {}, site = SERVER) {
  const answer = await fetch(site + address(`/api/v1${at}`, values));
  assert.equal(answer.status, 200, `${at} ${JSON.stringify(values)}`);
  return answer.json();
}

/** A number as the page writes it: 2.594 or 2,594. */
export function number(text) {
  const found = /\d[\d.,]*/.exec(text);
  assert.ok(found, `no number in ${JSON.stringify(text)}`);
  return Number(found[0].replaceAll(/[.,]/g, ""));
}

/** The total that the page tells. */
export const total = async (page) => number(await page.locator(".total strong").innerText());

/** The total that a page tells whoever opens this address, without the browser: it is rendered on the server, so that many can be asked for. */
export async function totalAt(href, site = SERVER) {
  const answer = await fetch(site + href, { headers: { "accept-language": "vi" } });
  const told = /<p class="total"><strong>([^<]*)</.exec(await answer.text());
  assert.ok(told, `${answer.status} and no total at ${href}`);
  return number(told[1]);
}

/** What the address asks. */
export const asked = (page) => new URL(page.url()).searchParams;

/** Does what leads to another page, and waits for it. */
export async function leads(page, act) {
  const gone = page.waitForEvent("framenavigated", (frame) => frame === page.mainFrame());
  await act();
  await gone;
  await page.waitForLoadState("load");
}

/** Follows a link. */
export const follow = (page, link) => leads(page, () => link.click());

/** Waits until something holds. */
export async function until(holds, what, ms = 5_000) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  assert.fail(`never: ${what}`);
}

/** What a bar or a tile is called: the same for those who see it and those who hear it. */
export const called = (link) => link.locator("title").evaluate((title) => title.textContent);

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Opens all that is folded. */
export const unfold = (page) => page.evaluate(() => { for (const folded of document.querySelectorAll("details")) folded.open = true; });

/** Some article, copies, person: an address of each kind of page. `refused` ones are problem pages. */
export async function kinds() {
  const { hits } = await api("/search", { limit: 100 });
  const copied = hits.find((hit) => hit.copies > 0);
  const person = hits.flatMap((hit) => hit.officials)[0].name;
  assert.ok(copied && person);
  return [
    { name: "home", at: "/" },
    { name: "results", at: address("/", { q: "chuyen doi so" }) },
    { name: "filtered", at: address("/", { q: "chuyển đổi số", is: ["date:/2024"], not: ["province:/ninh-binh"], relative: "1", by: "month", map: "before" }) },
    { name: "meant", at: address("/", { q: "nông thôm mới" }) },
    { name: "nothing", at: address("/", { q: "xyzzyx" }) },
    ...["province", "official", "date", "source", "collection"].map((field) => ({ name: `facet-${field}`, at: `/facet/${field}` })),
    { name: "article", at: `/a/${hits[0].id}` },
    { name: "article-with-query", at: address(`/a/${hits[0].id}`, { q: "chuyển đổi số" }) },
    { name: "copies", at: `/a/${copied.id}/copies` },
    { name: "official", at: address("/o", { name: person }) },
    { name: "help", at: "/help" },
    { name: "api", at: "/api" },
    { name: "problem-not-found", at: "/nowhere", refused: true },
    { name: "problem-query", at: address("/", { q: "year:abc" }), refused: true },
    { name: "problem-value", at: address("/", { by: "century" }), refused: true },
    { name: "problem-article", at: "/a/00000000000000000000000000000000", refused: true },
  ];
}
