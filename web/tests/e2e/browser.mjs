// A browser and a server for the tests. DATELINE_URL names a running server; else target/debug/dateline is started
// on a free port with a data folder of its own; with --mock the stand-in of dev/mock.mjs serves the built page.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "node:net";
import { chromium } from "playwright-core";

const web = fileURLToPath(new URL("../../", import.meta.url));

export async function browser({ webgl = true } = {}) {
  const executablePath = execFileSync("sh", [join(web, "scripts/chromium.sh")], { encoding: "utf8" }).trim();
  const gl = webgl ? ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"] : ["--disable-webgl", "--disable-3d-apis"];
  return chromium.launch({
    executablePath,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...gl],
  });
}

const freePort = () =>
  new Promise((done, fail) => {
    const probe = createServer().on("error", fail).listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

/** @returns {Promise<{ url: string, stop: () => void, mock: boolean }>} */
export async function server() {
  if (process.env.DATELINE_URL) return { url: process.env.DATELINE_URL.replace(/\/$/, ""), stop: () => {}, mock: false };
  if (process.argv.includes("--mock")) {
    const { start } = await import("../../dev/mock.mjs");
    const { server: running, url } = await start(0);
    return { url, stop: () => running.close(), mock: true };
  }
  const program = process.env.DATELINE_BIN ?? join(web, "../target/debug/dateline");
  if (!existsSync(program)) throw new Error(`there is no ${program}: run "cargo build" first, or name a running server in DATELINE_URL`);
  const data = mkdtempSync(join(tmpdir(), "dateline-e2e-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(program, ["serve", "--listen", url.slice(7), "--data", data], { stdio: ["ignore", "inherit", "inherit"] });
  let ended = false;
  child.on("exit", () => (ended = true));
  const stop = () => {
    child.kill();
    rmSync(data, { recursive: true, force: true });
  };
  for (let i = 0; i < 120; i++) {
    if (ended) throw new Error("the server ended before it answered");
    const up = await fetch(`${url}/`).then((r) => r.ok, () => false);
    if (up) return { url, stop, mock: false };
    await new Promise((done) => setTimeout(done, 250));
  }
  stop();
  throw new Error("the server did not answer within 30 seconds");
}
