import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { kinds, scene, shot, unfold, until } from "./harness.mjs";

const AXE = await readFile(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds against WCAG 2.2 AA, a line for each. */
async function violations(page) {
  const found = await page.evaluate(async (tags) => {
    const { violations, passes } = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    return { violations, passes: passes.length };
  }, TAGS);
  assert.ok(found.passes > 5, "axe has looked");
  return found.violations.flatMap(({ id, nodes }) => [`${id}, ${nodes.length} times: ${nodes.slice(0, 2).map((node) => `${node.html.slice(0, 90)} ${(node.failureSummary ?? "").split("\n").slice(1, 2)}`).join(" | ")}`]);
}

const pages = (name, options, prepare = async () => {}) => scene(`axe finds nothing on any kind of page: ${name}`, { init: AXE, refusals: true, ...options }, async ({ page }) => {
  const all = [];
  for (const { name: kind, at, refused = false } of await kinds()) {
    const answer = await page.goto(at);
    assert.equal(answer.status() >= 400, refused, `${kind}: ${answer.status()}`);
    await prepare(page);
    all.push(...(await violations(page)).map((found) => `${kind}: ${found}`));
    if (options.colorScheme) await shot(page, `${options.colorScheme}-${kind}`);
  }
  assert.deepEqual(all, []);
});

pages("light", { colorScheme: "light" });
pages("dark", { colorScheme: "dark" });
pages("light, unfolded", { colorScheme: undefined, locale: "en-GB" }, unfold);
pages("dark, unfolded, on a phone", { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, javaScriptEnabled: true }, async (page) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await unfold(page);
});

for (const colorScheme of ["light", "dark"]) {
  scene(`axe finds nothing in the completion list, ${colorScheme}`, { init: AXE, colorScheme }, async ({ page }) => {
    await page.goto("/");
    await page.locator("#q").click();
    await page.keyboard.type("chuy");
    await until(() => page.locator("#completions li").first().isVisible(), "the list opens");
    await page.keyboard.press("ArrowDown");
    assert.deepEqual(await violations(page), []);
  });
}
