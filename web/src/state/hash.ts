/**
 * The state in the URL's hash: `#map=z/lat/lon&sel=a.mv1&rep=a,b&cls=reported,possible&tab=claims&theme=dark&worldview=IN`.
 * Keys that are not ours are kept as they came, in their place.
 */
import { CLASSES, type Class } from "../model/document";

export interface Camera {
  zoom: number;
  lat: number;
  lon: number;
}

export const PANES = ["movements", "places", "claims", "remarks"] as const;
export type Pane = (typeof PANES)[number];

export interface HashState {
  map: Camera | null;
  sel: string | null;
  rep: string[] | null;
  cls: Class[] | null;
  tab: Pane | null;
  theme: "light" | "dark" | null;
  /** Whose boundaries: `defacto` or a country's code; null is the server's default. */
  worldview: string | null;
  /** What other tools put there: raw `key` or `key=value` pieces. */
  rest: string[];
}

export const EMPTY_HASH: HashState = { map: null, sel: null, rep: null, cls: null, tab: null, theme: null, worldview: null, rest: [] };

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A comma and a slash are read by eye, so they stay as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%40", "@");
}

export function parseCamera(text: string): Camera | null {
  const parts = text.split("/").map(Number);
  const [zoom, lat, lon] = parts;
  if (parts.length < 3 || zoom === undefined || lat === undefined || lon === undefined) return null;
  if (![zoom, lat, lon].every(Number.isFinite) || text.split("/").some((p) => p.trim() === "")) return null;
  if (zoom < 0 || zoom > 24 || Math.abs(lat) > 90 || Math.abs(lon) > 540) return null;
  return { zoom, lat, lon };
}

export function formatCamera(camera: Camera): string {
  // Enough digits for a pixel at this zoom, no more: links are read and pasted by people.
  const digits = Math.max(0, Math.ceil((camera.zoom * Math.LN2 + Math.log(512 / 360 / 0.5)) / Math.LN10));
  const short = (n: number, d: number): string => String(Number(n.toFixed(d)));
  return `${short(camera.zoom, 2)}/${short(camera.lat, digits)}/${short(camera.lon, digits)}`;
}

/** `un` is what no key stands for. */
function isWorldview(name: string): boolean {
  return name === "defacto" || /^[A-Z]{2}$/.test(name);
}

export function parseHash(hash: string): HashState {
  const state: HashState = { ...EMPTY_HASH, rest: [] };
  for (const piece of hash.replace(/^#/, "").split("&")) {
    if (piece === "") continue;
    const eq = piece.indexOf("=");
    const key = eq < 0 ? piece : piece.slice(0, eq);
    const value = eq < 0 ? null : decode(piece.slice(eq + 1));
    const list = value === null ? [] : value.split(",").filter(Boolean);
    if (value === null) state.rest.push(piece);
    else if (key === "map" && parseCamera(value)) state.map = parseCamera(value);
    else if (key === "sel") state.sel = value || null;
    else if (key === "rep") state.rep = list;
    else if (key === "cls") state.cls = CLASSES.filter((c) => list.includes(c));
    else if (key === "tab" && (PANES as readonly string[]).includes(value)) state.tab = value as Pane;
    else if (key === "theme" && (value === "light" || value === "dark")) state.theme = value;
    else if (key === "worldview" && isWorldview(value)) state.worldview = value;
    else state.rest.push(piece);
  }
  return state;
}

export function formatHash(state: HashState): string {
  const pieces: string[] = [];
  if (state.map) pieces.push(`map=${formatCamera(state.map)}`);
  if (state.sel) pieces.push(`sel=${encode(state.sel)}`);
  if (state.rep) pieces.push(`rep=${encode(state.rep.join(","))}`);
  if (state.cls) pieces.push(`cls=${state.cls.join(",")}`);
  if (state.tab) pieces.push(`tab=${state.tab}`);
  if (state.theme) pieces.push(`theme=${state.theme}`);
  if (state.worldview) pieces.push(`worldview=${state.worldview}`);
  pieces.push(...state.rest);
  return pieces.length > 0 ? `#${pieces.join("&")}` : "";
}
