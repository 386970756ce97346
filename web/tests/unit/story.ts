import type { Feature, FeatureCollection } from "geojson";
/** A small story for the tests: two reports, a merged movement that is denied, a fork, one without places, one in the background. */
import type { StoryDocument } from "../../src/model/document";
import { withLayers, buildStory, type Story } from "../../src/model/story";

const A = "🚢 Ships left Alpha for Beta, the port said. They may go to Gamma or Delta. Alpha denied it. Sheep were moved. In May they left Gamma.";
const B = "Some 300 sailed from Alpha to Beta.";

const at = (report: "a" | "b", words: string): { start: number; end: number; report: string } => {
  const text = report === "a" ? A : B;
  const start = [...text.slice(0, text.indexOf(words))].length;
  return { start, end: start + [...words].length, report };
};
const place = (id: string, name: string, lon: number | null, lat: number | null, precision: "locality" | "vague" | "unplaced" = "locality") => ({ id, name, lon, lat, precision });
const base = { origin: [], destination: [], status: "happened" } as const;

export const DOCUMENT: StoryDocument = {
  reports: [
    { id: "a", title: "Ships leave Alpha", publisher: "First Wire", text: A },
    { id: "b", title: null, publisher: "Second Wire", text: B },
  ],
  mentions: [
    { id: "a.m1", ...at("a", "Alpha"), text: "Alpha", kind: "toponym", place: "p1" },
    { id: "b.m1", ...at("b", "Alpha"), text: "Alpha", kind: "toponym", place: "p1" },
  ],
  places: [place("p1", "Alpha", 10, 50), place("p2", "Beta", 20, 55), place("p3", "Gamma", 30, 50), place("p4", "Delta", null, null, "unplaced")],
  movements: [
    { id: "a.mv3", ...base, origin: [], destination: [], journey: 2, step: 1, class: "reported", trigger: { ...at("a", "moved"), text: "moved" }, evidence: [at("a", "Sheep were moved")] },
    { id: "a.mv2", journey: 1, step: 2, origin: [], origin_inferred: ["p2"], destination: ["p3", "p4"], alternatives: true, class: "possible", evidence: [at("a", "They may go to Gamma or Delta")] },
    { id: "a.mv1", from: ["a.mv1", "b.mv1"], journey: 1, step: 1, origin: ["p1"], destination: ["p2"], mode: "sea", class: "reported", contested: true, quantity: { text: "Some 300", min: 300, max: 300 }, who: { text: "Ships" }, claims: ["a.c1"], evidence: [at("a", "Ships left Alpha for Beta"), at("b", "Some 300 sailed from Alpha to Beta")] },
    { id: "a.mv4", journey: 3, step: 1, origin: ["p3"], destination: [], class: "reported", background: true, evidence: [at("a", "In May they left Gamma")] },
  ],
  claims: [
    { id: "a.c1", speaker: "the port", stance: "asserts", about: "a.mv1", ...at("a", "Ships left Alpha for Beta"), quote: "Ships left Alpha for Beta" },
    { id: "a.c2", speaker: "Alpha", stance: "denies", about: "a.mv1", ...at("a", "Alpha denied it"), quote: "Alpha denied it" },
    { id: "b.c1", speaker: null, stance: "asserts", about: "b.mv1", ...at("b", "Some 300 sailed"), quote: "Some 300 sailed" },
    { id: "a.c3", speaker: "Alpha", stance: "denies", about: null, ...at("a", "denied"), quote: "denied" },
  ],
  disagreements: [],
  remarks: [],
};

const line = (id: string, coordinates: number[][], more = {}): Feature => ({ type: "Feature", id, properties: { layer: "movements", stroke: "#C4312A", ...more }, geometry: { type: "LineString", coordinates } });
/** The layers of the document, as the server gives them. */
export const LAYERS: FeatureCollection = {
  type: "FeatureCollection",
  features: [
    line("a.mv1", [[10, 50], [15, 53], [20, 55]], { badge: 1 }),
    line("a.mv2#1", [[20, 55], [30, 50]], { movement: "a.mv2", inferred: true, badge: 2 }),
    { type: "Feature", id: "a.mv3", properties: { layer: "movements" }, geometry: null } as unknown as Feature,
    line("a.mv4", [[30, 50], [31, 51]]),
  ],
};
export const story = (): Story => withLayers(buildStory("s1", DOCUMENT), LAYERS);
