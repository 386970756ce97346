/**
 * What the map shows at one zoom for one state: shafts, heads, bars, nodes and areas as plain GeoJSON, badges
 * and labels as a list. Pure: the map only carries it out.
 */
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import type { Class, Movement, Place } from "../model/document";
import { passes } from "../model/filters";
import { drawnAs, endsOf, kindOf, type Story } from "../model/story";
import { badgeOf, capital, placeName, sentence } from "../model/words";
import type { State } from "../state/state";
import { arrow, badgePlace, headLength, lineWidth, smoothed, toLonLat, toPixel, unwrapped, type Box, type LonLat, type Pixel } from "./arrows";
import { placeLabels, type Rect, type Wanted } from "./labels";
import { colourIn, INK } from "./palette";

export type Look = "dim" | "plain" | "lit";

export interface Badge {
  id: string;
  text: string;
  label: string;
  at: LonLat;
  colour: string;
  look: Look;
}

export interface Label {
  id: string;
  text: string;
  at: LonLat;
  kind: "point" | "area" | "or" | "statement";
  look: Look;
}

export interface Scene {
  areas: FeatureCollection;
  shafts: FeatureCollection;
  heads: FeatureCollection;
  bars: FeatureCollection;
  nodes: FeatureCollection;
  badges: Badge[];
  labels: Label[];
}

const HEADS: Record<Class, string> = {
  confirmed: "filled",
  reported: "filled",
  planned: "chevron",
  possible: "hollow",
  denied: "hollow",
};

const collect = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });
const point = (at: LonLat, properties: Record<string, unknown>): Feature => ({
  type: "Feature",
  properties,
  geometry: { type: "Point", coordinates: at },
});

/** The movement a feature belongs to: alternative ends of one movement are several features. */
export function movementOf(feature: Feature): string {
  const own = feature.properties?.["movement"];
  return typeof own === "string" ? own : String(feature.id ?? "").split("#", 1)[0] ?? "";
}

export function layerOf(layers: FeatureCollection | null, layer: string): Feature[] {
  return layers?.features.filter((f) => f.properties?.["layer"] === layer) ?? [];
}

/** The ids that the pointer or the selection lights up: a movement with its places, a place with its movements. */
export function litBy(story: Story, id: string | null): Set<string> {
  const lit = new Set<string>();
  const kind = kindOf(story, id);
  if (!id || !kind) return lit;
  lit.add(id);
  if (kind === "movement") for (const p of endsOf(story.movements.get(id) as Movement)) lit.add(p).add(drawnAs(story, p));
  if (kind === "place") lit.add(drawnAs(story, id));
  if (kind === "claim") {
    const claim = story.claims.get(id);
    for (const [m, claims] of story.claimsOf) if (claim && claims.includes(claim)) lit.add(m);
  }
  if (kind === "mention") {
    const place = story.mentions.get(id)?.place;
    if (place) lit.add(place);
  }
  return lit;
}

const AREA = new Set(["region", "country", "vague"]);

/** @param frame the part of the world in view, in pixels of this zoom: names stay inside it */
export function scene(state: State, zoom: number, theme: "light" | "dark", frame: Rect | null = null): Scene {
  const out: Scene = {
    areas: collect([]),
    shafts: collect([]),
    heads: collect([]),
    bars: collect([]),
    nodes: collect([]),
    badges: [],
    labels: [],
  };
  const { story, layers } = state;
  if (!story || !layers) return out;
  const selected = litBy(story, state.sel);
  const hovered = litBy(story, state.hover);
  const lookOf = (id: string): Look =>
    selected.has(id) || hovered.has(id) ? "lit" : selected.size > 0 ? "dim" : "plain";
  const ink = INK[theme];

  const visible = story.ordered.filter((m) => passes(story, m, state.filter));
  const used = new Set<string>();
  const hidden = (m: Movement) => m.class === "denied" || (story.listed.has(m.id) && !selected.has(m.id));
  for (const m of visible) if (!hidden(m)) for (const p of endsOf(m)) used.add(p).add(drawnAs(story, p));
  for (const p of [...selected, ...hovered]) if (story.places.has(p)) used.add(p);
  // A report without movements still shows its places.
  if (story.doc.movements.length === 0) for (const p of story.doc.places) used.add(p.id);

  const byMovement = new Map<string, Feature[]>();
  for (const f of layerOf(layers, "movements")) {
    const id = movementOf(f);
    byMovement.set(id, [...(byMovement.get(id) ?? []), f]);
  }

  const colourOfPlace = new Map<string, string>();
  const lines: { m: Movement; line: LonLat[]; colour: string }[] = [];
  const rings: { m: Movement; at: LonLat; colour: string; place: string | null }[] = [];
  for (const m of visible) {
    if (hidden(m) && !selected.has(m.id)) continue;
    const features = byMovement.get(m.id) ?? [];
    const colour = colourIn(theme, features[0]?.properties?.["stroke"]);
    for (const p of endsOf(m)) for (const id of [p, drawnAs(story, p)]) if (!colourOfPlace.has(id)) colourOfPlace.set(id, colour);
    let drawn = 0;
    const forks: LonLat[][] = [];
    for (const f of features) {
      if (!f.geometry) continue;
      for (const line of unwrapped(f.geometry).map(smoothed)) {
        const inferred = f.properties?.["inferred"] === true;
        const width = lineWidth(m.quantity?.min, m.class === "reported" || m.class === "confirmed") * (inferred ? 0.6 : 1);
        const size = headLength(width);
        const a = arrow(line, zoom, { start: 7, end: 9, head: size });
        lines.push({ m, line, colour });
        forks.push(line);
        drawn++;
        if (!a) continue;
        const common = { id: m.id, cls: m.class, colour, look: lookOf(m.id), width, halo: ink.halo };
        out.shafts.features.push({
          type: "Feature",
          properties: common,
          geometry: { type: "LineString", coordinates: a.shaft },
        });
        out.heads.features.push(
          point(a.tip, { ...common, icon: `head|${HEADS[m.class]}|${colour}|${ink.halo}`, bearing: a.bearing, size: size / 24 }),
        );
        if (m.contested)
          out.bars.features.push(
            point(a.middle, { ...common, icon: `bars||${ink.label}|${ink.halo}`, bearing: a.middleBearing, size: Math.max(0.9, width / 3) }),
          );
      }
      if (f.geometry.type === "Point") {
        rings.push({ m, at: [f.geometry.coordinates[0] ?? 0, f.geometry.coordinates[1] ?? 0], colour, place: null });
        drawn++;
      }
    }
    if (m.alternatives && forks.length > 1) {
      const at = forkPoint(forks, zoom);
      if (at) out.labels.push({ id: m.id, text: "or", at, kind: "or", look: lookOf(m.id) });
    }
    if (drawn === 0) {
      const known = endsOf(m).map((id) => story.places.get(drawnAs(story, id))).find((p) => p && p.lon !== null && p.lat !== null);
      if (known) rings.push({ m, at: [known.lon as number, known.lat as number], colour, place: known.id });
    }
  }

  let names: Label[] = [];
  /** Areas whose name stands in the label of what they hold. */
  const told = new Set<string>();
  const withPolygon = new Set<string>();
  for (const f of layerOf(layers, "areas")) {
    const id = String(f.id ?? "").replace(/^area-/, "");
    const place = story.places.get(id);
    const key = place?.id ?? id;
    if (!used.has(key) || !f.geometry) continue;
    // A whole country would drown the map: it is a ring at its middle until it is asked for.
    const country = place?.precision === "country";
    if (country && key !== state.sel && key !== state.hover) continue;
    withPolygon.add(key);
    const colour = colourOfPlace.get(key) ?? colourIn(theme, f.properties?.["stroke"]);
    const vague = (place?.precision ?? f.properties?.["precision"]) === "vague";
    out.areas.features.push({
      type: "Feature",
      properties: { id: key, vague, country, colour, hatch: `hatch||${colour}|`, look: lookOf(key) },
      geometry: f.geometry,
    });
  }

  const capitals = new Set(layerOf(layers, "places").filter((f) => f.properties?.["capital"] === true).map((f) => String(f.id)));
  for (const id of used) {
    const place = story.places.get(id);
    if (!place) continue;
    const home = story.places.get(drawnAs(story, id));
    if (place.lon === null || place.lat === null) {
      // Counted but not placed: said beside its area, never pinned.
      if (home && home !== place && home.lon !== null && home.lat !== null) {
        const inside = place.name.includes(home.name) ? "" : ` in ${home.name}`;
        const text = `${capital(place.name)}${inside}, ${(place.count ?? 1) > 1 ? "places" : "place"} not given`;
        names.push({ id, text, at: [home.lon, home.lat], kind: "area", look: lookOf(id) });
        told.add(home.id);
      }
      continue;
    }
    const at: LonLat = [place.lon, place.lat];
    const area = AREA.has(place.precision);
    if (!area || !withPolygon.has(id)) {
      const colour = colourOfPlace.get(id) ?? ink.muted;
      const square = !area && capitals.has(id) ? { icon: `square||${lookOf(id) === "lit" ? colour : ink.label}|${ink.node}` } : {};
      out.nodes.features.push(point(at, { id, colour, look: lookOf(id), soft: area, fill: ink.node, ...square }));
    }
    names.push({ id, text: placeName(story, id), at, kind: area ? "area" : "point", look: lookOf(id) });
  }

  names = names.filter((l) => l.kind !== "area" || !told.has(l.id));

  if (state.statements)
    for (const f of layerOf(layers, "statements")) {
      if (f.geometry?.type !== "Point") continue;
      const at: LonLat = [f.geometry.coordinates[0] ?? 0, f.geometry.coordinates[1] ?? 0];
      const name = String(f.properties?.["title"] ?? f.properties?.["name"] ?? "");
      names.push({ id: `statement ${String(f.id ?? name)}`, text: `“ ${name}`, at, kind: "statement", look: "plain" });
    }

  // Badges last: they must stand clear of nodes and of each other.
  const taken: Box[] = out.nodes.features.map((f) => {
    const [x, y] = toPixel(positionOf(f), zoom);
    return { x, y, r: 9 };
  });
  for (const f of out.bars.features) {
    const [x, y] = toPixel(positionOf(f), zoom);
    taken.push({ x, y, r: 9 });
  }
  for (const l of out.labels) {
    const [x, y] = toPixel(l.at, zoom);
    taken.push({ x, y, r: 8 });
  }
  const place = (m: Movement, colour: string, spot: Pixel): void => {
    taken.push({ x: spot[0], y: spot[1], r: 11 });
    out.badges.push({ id: m.id, text: badgeOf(story, m), label: sentence(story, m), at: toLonLat(spot, zoom), colour, look: lookOf(m.id) });
  };
  const done = new Set<string>();
  for (const { m, line, colour } of lines) {
    if (done.has(m.id)) continue;
    done.add(m.id);
    place(m, colour, badgePlace(line.map((c) => toPixel(c, zoom)), 11, taken));
  }
  for (const { m, at, colour, place: at_place } of rings) {
    if (done.has(m.id)) continue;
    done.add(m.id);
    out.nodes.features.push(point(at, { id: m.id, colour, look: lookOf(m.id), soft: true, fill: "rgba(0,0,0,0)", place: at_place }));
    const [x, y] = toPixel(at, zoom);
    place(m, colour, badgePlace([[x - 12, y], [x + 12, y]], 11, taken));
  }

  // Names take what room is left.
  const hard = taken.map(({ x, y, r }): Rect => ({ x, y, w: r * 2, h: r * 2 }));
  const wanted = names.map((l): Wanted => ({ id: l.id, text: l.text, at: toPixel(l.at, zoom), area: l.kind === "area", must: l.look === "lit" }));
  const spots = placeLabels(wanted, hard, lines.flatMap(({ line }) => beads(line, zoom)), frame);
  for (const l of names) {
    const spot = spots.get(l.id);
    if (spot) out.labels.push({ ...l, at: toLonLat(spot, zoom) });
  }
  return out;
}

/** A line as a row of small squares, for names to keep clear of. */
function beads(line: LonLat[], zoom: number): Rect[] {
  const pixels = line.map((c) => toPixel(c, zoom));
  const out: Rect[] = [];
  for (let i = 1; i < pixels.length; i++) {
    const [a, b] = [pixels[i - 1] as Pixel, pixels[i] as Pixel];
    const n = Math.min(80, Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / 8)));
    for (let k = 0; k < n; k++) out.push({ x: a[0] + ((b[0] - a[0]) * k) / n, y: a[1] + ((b[1] - a[1]) * k) / n, w: 7, h: 7 });
  }
  return out;
}

function positionOf(f: Feature): LonLat {
  const c: Position = f.geometry.type === "Point" ? f.geometry.coordinates : [0, 0];
  return [c[0] ?? 0, c[1] ?? 0];
}

/** Between the two ways, where they have clearly parted: there the "or" stands. */
function forkPoint(lines: LonLat[][], zoom: number): LonLat | null {
  const [a, b] = lines.map((line) => line.map((c) => toPixel(c, zoom)));
  if (!a || !b) return null;
  const mid = (line: Pixel[]): Pixel => line[Math.floor((line.length - 1) * 0.66)] as Pixel;
  const [p, q] = [mid(a), mid(b)];
  return toLonLat([(p[0] + q[0]) / 2, (p[1] + q[1]) / 2], zoom);
}

function positions(geometry: Geometry | null): Position[] {
  if (!geometry) return [];
  switch (geometry.type) {
    case "Point":
      return [geometry.coordinates];
    case "LineString":
    case "MultiPoint":
      return geometry.coordinates;
    case "Polygon":
    case "MultiLineString":
      return geometry.coordinates.flat();
    case "MultiPolygon":
      return geometry.coordinates.flat(2);
    default:
      return [];
  }
}

/** `[west, south, east, north]` of what is shown (or of one selection), east past 180 where it crosses. */
export function extent(state: State, only: string | null = null): [number, number, number, number] | null {
  const { story, layers } = state;
  if (!story || !layers) return null;
  const kind = kindOf(story, only);
  const places = new Set<string>();
  const points: Position[] = [];
  const take = (m: Movement): void => {
    for (const p of endsOf(m)) places.add(p);
    for (const f of layerOf(layers, "movements"))
      if (movementOf(f) === m.id && f.geometry) points.push(...(unwrapped(f.geometry).flat().length > 0 ? unwrapped(f.geometry).flat() : positions(f.geometry)));
  };
  if (only && kind === "movement") take(story.movements.get(only) as Movement);
  else if (only && kind === "place") places.add(only);
  else {
    for (const m of story.ordered) if (passes(story, m, state.filter) && m.class !== "denied") take(m);
    if (points.length === 0 && places.size === 0) for (const p of story.doc.places) places.add(p.id);
  }
  for (const id of places) points.push(...placePoints(story.places.get(drawnAs(story, id))));
  return points.length > 0 ? bounds(points) : null;
}

function placePoints(place: Place | undefined): Position[] {
  if (!place || place.lon === null || place.lat === null) return [];
  const r = (place.radius_km ?? 0) / 111;
  const box = place.bbox;
  // A country's box may hold half the world: its own point speaks for it.
  if (place.precision === "country" || !box || box[0] > box[2]) {
    const small = Math.min(r, 3);
    return [[place.lon - small, place.lat - small], [place.lon + small, place.lat + small]];
  }
  return [[box[0], box[1]], [box[2], box[3]]];
}

function bounds(points: Position[]): [number, number, number, number] {
  // Every longitude is brought to the turn nearest the first one, so a box across 180° stays small.
  const first = points[0]?.[0] ?? 0;
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon = 0, lat = 0] of points) {
    const x = lon + 360 * Math.round((first - lon) / 360);
    w = Math.min(w, x);
    e = Math.max(e, x);
    s = Math.min(s, lat);
    n = Math.max(n, lat);
  }
  return [w, s, e, n];
}
