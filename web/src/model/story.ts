/** A story document with its look-ups: made once when a document arrives, never changed afterwards. */
import type { FeatureCollection } from "geojson";
import type { Claim, Mention, Movement, Place, Remark, Report, Span, StoryDocument } from "./document";
import { Offsets } from "./offsets";
import type { Mark } from "./runs";

export interface Story {
  id: string;
  title: string;
  doc: StoryDocument;
  offsets: Map<string, Offsets>;
  reports: Map<string, Report>;
  places: Map<string, Place>;
  mentions: Map<string, Mention>;
  movements: Map<string, Movement>;
  claims: Map<string, Claim>;
  /** Movements in reading order of the story: by journey, then step; background last. */
  ordered: Movement[];
  /** The number on each movement's badge, as on the drawn map; none for what is listed and not drawn. */
  badges: Map<string, number>;
  /** Movements that their legs or finer tellings draw better: listed in words, drawn only when chosen. */
  listed: Set<string>;
  /** For each movement the claims about it. */
  claimsOf: Map<string, Claim[]>;
  /** For each movement the reports it stands in. */
  reportsOf: Map<string, string[]>;
  /** Places that a movement uses, in order of use. */
  used: string[];
}

/** The report a span lies in. */
export function reportOf(story: { doc: StoryDocument }, span: { report?: string }): string {
  return span.report ?? story.doc.reports[0]?.id ?? "";
}

export function buildStory(id: string, doc: StoryDocument): Story {
  const byId = <T extends { id: string }>(items: T[]): Map<string, T> => new Map(items.map((item) => [item.id, item]));
  const movements = byId(doc.movements);
  // A merged movement answers to the names it had in each report.
  const merged = new Map<string, string>();
  for (const m of doc.movements) for (const from of m.from ?? []) merged.set(from, m.id);

  const claims = byId(doc.claims);
  const claimsOf = new Map<string, Claim[]>();
  for (const m of doc.movements) {
    const own: Claim[] = [];
    for (const c of m.claims ?? []) {
      const claim = claims.get(c);
      if (claim) own.push(claim);
    }
    claimsOf.set(m.id, own);
  }
  for (const claim of doc.claims) {
    if (!claim.about) continue;
    const about = movements.has(claim.about) ? claim.about : merged.get(claim.about);
    const list = about ? claimsOf.get(about) : undefined;
    if (list && !list.includes(claim)) list.push(claim);
  }

  const first = doc.reports[0]?.id ?? "";
  const reportsOf = new Map<string, string[]>();
  for (const m of doc.movements) {
    const found = new Set<string>();
    for (const e of m.evidence ?? []) found.add(e.report ?? first);
    for (const f of m.from ?? []) if (f.includes(".")) found.add(f.slice(0, f.indexOf(".")));
    for (const c of claimsOf.get(m.id) ?? []) found.add(c.report ?? first);
    if (found.size === 0) found.add(m.id.includes(".") ? m.id.slice(0, m.id.indexOf(".")) : first);
    reportsOf.set(m.id, doc.reports.map((r) => r.id).filter((r) => found.has(r)));
  }

  const ordered = doc.movements
    .map((m, i) => ({ m, i }))
    .sort(
      (a, b) =>
        Number(a.m.background ?? false) - Number(b.m.background ?? false) ||
        (a.m.journey ?? 1e9) - (b.m.journey ?? 1e9) ||
        (a.m.step ?? 1e9) - (b.m.step ?? 1e9) ||
        a.i - b.i,
    )
    .map((x) => x.m);

  const used: string[] = [];
  for (const m of ordered) for (const p of endsOf(m)) if (!used.includes(p)) used.push(p);

  return {
    id,
    title: titleOf(doc),
    doc,
    offsets: new Map(doc.reports.map((r) => [r.id, new Offsets(r.text)])),
    reports: byId(doc.reports),
    places: byId(doc.places),
    mentions: byId(doc.mentions),
    movements,
    claims,
    ordered,
    badges: new Map(),
    listed: new Set(),
    claimsOf,
    reportsOf,
    used,
  };
}

/** The story with what its layers say of the drawn map: the numbers on badges, and what is listed in words, last. */
export function withLayers(story: Story, layers: FeatureCollection): Story {
  const badges = new Map<string, number>();
  const listed = new Set<string>();
  for (const { id: own, properties } of layers.features) {
    if (properties?.["layer"] !== "movements") continue;
    const id = String(properties["movement"] ?? own);
    if (properties["listed"]) listed.add(id);
    const badge: unknown = properties["badge"];
    if (typeof badge === "number" && badge > 0) badges.set(id, badge);
  }
  const late = (m: Movement) => Number(m.background ?? false) * 2 + Number(listed.has(m.id));
  const ordered = story.ordered.map((m, i) => ({ m, i })).sort((a, b) => late(a.m) - late(b.m) || a.i - b.i).map((x) => x.m);
  return { ...story, badges, listed, ordered };
}

/** Every place a movement names, stated or inferred, from start to end. */
export function endsOf(m: Movement): string[] {
  return [
    ...m.origin,
    ...(m.origin_inferred ?? []),
    ...(m.via ?? []),
    ...m.destination,
    ...(m.destination_inferred ?? []),
  ];
}

/** The place a place is drawn as: what has no position of its own shows in the area that holds it. */
export function drawnAs(story: Story, id: string): string {
  const place = story.places.get(id);
  return place && place.lon === null && place.within && story.places.has(place.within) ? place.within : id;
}

function titleOf(doc: StoryDocument): string {
  const own = doc.title ?? doc.reports[0]?.title;
  if (own) return own;
  // Without a title the first line serves, from behind its dateline.
  const report = doc.reports[0];
  const body = [...(report?.text ?? "")].slice(report?.dateline?.end ?? 0).join("");
  const line = body.replace(/^[\s\-–—:]+/, "").split("\n", 1)[0]?.trim() ?? "";
  const points = [...line];
  return points.length > 80 ? `${points.slice(0, 79).join("").trimEnd()}…` : line || "Untitled story";
}

/** The words of a span. */
export function quoteOf(story: Story, span: Span): string {
  return story.offsets.get(reportOf(story, span))?.slice(span.start, span.end) ?? "";
}

/** Everything to be marked in one report's text, in UTF-16. */
export function marksOf(story: Story, report: string): Mark[] {
  const offsets = story.offsets.get(report);
  if (!offsets) return [];
  const marks: Mark[] = [];
  const add = (kind: Mark["kind"], id: string, span: Span | null | undefined, weak = false): void => {
    if (!span || reportOf(story, span) !== report) return;
    marks.push({ kind, id, start: offsets.toUtf16(span.start), end: offsets.toUtf16(span.end), ...(weak ? { weak } : {}) });
  };
  for (const m of story.doc.mentions) add("mention", m.id, m, (m.place ? story.places.get(m.place)?.lon : null) === null);
  for (const m of story.ordered) {
    add("trigger", m.id, m.trigger);
    for (const e of m.evidence ?? []) add("evidence", m.id, e);
  }
  for (const c of story.doc.claims) add("claim", c.id, c);
  return marks;
}

/** Movements that use a place. */
export function movementsAt(story: Story, place: string): Movement[] {
  return story.ordered.filter((m) => endsOf(m).some((id) => id === place || drawnAs(story, id) === place));
}

/** Mentions that mean a place. */
export function mentionsOf(story: Story, place: string): Mention[] {
  return story.doc.mentions.filter((m) => m.place === place);
}

/** What a selection's id names: ids of the four lists never meet. */
export function kindOf(story: Story | null, id: string | null): "movement" | "place" | "claim" | "mention" | null {
  if (!story || !id) return null;
  if (story.movements.has(id)) return "movement";
  if (story.places.has(id)) return "place";
  if (story.claims.has(id)) return "claim";
  if (story.mentions.has(id)) return "mention";
  return null;
}

/** Where a remark points, if it points anywhere. */
export function spanOf(remark: Remark): Span | null {
  if (remark.start === undefined || remark.end === undefined || remark.end <= remark.start) return null;
  return { start: remark.start, end: remark.end, report: remark.report };
}
