/** Light or dark: what the link says, else what the reader's system says. */
import type { State } from "../state/state";

const system = matchMedia("(prefers-color-scheme: dark)");

export function themeOf(state: Pick<State, "theme">): "light" | "dark" {
  return state.theme ?? (system.matches ? "dark" : "light");
}

export function applyTheme(state: Pick<State, "theme">): void {
  const root = document.documentElement;
  if (state.theme) root.dataset["theme"] = state.theme;
  else delete root.dataset["theme"];
}

export function onSystemTheme(run: () => void): void {
  system.addEventListener("change", run);
}

/** What the server says of its base map: the credit, and whether it has tiles of its own for the dark. */
export interface BaseMap {
  credit: string;
  dark: boolean;
}

export async function baseMap(): Promise<BaseMap> {
  const known: BaseMap = { credit: "Natural Earth", dark: false };
  try {
    const response = await fetch("/tiles/base.json");
    const json = (await response.json()) as { attribution?: unknown; themes?: unknown };
    return {
      credit: typeof json.attribution === "string" && json.attribution ? plain(json.attribution).replace(/^Base map:\s*|[.\s]+$/gi, "") : known.credit,
      dark: Array.isArray(json.themes) && json.themes.includes("dark"),
    };
  } catch {
    return known;
  }
}

/** TileJSON lets a credit have tags; only its words are shown. */
function plain(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
}

/** The base map's tiles, sharp on sharp screens. */
export function tilesOf(base: BaseMap, theme: "light" | "dark"): string {
  const sharp = devicePixelRatio > 1.2 ? "@2x" : "";
  return `${location.origin}/tiles/base/{z}/{x}/{y}${sharp}.png${theme === "dark" && base.dark ? "?theme=dark" : ""}`;
}
