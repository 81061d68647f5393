import assert from "node:assert/strict";
import { address, asked, kinds, leads, number, scene, shot, total } from "./harness.mjs";

/** What has the focus, in words. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  return { tag: element.tagName.toLowerCase(), id: element.id, href: element.getAttribute("href"), text: element.textContent.trim().slice(0, 60), outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0, class: element.getAttribute("class") };
});

/** Tabs until something has the focus. */
async function tabTo(page, selector, most = 400) {
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`Tab never reaches ${selector}`);
}

scene("Tab goes to the skip link, the box, a facet, a hit, and Enter follows", {}, async ({ page }) => {
  await page.goto(address("/", { q: "xã" }));
  await page.keyboard.press("Tab");
  assert.deepEqual(await focused(page).then(({ class: kind, href }) => [kind, href]), ["skip", "#main"]);
  const area = await page.locator(".skip").boundingBox();
  assert.ok(area.width > 50 && area.y >= 0, "the skip link shows itself");
  await shot(page, "skip-link");
  await tabTo(page, "#q", 3);
  await tabTo(page, "#facet-province .row a", 20);
  assert.ok((await focused(page)).outline, "the focus is seen");
  const count = number(await page.locator("#facet-province .row .count").first().innerText());
  await leads(page, () => page.keyboard.press("Enter"));
  assert.equal(await total(page), count);
  await tabTo(page, ".hits h3 a");
  await leads(page, () => page.keyboard.press("Enter"));
  assert.match(new URL(page.url()).pathname, /^\/a\//);
  await tabTo(page, ".facts .evidence a", 100);
  await page.keyboard.press("Enter");
  assert.match(new URL(page.url()).hash, /^#e\d+$/);
});

scene("the skip link goes past the head of the page", {}, async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)), "the next stop is in the content");
});

scene("a query is asked, refined and filtered by keys alone", {}, async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("/");
  assert.equal((await focused(page)).id, "q");
  await page.keyboard.type("j/k lũ");
  assert.equal(await page.locator("#q").inputValue(), "j/k lũ", "the keys are letters in the box");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("xã");
  await leads(page, () => page.keyboard.press("Enter"));
  assert.equal(asked(page).get("q"), "xã");
  await tabTo(page, "#bars a");
  assert.ok((await focused(page)).outline, "the focus is seen on a bar");
  const count = number((await page.evaluate(() => document.activeElement.querySelector("title").textContent)).split(": ").at(-1));
  await leads(page, () => page.keyboard.press("Enter"));
  assert.equal(await total(page), count);
  await tabTo(page, ".chips a");
  await leads(page, () => page.keyboard.press("Enter"));
  await tabTo(page, "figure.map svg a");
  const tiled = number((await page.evaluate(() => document.activeElement.querySelector("title").textContent)).split(": ").at(-1));
  await leads(page, () => page.keyboard.press("Enter"));
  assert.equal(await total(page), tiled);
});

scene("j and k go from hit to hit, / to the box with its text selected", {}, async ({ page }) => {
  await page.goto(address("/", { q: "xã" }));
  const titles = await page.locator(".hits h3 a").allInnerTexts();
  for (const [key, place] of [["j", 0], ["j", 1], ["j", 2], ["k", 1], ["k", 0], ["k", 0]]) {
    await page.keyboard.press(key);
    assert.equal((await focused(page)).text, titles[place].slice(0, 60), key);
  }
  for (let at = 0; at < 30; at += 1) await page.keyboard.press("j");
  assert.equal((await focused(page)).text, titles.at(-1).slice(0, 60), "the last one stays");
  await page.keyboard.press("/");
  await page.keyboard.type("lũ");
  assert.equal(await page.locator("#q").inputValue(), "lũ");
});

// Notes what gets the focus, and whether it shows.
const NOTES = `window.focused = []; addEventListener("focusin", ({ target }) => {
  const { outlineStyle, outlineWidth } = getComputedStyle(target);
  window.focused.push({ place: target.dataset.place, seen: outlineStyle !== "none" && parseFloat(outlineWidth) > 0, what: target.outerHTML.slice(0, 80) });
});`;
const WALKED = ["results", "facet-collection", "article-with-query", "copies", "official", "help", "api", "problem-not-found"];

scene("all that can be used is reached by Tab, is seen when it has the focus, and nothing holds it", { refusals: true, init: NOTES }, async ({ page }) => {
  for (const { name, at } of (await kinds()).filter(({ name }) => WALKED.includes(name))) {
    await page.goto(at);
    const wanted = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")]
      .filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest("[hidden]"))
      .map((element, place) => { element.dataset.place = place; return element.outerHTML.slice(0, 80); }));
    assert.ok(wanted.length > 5);
    for (let at = 0; at <= wanted.length; at += 1) await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => window.focused);
    const reached = new Set(focused.map(({ place }) => Number(place)));
    assert.deepEqual(wanted.filter((_, place) => !reached.has(place)), [], `${name}: not reached by Tab`);
    assert.deepEqual(focused.filter(({ seen }) => !seen).map(({ what }) => what), [], `${name}: focus that is not seen`);
  }
});
