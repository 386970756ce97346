/** Light or dark: what the link says, else what the reader's system says; and whose boundaries. */
import type { Look } from "../model/snippets";
import type { State } from "../state/state";

const system = matchMedia("(prefers-color-scheme: dark)");

export function themeOf(state: Pick<State, "theme">): "light" | "dark" {
  return state.theme ?? (system.matches ? "dark" : "light");
}

export function lookOf(state: Pick<State, "theme" | "worldview">): Look {
  return { theme: themeOf(state), worldview: state.worldview };
}

export function applyTheme(state: Pick<State, "theme">): void {
  const root = document.documentElement;
  if (state.theme) root.dataset["theme"] = state.theme;
  else delete root.dataset["theme"];
}

export function onSystemTheme(run: () => void): void {
  system.addEventListener("change", run);
}

/** What the server says of its base map: the credit, whether it has tiles of its own for the dark, whose boundaries it can draw. */
export interface BaseMap {
  credit: string;
  dark: boolean;
  worldviews: string[];
}

export async function baseMap(): Promise<BaseMap> {
  const known: BaseMap = { credit: "Natural Earth", dark: false, worldviews: [] };
  try {
    const response = await fetch("/tiles/base.json");
    const json = (await response.json()) as { attribution?: unknown; themes?: unknown; worldviews?: unknown };
    return {
      credit: typeof json.attribution === "string" && json.attribution ? plain(json.attribution).replace(/^Base map:\s*|[.\s]+$/gi, "") : known.credit,
      dark: Array.isArray(json.themes) && json.themes.includes("dark"),
      worldviews: Array.isArray(json.worldviews) ? json.worldviews.filter((view) => typeof view === "string") : [],
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
export function tilesOf(base: BaseMap, look: Look): string {
  const sharp = devicePixelRatio > 1.2 ? "@2x" : "";
  const query = new URLSearchParams();
  if (look.theme === "dark" && base.dark) query.set("theme", "dark");
  if (look.worldview && base.worldviews.includes(look.worldview)) query.set("worldview", look.worldview);
  return `${location.origin}/tiles/base/{z}/{x}/{y}${sharp}.png${query.size > 0 ? `?${query}` : ""}`;
}

/** Whose boundaries, in words that go on from "Boundaries". */
export function viewName(view: string): string {
  if (view === "un") return "follow UN maps";
  if (view === "defacto") return "show who holds them";
  return `as seen by ${new Intl.DisplayNames(["en"], { type: "region" }).of(view) ?? view}`;
}
