import assert from "node:assert/strict";
import { follow } from "./harness.mjs";

/** All hits of an address, page by page: addresses of articles in order. */
export async function toTheEnd(page, at) {
  await page.goto(at);
  const seen = [];
  for (let pages = 1; ; pages += 1) {
    assert.ok(pages < 50, "there is an end");
    assert.equal(Number(await page.locator("ol.hits").getAttribute("start")), seen.length + 1, "ranks go on");
    seen.push(...(await page.locator(".hits h3 a").evaluateAll((all) => all.map((link) => new URL(link.href).pathname))));
    const next = page.locator(".pages .next");
    if (!(await next.count())) return { seen, pages };
    await follow(page, next);
  }
}
