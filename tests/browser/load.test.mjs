import assert from "node:assert/strict";
import { SERVER, scene } from "./harness.mjs";

const MOST_BYTES = 100 * 1024;

scene("the first load takes at most 100 KB in all, as transferred", {}, async ({ page, context }) => {
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  const sizes = new Map(), urls = new Map();
  wire.on("Network.responseReceived", ({ requestId, response }) => urls.set(requestId, response));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  await page.goto("/", { waitUntil: "networkidle" });
  const loaded = [...sizes].map(([id, bytes]) => ({ url: urls.get(id)?.url ?? id, bytes, encoding: urls.get(id)?.headers["content-encoding"] }));
  for (const part of [/\/$/, /page\.\w+\.js$/, /style\.\w+\.css$/]) assert.ok(loaded.some(({ url, encoding }) => part.test(url) && encoding === "gzip" || part.test(url) && encoding === "br" || part.test(url) && encoding === "zstd"), `${part} comes packed: ${JSON.stringify(loaded)}`);
  // A browser without a window does not ask for the icon.
  const icon = await page.locator("link[rel=icon]").getAttribute("href");
  if (!loaded.some(({ url }) => url.endsWith(icon))) loaded.push({ url: icon, bytes: (await (await fetch(SERVER + icon)).arrayBuffer()).byteLength });
  const all = loaded.reduce((sum, { bytes }) => sum + bytes, 0);
  assert.ok(all <= MOST_BYTES, `${all} bytes: ${JSON.stringify(loaded)}`);
  console.log(`first load: ${all} bytes in ${loaded.length} responses`);
});

scene("what the page needs is kept by the browser, and a page that has not changed is not sent again", {}, async ({ page }) => {
  await page.goto("/");
  for (const file of await page.locator("script[src], link[rel=stylesheet], link[rel=icon]").evaluateAll((all) => all.map((one) => one.src || one.href))) {
    const answer = await fetch(file);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("cache-control"), /immutable/);
  }
  const first = await fetch(`${SERVER}/`, { headers: { "accept-language": "vi" } });
  await first.arrayBuffer();
  const again = await fetch(`${SERVER}/`, { headers: { "accept-language": "vi", "if-none-match": first.headers.get("etag") } });
  assert.equal(again.status, 304);
});

scene("the page holds no script and no style of its own", {}, async ({ page }) => {
  const answer = await page.goto("/");
  const policy = answer.headers()["content-security-policy"];
  assert.match(policy, /default-src 'none'/);
  assert.ok(!/unsafe|https?:|\*/.test(policy), policy);
  assert.equal(answer.headers()["referrer-policy"], "no-referrer");
  assert.equal(await page.evaluate(() => document.querySelectorAll("script:not([src]), style, [style], [onclick], [onload], [onerror]").length), 0);
});
