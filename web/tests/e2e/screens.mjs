// Pictures of the page in the sizes and themes it must look right in: node tests/e2e/screens.mjs FOLDER [STORY] [--mock]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { browser, server } from "./browser.mjs";

const folder = process.argv[2] ?? "screens";
const { url, stop, mock } = await server();
const id = mock ? "relief-ferries" : process.argv[3];
const sel = process.env.SEL ? `#sel=${process.env.SEL}` : "";
mkdirSync(folder, { recursive: true });
const chrome = await browser();
const shots = [
  ["desk", 1440, 900],
  ["tablet", 900, 1100],
  ["phone", 390, 844],
];
for (const colorScheme of ["light", "dark"])
  for (const [name, width, height] of shots) {
    const page = await chrome.newPage({ viewport: { width, height }, colorScheme, deviceScaleFactor: name === "phone" ? 2 : 1 });
    page.on("console", (m) => ["error", "warning"].includes(m.type()) && console.log(name, m.type(), m.text()));
    page.on("pageerror", (e) => console.log(name, "error", e.message));
    const shot = (what) => page.screenshot({ path: join(folder, `${name}-${colorScheme}-${what}.png`) });
    await page.goto(url);
    await page.waitForTimeout(300);
    await shot("home");
    if (id) {
      await page.goto(`${url}/stories/${id}${sel}`);
      await page.waitForSelector("#map-box[data-ready]", { timeout: 20000 }).catch(() => console.log(name, "the map is not ready"));
      await page.waitForTimeout(1500);
      await shot("story");
      await page.goto(`${url}/embed/${id}`);
      await page.waitForTimeout(600);
      await shot("embed");
    }
    await page.close();
  }
await chrome.close();
stop();
