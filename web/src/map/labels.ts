/**
 * Where names go: each has a few positions around its point, tried in a fixed order (to the right first, as a
 * reader expects); the first that is free of badges, nodes, lines and other names is taken, else the least bad.
 */
import type { Pixel } from "./arrows";

export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Wanted {
  id: string;
  text: string;
  at: Pixel;
  area: boolean;
  /** Must be shown, however crowded it is. */
  must: boolean;
}

const LETTER = 8.1;
const LINE = 17;
const WIDEST_AREA = 160;

export function sizeOf(text: string, area: boolean): { w: number; h: number } {
  const width = [...text].length * LETTER * (area ? 0.9 : 1) + 4;
  if (!area || width <= WIDEST_AREA) return { w: width, h: LINE };
  return { w: WIDEST_AREA, h: LINE * Math.ceil(width / WIDEST_AREA) };
}

/** Centres of the label around its point, best first. */
function spots(at: Pixel, w: number, h: number, area: boolean): Pixel[] {
  const [x, y] = at;
  if (area) {
    const beside = w / 2 + 14;
    return [...[0, -20, 20, -38, 38].map((d): Pixel => [x, y + d]), [x + beside, y], [x - beside, y], [x, y - 56], [x, y + 56], [x + beside, y - 22], [x - beside, y + 22]];
  }
  const side = w / 2 + 9;
  const up = h / 2 + 8;
  return [
    [x + side, y],
    [x - side, y],
    [x + side, y - 11],
    [x + side, y + 11],
    [x - side, y - 11],
    [x - side, y + 11],
    [x, y - up],
    [x, y + up],
    [x + side, y + 22],
    [x + side, y - 22],
  ];
}

function overlap(a: Rect, b: Rect): number {
  const w = Math.min(a.x + a.w / 2, b.x + b.w / 2) - Math.max(a.x - a.w / 2, b.x - b.w / 2);
  const h = Math.min(a.y + a.h / 2, b.y + b.h / 2) - Math.max(a.y - a.h / 2, b.y - b.h / 2);
  return w > 0 && h > 0 ? w * h : 0;
}

/** The centre of each label that finds a place. One that could only stand on another is left out until there is room. */
export function placeLabels(wanted: readonly Wanted[], hard: readonly Rect[], soft: readonly Rect[], frame: Rect | null = null): Map<string, Pixel> {
  const placed = new Map<string, Pixel>();
  const taken: Rect[] = [...hard];
  const order = [...wanted].sort((a, b) => Number(b.must) - Number(a.must) || Number(a.area) - Number(b.area));
  for (const label of order) {
    const { w, h } = sizeOf(label.text, label.area);
    let best: { at: Pixel; cost: number; hit: number } | null = null;
    for (const [x, y] of spots(label.at, w, h, label.area)) {
      const rect = { x, y, w, h };
      let hit = 0;
      for (const other of taken) hit += overlap(rect, other);
      let cost = hit;
      // What the frame would cut counts like a name in the way, unless the point itself lies outside.
      if (frame && overlap({ x: label.at[0], y: label.at[1], w: 1, h: 1 }, frame) > 0) cost += w * h - overlap(rect, frame);
      for (const other of soft) cost += overlap(rect, other) * 0.6;
      if (!best || cost < best.cost) best = { at: [x, y], cost, hit };
      if (cost === 0) break;
    }
    if (!best || (!label.must && best.hit > w * h * 0.25)) continue;
    placed.set(label.id, best.at);
    taken.push({ x: best.at[0], y: best.at[1], w, h });
  }
  return placed;
}
