/**
 * The geometry of an arrow at one zoom: MapLibre has no placement at a line's end, so the shaft is trimmed
 * here and the head, the bars and the badge get their points and bearings. Pixels are Web Mercator at a
 * tile size of 512, y down; bearings are degrees clockwise from north.
 */
import type { Geometry } from "geojson";

export type Pixel = readonly [x: number, y: number];
export type LonLat = [lon: number, lat: number];

const TILE = 512;

export function toPixel([lon, lat]: readonly [number, number], zoom: number): Pixel {
  const world = TILE * 2 ** zoom;
  const sin = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return [((lon + 180) / 360) * world, (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * world];
}

export function toLonLat([x, y]: Pixel, zoom: number): LonLat {
  const world = TILE * 2 ** zoom;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) * 180) / Math.PI;
  return [(x / world) * 360 - 180, lat];
}

/** A line's pieces put together again where they were cut at 180°, with longitudes running on past it. */
export function unwrapped(geometry: Geometry): LonLat[][] {
  const pieces =
    geometry.type === "LineString" ? [geometry.coordinates] : geometry.type === "MultiLineString" ? geometry.coordinates : [];
  const lines: LonLat[][] = [];
  for (const piece of pieces) {
    const line = piece.map((c) => [c[0] ?? 0, c[1] ?? 0] as LonLat);
    const head = line[0];
    if (!head) continue;
    const last = lines.at(-1);
    const tail = last?.at(-1);
    const turns = tail ? Math.round((tail[0] - head[0]) / 360) : 0;
    const meets = tail && Math.abs(tail[1] - head[1]) < 0.01 && Math.abs(tail[0] - head[0] - 360 * turns) < 0.01;
    if (last && meets) last.push(...line.slice(1).map(([lon, lat]): LonLat => [lon + 360 * turns, lat]));
    else lines.push(line);
  }
  return lines;
}

/**
 * A route of few corners with its corners rounded (Chaikin's cutting, ends kept). A line that is dense
 * already is a curve already.
 */
export function smoothed(line: LonLat[]): LonLat[] {
  if (line.length < 3 || line.length > 24) return line;
  let out = line;
  for (let round = 0; round < 3; round++) {
    const next: LonLat[] = [out[0] as LonLat];
    for (let i = 0; i + 1 < out.length; i++) {
      const [a, b] = [out[i] as LonLat, out[i + 1] as LonLat];
      const part = (f: number): LonLat => [a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f];
      if (i > 0) next.push(part(0.25));
      if (i + 2 < out.length) next.push(part(0.75));
    }
    next.push(out.at(-1) as LonLat);
    out = next;
  }
  return out;
}

function length(line: readonly Pixel[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += gap(line[i - 1] as Pixel, line[i] as Pixel);
  return sum;
}

const gap = (a: Pixel, b: Pixel): number => Math.hypot(b[0] - a[0], b[1] - a[1]);

/** The point a distance along the line, and which way the line runs there. */
export function along(line: readonly Pixel[], distance: number): { at: Pixel; bearing: number; index: number } {
  let left = Math.max(0, distance);
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Pixel;
    const b = line[i] as Pixel;
    const step = gap(a, b);
    if (left <= step || i === line.length - 1) {
      const f = step > 0 ? Math.min(1, left / step) : 0;
      const at: Pixel = [a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f];
      return { at, bearing: bearing(a, b), index: i };
    }
    left -= step;
  }
  return { at: line[0] ?? [0, 0], bearing: 0, index: 0 };
}

export function bearing(a: Pixel, b: Pixel): number {
  return ((Math.atan2(b[0] - a[0], a[1] - b[1]) * 180) / Math.PI + 360) % 360;
}

function between(line: readonly Pixel[], from: number, to: number): Pixel[] {
  const start = along(line, from);
  const end = along(line, to);
  return [start.at, ...line.slice(start.index, end.index), end.at];
}

export interface Trim {
  /** Pixels left free at the start and at the tip. */
  start: number;
  end: number;
  /** The head's length in pixels. */
  head: number;
}

export interface Arrow {
  shaft: LonLat[];
  tip: LonLat;
  bearing: number;
  middle: LonLat;
  middleBearing: number;
}

/** The arrow along a line at a zoom, or null where it is too short there to be drawn. */
export function arrow(line: readonly LonLat[], zoom: number, trim: Trim): Arrow | null {
  const pixels = line.map((c) => toPixel(c, zoom));
  const whole = length(pixels);
  const from = Math.min(trim.start, whole * 0.2);
  const to = whole - Math.min(trim.end, whole * 0.25);
  // The shaft ends inside the head, and the head points from there to the tip, so the two always agree.
  const neck = Math.max(from, to - trim.head * 0.8);
  if (whole < 4 || pixels.length < 2) return null;
  const tip = along(pixels, to);
  const back = along(pixels, Math.max(0, to - trim.head));
  const middle = along(pixels, (from + neck) / 2);
  return {
    shaft: between(pixels, from, neck).map((p) => toLonLat(p, zoom)),
    tip: toLonLat(tip.at, zoom),
    bearing: bearing(back.at, tip.at),
    middle: toLonLat(middle.at, zoom),
    middleBearing: middle.bearing,
  };
}

/** Width in pixels from the lowest figure of what moved; what has not moved stays under the two widest classes. */
export function lineWidth(lowest: number | null | undefined, moved: boolean): number {
  const n = lowest ?? 0;
  const width = n >= 20_000 ? 7 : n >= 5_000 ? 5 : n >= 1_000 ? 3.5 : 2.5;
  return moved ? width : Math.min(width, 5);
}

export const headLength = (width: number): number => Math.max(11, 3.4 * width);

export interface Box {
  x: number;
  y: number;
  r: number;
}

/**
 * Where a badge goes: beside its line, near the middle, clear of what already stands there. The first of
 * a fixed list of positions that is free is taken, so the same view gives the same drawing.
 */
export function badgePlace(line: readonly Pixel[], radius: number, taken: readonly Box[]): Pixel {
  const whole = length(line);
  let best: Pixel | null = null;
  let least = Infinity;
  for (const reach of [radius + 5, radius + 17, radius + 33, radius + 52]) {
    for (const part of [0.5, 0.38, 0.62, 0.26, 0.74]) {
      for (const side of [-1, 1]) {
        const { at, bearing: b } = along(line, whole * part);
        const a = ((b + 90 * side) * Math.PI) / 180;
        const spot: Pixel = [at[0] + Math.sin(a) * reach, at[1] - Math.cos(a) * reach];
        let cost = 0;
        for (const box of taken) cost += Math.max(0, box.r + radius + 2 - Math.hypot(box.x - spot[0], box.y - spot[1]));
        if (cost === 0) return spot;
        if (cost < least) {
          least = cost;
          best = spot;
        }
      }
    }
  }
  return best ?? line[0] ?? [0, 0];
}
