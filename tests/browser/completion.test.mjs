import assert from "node:assert/strict";
import { address, api, asked, leads, pause, scene, shot, total, until } from "./harness.mjs";

const list = (page) => page.locator("#completions");
const rows = (page) => page.locator("#completions li");
const isOpen = async (page) => (await list(page).isVisible()) && (await page.locator("#q").getAttribute("aria-expanded")) === "true";
const typed = async (page, text) => {
  await page.locator("#q").click();
  const answer = page.waitForResponse((response) => new URL(response.url()).searchParams.get("q") === text);
  await page.keyboard.type(text, { delay: 20 });
  const offered = await (await answer).json();
  await until(async () => (await isOpen(page)) && (await rows(page).locator("span").allInnerTexts()).join() === offered.map((row) => row.text).join(), "the list shows the answer");
};

scene("the list completes what is typed, and the arrow keys and Enter choose from it", {}, async ({ page }) => {
  await page.goto("/");
  await typed(page, "chuy");
  const offered = await api("/suggest", { q: "chuy", limit: 8 });
  assert.deepEqual(await rows(page).locator("span").allInnerTexts(), offered.map((row) => row.text));
  await shot(page, "completion");
  const box = page.locator("#q");
  assert.equal(await box.getAttribute("aria-activedescendant"), null);
  await page.keyboard.press("ArrowDown");
  assert.equal(await box.getAttribute("aria-activedescendant"), await rows(page).nth(0).getAttribute("id"));
  assert.equal(await rows(page).nth(0).getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowDown");
  assert.equal(await rows(page).nth(0).getAttribute("aria-selected"), "false");
  assert.equal(await rows(page).nth(1).getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await rows(page).last().getAttribute("aria-selected"), "true", "from the first up to the last");
  await page.keyboard.press("ArrowDown");
  await leads(page, () => page.keyboard.press("Enter"));
  assert.equal(asked(page).get("q"), offered[0].text);
  assert.ok((await total(page)) > 0);
});

scene("the last word is completed, and those before it stay", {}, async ({ page }) => {
  for (const [text, begins] of [["thu hồi đất bồi th", "thu hồi đất"], ["lũ nin", "lũ"], ["sơ kết chuyển đ", "sơ kết"]]) {
    await page.goto("/");
    await typed(page, text);
    await page.keyboard.press("ArrowDown");
    await leads(page, () => page.keyboard.press("Enter"));
    assert.ok(asked(page).get("q").startsWith(begins), `${text} → ${asked(page).get("q")}`);
    assert.notEqual(asked(page).get("q"), text);
  }
});

scene("letters that are typed in pieces are completed, too", {}, async ({ page }) => {
  await page.goto("/");
  await page.locator("#q").fill("đất đai, chuyển đ".normalize("NFD"));
  await until(() => isOpen(page), "the list opens");
  await page.keyboard.press("ArrowDown");
  await leads(page, () => page.keyboard.press("Enter"));
  assert.ok(asked(page).get("q").normalize("NFC").startsWith("đất đai, chuyển đ"), asked(page).get("q"));
});

scene("Enter without a choice asks what was typed", {}, async ({ page }) => {
  await page.goto("/");
  await typed(page, "chuy");
  await leads(page, () => page.keyboard.press("Enter"));
  assert.equal(asked(page).get("q"), "chuy");
});

scene("Escape closes the list and keeps what was typed", {}, async ({ page }) => {
  await page.goto("/");
  await typed(page, "chuy");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  assert.ok(!(await list(page).isVisible()));
  assert.equal(await page.locator("#q").getAttribute("aria-expanded"), "false");
  assert.equal(await page.locator("#q").getAttribute("aria-activedescendant"), null);
  assert.equal(await page.locator("#q").inputValue(), "chuy");
});

scene("a list that was closed stays closed when a late answer comes", {}, async ({ page, context }) => {
  await context.route("**/api/v1/suggest*", async (route) => { await pause(400); await route.continue(); });
  await page.goto("/");
  await page.locator("#q").click();
  await page.keyboard.type("chuy");
  await pause(200);
  await page.keyboard.press("Escape");
  await pause(700);
  assert.ok(!(await list(page).isVisible()));
});

scene("a click on a row asks it, a click elsewhere closes the list", {}, async ({ page }) => {
  await page.goto("/");
  await typed(page, "nin");
  await page.mouse.click(1270, 850);
  assert.ok(!(await list(page).isVisible()));
  await page.locator("#q").fill("");
  await typed(page, "nin");
  const text = await rows(page).nth(1).locator("span").innerText();
  await leads(page, () => rows(page).nth(1).click());
  assert.equal(asked(page).get("q"), text);
});

scene("recent queries are kept in the browser, the newest first, and nowhere else", {}, async ({ page, browser, site }) => {
  for (const query of ["lũ", "cà phê", "sầu riêng", "lũ"]) await page.goto(address("/", { q: query }));
  const sent = [];
  page.on("request", (request) => sent.push(decodeURIComponent(request.url())));
  await page.goto("/");
  await page.locator("#q").click();
  await until(() => isOpen(page), "recent queries are offered");
  assert.deepEqual(await rows(page).locator("span").allInnerTexts().then((all) => all.slice(0, 3)), ["lũ", "sầu riêng", "cà phê"]);
  assert.ok(!sent.some((url) => /lũ|sầu riêng|cà phê/.test(url)), sent.join(" "));
  assert.deepEqual((await page.context().cookies()).map((cookie) => cookie.name).filter((name) => name !== "lang"), []);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await leads(page, () => page.keyboard.press("Enter"));
  assert.equal(asked(page).get("q"), "sầu riêng");
  const other = await browser.newContext({ baseURL: site });
  try {
    const stranger = await other.newPage();
    await stranger.goto("/");
    await stranger.locator("#q").click();
    await pause(200);
    assert.ok(!(await stranger.locator("#completions").isVisible()));
  } finally {
    await other.close();
  }
});

scene("recent queries are forgotten from the list", {}, async ({ page }) => {
  await page.goto(address("/", { q: "cà phê" }));
  await page.goto("/");
  await page.locator("#q").click();
  await until(() => isOpen(page), "recent queries are offered");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await pause(100);
  assert.equal(new URL(page.url()).search, "", "nothing was asked");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await page.reload();
  await page.locator("#q").click();
  await pause(200);
  assert.ok(!(await list(page).isVisible()));
});

scene("recent queries are forgotten by the button on the help page", {}, async ({ page }) => {
  await page.goto(address("/", { q: "cà phê" }));
  await page.goto("/help");
  await page.locator("#forget").click();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.ok(await page.locator("#forget").isDisabled());
});

scene("many queries leave no endless list", {}, async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => localStorage.setItem("tracuu.recent", JSON.stringify([...Array(12).keys()].map((at) => `câu ${at}`))));
  await page.goto(address("/", { q: "lũ" }));
  assert.equal(await page.evaluate(() => JSON.parse(localStorage.getItem("tracuu.recent")).length), 12);
  // What others wrote there breaks nothing.
  for (const spoilt of ["{", "null", "7", "{\"a\":1}", "[1,null,{\"x\":2}]"]) {
    await page.evaluate((text) => localStorage.setItem("tracuu.recent", text), spoilt);
    await page.goto(address("/", { q: "lũ" }));
    assert.deepEqual(await page.evaluate(() => JSON.parse(localStorage.getItem("tracuu.recent"))), ["lũ"], spoilt);
  }
});
