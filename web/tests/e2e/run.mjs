// The page in a real browser against the real program: npm run e2e (see browser.mjs for what it runs against).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { browser, server } from "./browser.mjs";

const { url, stop, mock } = await server();
const chrome = await browser();
const context = await chrome.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true, reducedMotion: "reduce" });
// A page of somebody else's, to stand the snippets in.
let pasted = "";
const paper = createServer((_, response) => response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(`<!doctype html><title>A paper</title>${pasted}`));
await new Promise((done) => paper.listen(0, "127.0.0.1", done));
const elsewhere = `http://127.0.0.1:${paper.address().port}/`;
const strayed = [];
const faults = [];
context.on("request", (request) => {
  const to = request.url();
  if (!to.startsWith(`${url}/`) && !to.startsWith(elsewhere) && !/^(blob|data|about):/.test(to)) strayed.push(to);
});
context.on("weberror", (e) => faults.push(String(e.error())));
context.on("console", (m) => m.type() === "error" && /Content Security Policy|Refused to/i.test(m.text()) && faults.push(m.text()));

let failures = 0;
async function check(name, run) {
  const started = Date.now();
  try {
    await run();
    console.log(`ok    ${name} (${Date.now() - started} ms)`);
  } catch (error) {
    failures++;
    console.log(`FAIL  ${name}\n      ${String(error.stack ?? error).split("\n").slice(0, 6).join("\n      ")}`);
  }
}

const page = await context.newPage();
page.setDefaultTimeout(20_000);
let id = "";
let story = null;
let chosen = null;

const slice = (report, span) => [...story.reports.find((r) => r.id === report).text].slice(span.start, span.end).join("");
const plain = (text) => text.replace(/\s+/g, " ").trim();
const litText = (p) => p.evaluate(() => [...document.querySelectorAll(".run.lit")].map((n) => n.textContent).join(""));
const ready = (p) => p.waitForSelector(".map-box[data-ready]");

await check("the start page says what it will and will not do", async () => {
  await page.goto(`${url}/`);
  await page.getByText("What it will not do").waitFor();
  assert.equal(await page.locator("#story").isVisible(), false);
});

await check("reports pasted in are read, and their story opens", async () => {
  await page.click("#paste-sample");
  assert.equal(await page.locator(".paste-report").count(), 2);
  await page.click("#paste-send");
  await page.waitForURL(/\/stories\/.+/);
  await page.locator("li.row").first().waitFor();
  id = decodeURIComponent(new URL(page.url()).pathname.split("/")[2]);
  story = await (await context.request.get(`${url}/api/v1/stories/${encodeURIComponent(id)}`)).json();
  assert.ok(story.movements.length > 0, "the story has movements");
  await page.getByText("Read by a machine, not yet checked by a person.").first().waitFor();
});

await check("the page's text is the report's text, every mention at its words", async () => {
  const report = story.reports[0];
  assert.equal(plain(await page.locator(".prose").evaluate((n) => n.textContent)), plain(report.text));
  const here = story.mentions.filter((m) => (m.report ?? "a") === report.id);
  // Of names inside names only one can be pressed.
  const alone = here.filter((m) => !here.some((o) => o !== m && o.start < m.end && m.start < o.end));
  assert.ok(alone.length > 0, "there are mentions");
  for (const mention of alone) {
    const shown = await page.locator(`[data-mention="${mention.id}"]`).evaluateAll((nodes) => nodes.map((n) => n.textContent).join(""));
    assert.equal(plain(shown), plain(mention.text), `mention ${mention.id}`);
  }
});

await check("the live map is drawn", async () => {
  await ready(page);
  await page.locator(".badge").first().waitFor();
});

await check("a movement chosen in the list leads to its words", async () => {
  const first = page.locator("#list-body li.row").first();
  const wanted = await first.getAttribute("data-id");
  chosen = story.movements.find((m) => m.id === wanted);
  await first.locator(".row-head").click();
  await page.locator(`.card[data-movement="${wanted}"]`).waitFor();
  const open = await page.locator(".report-chip[aria-pressed=true]").getAttribute("data-report").catch(() => null);
  const report = open ?? story.reports[0].id;
  const quote = chosen.evidence.filter((e) => (e.report ?? report) === report).map((e) => slice(report, e)).join("");
  assert.ok(quote.length > 0, "the movement has evidence in the open report");
  assert.equal(plain(await litText(page)), plain(quote));
  assert.match(page.url(), /#.*sel=/);
  const said = await page.locator("#live").textContent();
  assert.match(said, /reported|planned|possible|denied/);
});

await check("a quote's button shows exactly its words", async () => {
  const quote = page.locator(".card .quote").first();
  const words = await quote.locator("p").textContent();
  await quote.getByRole("button", { name: "Show in the text" }).click();
  await page.locator("mark.look").first().waitFor();
  const shown = await page.locator("mark.look").evaluateAll((nodes) => nodes.map((n) => n.textContent).join(""));
  assert.equal(plain(shown), plain(words));
});

await check("a word in the text and a badge on the map choose the same movement", async () => {
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("li.row.selected").count(), 0);
  const trigger = page.locator(".trigger").first();
  const movement = await trigger.getAttribute("data-movement");
  await trigger.click();
  assert.equal(await page.locator("li.row.selected").getAttribute("data-id"), movement);
  await page.waitForTimeout(300);
  const badge = page.locator(".badge").first();
  const other = await badge.getAttribute("data-movement");
  await badge.evaluate((n) => n.click());
  assert.equal(await page.locator("li.row.selected").getAttribute("data-id"), other);
  assert.equal(await page.locator(`.badge[data-movement="${other}"]`).getAttribute("data-look"), "lit");
});

await check("pointing at a row warms its words", async () => {
  await page.keyboard.press("Escape");
  await page.mouse.move(700, 880);
  await page.locator(`#list-body li.row[data-id="${chosen.id}"] .row-head`).hover();
  await page.locator(".run.warm").first().waitFor({ state: "attached" });
});

await check("a link opens what it names", async () => {
  const other = await context.newPage();
  await other.goto(`${url}/stories/${encodeURIComponent(id)}#sel=${encodeURIComponent(chosen.id)}&lang=fr`);
  await other.locator(`.card[data-movement="${chosen.id}"]`).waitFor();
  await ready(other);
  await other.waitForTimeout(400);
  assert.match(other.url(), /lang=fr/, "a key that is not ours is kept");
  await other.close();
});

await check("classes are filtered by the legend", async () => {
  const before = await page.locator("#list-body li.row").count();
  const chip = page.locator(".legend .chip[id^=filter-]").first();
  await chip.click();
  assert.equal(await chip.getAttribute("aria-pressed"), "false");
  assert.ok((await page.locator("#list-body li.row").count()) < before);
  assert.match(page.url(), /cls=/);
  await chip.click();
  assert.equal(await page.locator("#list-body li.row").count(), before);
});

await check("every claim stands in the ledger, every remark in its list", async () => {
  await page.click("#tab-claims");
  assert.ok((await page.locator(".ledger tbody tr").count()) >= story.claims.length);
  await page.click("#tab-remarks");
  assert.equal(await page.locator(".remarks .remark").count(), story.remarks.length + story.disagreements.length);
  await page.click("#tab-places");
  assert.equal(await page.locator("#list-body li.row").count(), story.places.length);
  await page.click("#tab-movements");
});

await check("another view of boundaries changes the tiles, the link and the pictures", async () => {
  const asked = page.waitForRequest((request) => new URL(request.url()).search.includes("worldview=IN"));
  await page.getByLabel("Whose boundaries are drawn").selectOption("IN");
  await asked;
  assert.match(page.url(), /worldview=IN/);
  await ready(page);
  await page.locator("#open-download").click();
  assert.match(await page.locator("dialog .preview").getAttribute("src"), /worldview=IN/);
  await page.keyboard.press("Escape");
  await page.getByLabel("Whose boundaries are drawn").selectOption("un");
  assert.doesNotMatch(page.url(), /worldview/);
  await ready(page);
});

await check("GeoJSON is downloaded", async () => {
  await page.click("#open-download");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#download-geojson")]);
  const data = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.equal(data.type, "FeatureCollection");
  assert.ok(data.features.some((f) => f.properties.layer === "movements"));
  const preview = page.locator(".preview");
  await preview.evaluate((img) => img.decode());
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
});

let snippet = "";
await check("the embed opens, says what it is, and becomes a live map", async () => {
  await page.click("#open-embed");
  snippet = await page.inputValue("#embed-iframe");
  assert.ok(snippet.startsWith("<iframe "));
  const [embed] = await Promise.all([context.waitForEvent("page"), page.click("#embed-open")]);
  await embed.getByText("Read by a machine, not yet checked by a person.").waitFor();
  await embed.locator(".embed-picture").evaluate((img) => img.decode());
  await embed.getByRole("button", { name: "Explore the map" }).click();
  await ready(embed);
  await embed.close();
  await page.keyboard.press("Escape");
});

await check("the iframe's code works in a page elsewhere", async () => {
  const host = await context.newPage();
  pasted = `<link rel="icon" href="data:,">${snippet}`;
  await host.goto(elsewhere);
  const frame = host.frameLocator("iframe");
  await frame.locator("#embed-title").filter({ hasText: /\S/ }).waitFor();
  await frame.getByRole("button", { name: "Explore the map" }).click();
  await frame.locator(".map-box[data-ready]").waitFor();
  await host.close();
});

await check("the picture's code works in a page elsewhere", async () => {
  await page.click("#open-embed");
  const code = await page.inputValue("#embed-image");
  await page.keyboard.press("Escape");
  const host = await context.newPage();
  pasted = `<link rel="icon" href="data:,">${code}`;
  await host.goto(elsewhere);
  await host.locator("img").evaluate((img) => ((img.loading = "eager"), img.decode()));
  await host.close();
});

await check("the keyboard reaches everything", async () => {
  await page.goto(`${url}/stories/${encodeURIComponent(id)}`);
  await page.locator("li.row").first().waitFor();
  await ready(page);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the text");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "map-panel");
  await page.keyboard.press("Tab");
  const feature = await page.evaluate(() => document.activeElement?.dataset.feature);
  assert.ok(feature, "Tab goes to the first movement of the map");
  await page.keyboard.press("Enter");
  await page.locator(`.row.selected[data-id="${feature}"]`).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".row.selected").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.feature), feature, "Esc gives the focus back");
  await page.keyboard.press("]");
  const one = await page.locator(".row.selected").getAttribute("data-id");
  await page.keyboard.press("]");
  const two = await page.locator(".row.selected").getAttribute("data-id");
  await page.keyboard.press("[");
  assert.equal(await page.locator(".row.selected").getAttribute("data-id"), one);
  if (story.movements.filter((m) => !m.background).length > 1) assert.notEqual(one, two);
  await page.keyboard.press("?");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
});

await check("Back takes the last choice away", async () => {
  await page.goto(`${url}/stories/${encodeURIComponent(id)}`);
  await page.locator("li.row .row-head").first().click();
  await page.locator(".row.selected").waitFor();
  await page.goBack();
  await page.locator(".row.selected").waitFor({ state: "detached" });
});

await check("on a phone map, text and lists are all there and nothing is wider than the screen", async () => {
  const phone = await chrome.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const p = await phone.newPage();
  await p.goto(`${url}/stories/${encodeURIComponent(id)}`);
  await ready(p);
  const wide = () => p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok((await wide()) <= 0, "no sideways scrolling");
  for (const tab of ["text", "places", "claims", "remarks", "movements"]) {
    await p.locator(`#tab-${tab}`).tap();
    assert.equal(await p.locator(`#tab-${tab}`).getAttribute("aria-selected"), "true", tab);
    assert.ok((await wide()) <= 0, `no sideways scrolling in ${tab}`);
  }
  await p.locator("li.row .row-head").first().tap();
  await p.locator(".card").waitFor();
  await p.setViewportSize({ width: 320, height: 640 });
  assert.ok((await wide()) <= 0, "320 pixels are enough");
  await p.goto(`${url}/`);
  await p.locator("#paste-send").waitFor();
  assert.ok((await wide()) <= 0, "the start page fits too");
  await phone.close();
});

await check("a story that is not there is said so in the server's words", async () => {
  const p = await context.newPage();
  await p.goto(`${url}/stories/there-is-no-such-story`);
  await p.waitForFunction(() => /no story|not found/i.test(document.body.innerText));
  await p.close();
});

await check("without WebGL the drawn picture stands in for the map", async () => {
  const blind = await browser({ webgl: false });
  const p = await blind.newPage();
  await p.goto(`${url}/stories/${encodeURIComponent(id)}`);
  await p.locator(".map-picture img").evaluate((img) => img.decode());
  await p.locator("li.row .row-head").first().click();
  await p.locator(".card").waitFor();
  await blind.close();
});

await check("no request left the origin, and the page broke no rule of its policy", async () => {
  assert.deepEqual(strayed, []);
  assert.deepEqual(faults, []);
});

await chrome.close();
paper.close();
stop();
console.log(failures === 0 ? `all well${mock ? " (against the stand-in, not the program)" : ""}` : `${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
