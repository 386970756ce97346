/** The story document as the server sends it (offsets are Unicode code points, end exclusive). */

export type Class = "confirmed" | "reported" | "planned" | "possible" | "denied";

/** In the order of the legend: from the surest to the least sure. */
export const CLASSES: readonly Class[] = ["confirmed", "reported", "planned", "possible", "denied"];

export interface Span {
  start: number;
  end: number;
  report?: string;
}

export interface Report {
  id: string;
  title?: string | null;
  publisher?: string | null;
  url?: string | null;
  published?: string | null;
  published_inferred?: boolean;
  dateline?: (Span & { place?: string | null; date?: string | null }) | null;
  lang?: string | null;
  text: string;
}

export interface Mention extends Span {
  id: string;
  text: string;
  kind: "toponym" | "demonym" | "actor";
  place?: string | null;
}

export interface Rival {
  entry?: string | null;
  name: string;
  lon?: number | null;
  lat?: number | null;
  score?: number | null;
}

export interface Place {
  id: string;
  name: string;
  kind?: string;
  lon: number | null;
  lat: number | null;
  country?: string | null;
  precision: "point" | "locality" | "region" | "country" | "vague" | "unplaced";
  radius_km?: number | null;
  bbox?: [number, number, number, number] | null;
  entry?: string | null;
  within?: string | null;
  count?: number | null;
  score?: number | null;
  reasons?: string[];
  rivals?: Rival[];
}

export interface Quantity extends Partial<Span> {
  min?: number | null;
  max?: number | null;
  approx?: boolean;
  unit?: string | null;
  text: string;
}

export interface When extends Partial<Span> {
  text: string;
  earliest?: string | null;
  latest?: string | null;
  approx?: boolean;
  inferred?: boolean;
}

export interface Movement {
  id: string;
  from?: string[];
  journey?: number | null;
  step?: number | null;
  part_of?: string | null;
  who?: (Partial<Span> & { text: string; actor?: string | null }) | null;
  quantity?: Quantity | null;
  origin: string[];
  destination: string[];
  alternatives?: boolean;
  via?: string[];
  toward?: boolean;
  origin_inferred?: string[];
  destination_inferred?: string[];
  mode?: string;
  when?: When | null;
  status?: string;
  class: Class;
  contested?: boolean;
  claims?: string[];
  trigger?: (Span & { text: string }) | null;
  evidence?: Span[];
  background?: boolean;
}

export interface Claim extends Span {
  id: string;
  speaker?: string | null;
  role?: string | null;
  outlet?: string | null;
  said_at?: string | null;
  said_on?: When | string | null;
  stance: "asserts" | "denies" | "doubts" | string;
  about?: string | null;
  quantity?: Quantity | null;
  quote: string;
}

export interface Disagreement {
  about?: string | null;
  kind: string;
  message: string;
  claims?: string[];
}

export interface Remark extends Partial<Span> {
  code: string;
  message: string;
}

export interface StoryDocument {
  format?: string;
  id?: string;
  title?: string | null;
  reports: Report[];
  mentions: Mention[];
  places: Place[];
  movements: Movement[];
  claims: Claim[];
  disagreements: Disagreement[];
  remarks: Remark[];
}

/**
 * Accepts a story or a single reading and gives a story. A reading's spans name no report, so the
 * only report there is stands in.
 */
export function toStory(raw: unknown): StoryDocument {
  const d = (raw ?? {}) as Record<string, unknown>;
  const list = <T>(key: string): T[] => (Array.isArray(d[key]) ? (d[key] as T[]) : []);
  const reports = Array.isArray(d["reports"]) ? list<Report>("reports") : d["report"] ? [d["report"] as Report] : [];
  return {
    format: d["format"] as string | undefined,
    id: d["id"] as string | undefined,
    title: d["title"] as string | undefined,
    reports: reports.map((r, i) => ({ ...r, id: r.id ?? String.fromCharCode(97 + i), text: r.text ?? "" })),
    mentions: list("mentions"),
    places: list("places"),
    movements: list<Movement>("movements").map((m) => ({
      ...m,
      origin: m.origin ?? [],
      destination: m.destination ?? [],
    })),
    claims: list("claims"),
    disagreements: list("disagreements"),
    remarks: list("remarks"),
  };
}
