// A stand-in for the program's server, for working on the page: one made-up story, plain tiles, the built page.
// node dev/mock.mjs [PORT]
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { deflateSync, crc32 } from "node:zlib";
import { fileURLToPath } from "node:url";
import { join, normalize } from "node:path";
import { geojson, story } from "./fixture.mjs";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", mjs: "text/javascript", css: "text/css", svg: "image/svg+xml", map: "application/json" };
export const POLICY = "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'";

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32 ? crc32(body) : 0, body.length + 4);
  return out;
}

/** A tile of land with a grid, enough to see where the map is. */
function tile(dark) {
  const [land, edge] = dark ? [[30, 38, 45], [58, 70, 80]] : [[243, 240, 234], [220, 231, 237]];
  const rows = Buffer.alloc(256 * (256 * 3 + 1));
  for (let y = 0; y < 256; y++)
    for (let x = 0; x < 256; x++) rows.set(x === 0 || y === 0 ? edge : land, y * 769 + 1 + x * 3);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(256, 0);
  head.writeUInt32BE(256, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

const picture = (dark) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 480" width="660" height="480"><rect width="660" height="480" fill="${dark ? "#10171D" : "#DCE7ED"}"/><text x="30" y="60" font-size="22" fill="${dark ? "#fff" : "#222"}">The drawn map stands here</text></svg>`;

async function answer(request, response) {
  const url = new URL(request.url, "http://x");
  const dark = url.searchParams.get("theme") === "dark";
  const give = (status, type, body, more = {}) => {
    response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*", ...more });
    response.end(body);
  };
  const json = (status, body, more) => give(status, "application/json", JSON.stringify(body), more);
  const problem = (status, title, detail) => give(status, "application/problem+json", JSON.stringify({ type: "/problems/x", title, status, detail }));
  const path = url.pathname;
  if (path === "/api/v1/stories" && request.method === "POST") {
    let body = "";
    for await (const part of request) body += part;
    const { reports } = JSON.parse(body);
    if (reports.some((r) => !r.text.trim())) return problem(422, "The report is empty", "Report 1 has no text; paste the words of the report.");
    return json(201, story, { Location: `/api/v1/stories/${story.id}` });
  }
  if (path === "/api/v1/stories") return json(200, { stories: [{ id: story.id, title: story.reports[0].title, reports: 2, movements: 6 }], next: null });
  if (path === `/api/v1/stories/${story.id}`) return json(200, story);
  if (path === `/stories/${story.id}.geojson`) return give(200, "application/geo+json", JSON.stringify(geojson), { "Content-Disposition": `attachment; filename="${story.id}.geojson"` });
  if (/^\/api\/v1\/stories\/[^/]+\/image\.(svg|png)$/.test(path)) return give(200, "image/svg+xml", picture(dark));
  if (path === "/tiles/base.json") return json(200, { tilejson: "3.0.0", tiles: [], attribution: "Base map: <a href='#'>Natural Earth</a>" });
  if (path.startsWith("/tiles/")) return give(200, "image/png", tile(false));
  if (path.startsWith("/api/")) return problem(404, "Not found", "There is no story of this id; the list of stories is at /api/v1/stories.");
  const page = path === "/" || path.startsWith("/stories/") ? "index.html" : path.startsWith("/embed/") ? "embed.html" : normalize(path).slice(1);
  try {
    return give(200, TYPES[page.split(".").at(-1)] ?? "application/octet-stream", await readFile(join(dist, page)));
  } catch {
    return problem(404, "Not found", `There is nothing at ${path}.`);
  }
}

export const start = (port) =>
  new Promise((done) => {
    const server = createServer((q, r) => void answer(q, r)).listen(port, "127.0.0.1", () => done({ server, url: `http://127.0.0.1:${server.address().port}` }));
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await start(Number(process.argv[2] ?? 8099))).url);
