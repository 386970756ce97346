// A made-up story with real places, written by hand for working on the page without the program.
// Spans are found from the words, in code points, so that the text can be changed freely.

const texts = {
  a:
    "TRIESTE, May 14 (Harbour Wire) - Two ferries carrying some 600 relief workers left Trieste for Durrës on Tuesday, the Italian civil protection agency said.\n\n" +
    "From Durrës the workers will travel by road to three camps in northern Albania, agency spokeswoman Elena Marchetti told reporters 🚢 at the quay. She did not name the camps.\n\n" +
    "Part of the group might later be sent to Skopje or eastern Kosovo, a European official said in Brussels, as the agency had planned in March when a first team flew from Rome to Pristina.\n\n" +
    "Tirana denied that any ferry had arrived. “No ship has entered our ports,” a government spokesman said on Wednesday. Belgrade denied sending fuel.\n\n" +
    "Families in the flooded valleys were moved to higher ground.",
  b:
    "ROME, May 15 (Adriatic Courier) - At least 450 relief workers sailed from Trieste to Durrës this week, the port authority of Trieste said on Thursday.\n\n" +
    "A convoy of 40 trucks is to leave Ancona for Tirana on Saturday, according to the port authority.",
};

const points = Object.fromEntries(Object.entries(texts).map(([k, t]) => [k, [...t]]));

/** The span of the nth occurrence of some words. */
function span(report, words, nth = 0) {
  let at = -1;
  for (let i = 0; i <= nth; i++) at = texts[report].indexOf(words, at + 1);
  if (at < 0) throw new Error(`the fixture's report ${report} has no “${words}”`);
  const start = [...texts[report].slice(0, at)].length;
  return { start, end: start + [...words].length, report };
}
const worded = (report, words, nth) => ({ text: words, ...span(report, words, nth) });

let mentionCount = 0;
const mention = (report, words, place, kind = "toponym", nth = 0) => ({ id: `${report}.m${++mentionCount}`, ...worded(report, words, nth), kind, place });

const place = (id, name, lon, lat, precision, more = {}) => ({
  id, name, kind: "city", lon, lat, country: null, precision, radius_km: null, bbox: null, entry: `gn:${id}`, within: null, count: null,
  score: 0.9, reasons: ["The name matches exactly", "It is the largest place of this name", "Other places of the report are near"], rivals: [], ...more,
});

const places = [
  place("a.p1", "Trieste", 13.77, 45.65, "locality", { country: "IT", rivals: [{ entry: "gn:x", name: "Trieste, Argentina", lon: -58.4, lat: -34.6, score: 0.04 }] }),
  place("a.p2", "Durrës", 19.45, 41.32, "locality", { country: "AL", rivals: [{ entry: "gn:y", name: "Durrës County", lon: 19.6, lat: 41.5, score: 0.31 }] }),
  place("a.p3", "northern Albania", 20.0, 42.1, "vague", { country: "AL", kind: "part", radius_km: 60, entry: null, bbox: [19.3, 41.7, 20.6, 42.66] }),
  place("a.p4", "three camps", null, null, "unplaced", { kind: "other", count: 3, within: "a.p3", entry: null, reasons: ["The report names no camp"] }),
  place("a.p5", "Skopje", 21.43, 42.0, "locality", { country: "MK" }),
  place("a.p6", "eastern Kosovo", 21.35, 42.55, "vague", { country: "XK", kind: "part", radius_km: 35, entry: null, bbox: [21.1, 42.25, 21.7, 42.95] }),
  place("a.p7", "Brussels", 4.35, 50.85, "locality", { country: "BE" }),
  place("a.p8", "Tirana", 19.82, 41.33, "locality", { country: "AL" }),
  place("a.p9", "Rome", 12.49, 41.9, "locality", { country: "IT" }),
  place("a.p10", "Pristina", 21.17, 42.66, "locality", { country: "XK" }),
  place("b.p3", "Ancona", 13.51, 43.6, "locality", { country: "IT" }),
  place("a.p11", "Belgrade", 20.46, 44.8, "locality", { country: "RS" }),
];

const mentions = [
  mention("a", "TRIESTE", "a.p1"),
  mention("a", "Trieste", "a.p1"),
  mention("a", "Durrës", "a.p2"),
  mention("a", "Italian", "a.p9", "actor"),
  mention("a", "Durrës", "a.p2", "toponym", 1),
  mention("a", "three camps", "a.p4"),
  mention("a", "northern Albania", "a.p3"),
  mention("a", "Skopje", "a.p5"),
  mention("a", "eastern Kosovo", "a.p6"),
  mention("a", "Brussels", "a.p7"),
  mention("a", "Rome", "a.p9"),
  mention("a", "Pristina", "a.p10"),
  mention("a", "Tirana", "a.p8", "actor"),
  mention("a", "Belgrade", "a.p11", "actor"),
  mention("b", "ROME", "a.p9"),
  mention("b", "Trieste", "a.p1"),
  mention("b", "Durrës", "a.p2"),
  mention("b", "Trieste", "a.p1", "toponym", 1),
  mention("b", "Ancona", "b.p3"),
  mention("b", "Tirana", "a.p8"),
];

const movement = (id, more) => ({
  id, from: [], journey: 1, step: null, part_of: null, who: null, quantity: null, origin: [], destination: [], alternatives: false, via: [], toward: false,
  origin_inferred: [], destination_inferred: [], mode: "unknown", when: null, status: "happened", class: "reported", contested: false, claims: [], trigger: null, evidence: [], background: false, ...more,
});

const movements = [
  movement("a.mv1", {
    from: ["a.mv1", "b.mv1"], step: 1, who: { ...worded("a", "relief workers"), actor: null }, quantity: { ...worded("a", "some 600"), min: 600, max: 600, approx: true, unit: "people" },
    origin: ["a.p1"], destination: ["a.p2"], mode: "sea", when: { ...worded("a", "on Tuesday"), earliest: "2025-05-13", latest: "2025-05-13", approx: false, inferred: false },
    contested: true, claims: ["a.c1", "a.c4", "b.c1"], trigger: worded("a", "left"),
    evidence: [span("a", "Two ferries carrying some 600 relief workers left Trieste for Durrës on Tuesday"), span("b", "At least 450 relief workers sailed from Trieste to Durrës this week")],
  }),
  movement("a.mv2", {
    step: 2, who: { ...worded("a", "the workers"), actor: null }, origin: ["a.p2"], destination: ["a.p4"], mode: "road", status: "planned", class: "planned", claims: ["a.c2"], trigger: worded("a", "travel"),
    evidence: [span("a", "From Durrës the workers will travel by road to three camps in northern Albania")],
  }),
  movement("a.mv3", {
    step: 3, who: { ...worded("a", "Part of the group"), actor: null }, origin_inferred: ["a.p3"], destination: ["a.p5", "a.p6"], alternatives: true, status: "possible", class: "possible", claims: ["a.c3"], trigger: worded("a", "sent"),
    evidence: [span("a", "Part of the group might later be sent to Skopje or eastern Kosovo")],
  }),
  movement("b.mv2", {
    journey: 2, step: 1, who: { ...worded("b", "A convoy of 40 trucks"), actor: null }, quantity: { ...worded("b", "40 trucks"), min: 40, max: 40, approx: false, unit: "trucks" }, origin: ["b.p3"], destination: ["a.p8"],
    mode: "road", status: "planned", class: "planned", when: { ...worded("b", "on Saturday"), earliest: "2025-05-17", latest: "2025-05-17" }, claims: ["b.c2"], trigger: worded("b", "leave"),
    evidence: [span("b", "A convoy of 40 trucks is to leave Ancona for Tirana on Saturday")],
  }),
  movement("a.mv5", { journey: 3, step: 1, who: { ...worded("a", "Families in the flooded valleys"), actor: null }, trigger: worded("a", "moved"), evidence: [span("a", "Families in the flooded valleys were moved to higher ground")] }),
  movement("a.mv6", {
    journey: 4, step: 1, who: { ...worded("a", "a first team"), actor: null }, origin: ["a.p9"], destination: ["a.p10"], mode: "air", when: { ...worded("a", "in March"), earliest: "2025-03-01", latest: "2025-03-31", approx: true, inferred: true },
    background: true, trigger: worded("a", "flew"), evidence: [span("a", "a first team flew from Rome to Pristina")],
  }),
];

const claim = (id, words, more) => ({ id, speaker: null, role: null, outlet: null, said_at: null, said_on: null, stance: "asserts", about: null, quantity: null, ...span(id[0], words), quote: words, ...more });
const claims = [
  claim("a.c1", "Two ferries carrying some 600 relief workers left Trieste for Durrës on Tuesday, the Italian civil protection agency said", { speaker: "Italian civil protection agency", said_on: "2025-05-14", about: "a.mv1", quantity: { ...worded("a", "some 600"), min: 600, max: 600, approx: true } }),
  claim("a.c2", "From Durrës the workers will travel by road to three camps in northern Albania", { speaker: "Elena Marchetti", role: "agency spokeswoman", said_at: "a.p1", said_on: "2025-05-14", about: "a.mv2" }),
  claim("a.c3", "Part of the group might later be sent to Skopje or eastern Kosovo", { speaker: "a European official", said_at: "a.p7", about: "a.mv3" }),
  claim("a.c4", "Tirana denied that any ferry had arrived. “No ship has entered our ports,” a government spokesman said on Wednesday", { speaker: "Albanian government spokesman", said_on: "2025-05-14", stance: "denies", about: "a.mv1" }),
  claim("a.c5", "Belgrade denied sending fuel", { speaker: "Belgrade", stance: "denies" }),
  claim("b.c1", "At least 450 relief workers sailed from Trieste to Durrës this week", { speaker: "port authority of Trieste", said_on: { ...worded("b", "on Thursday"), earliest: "2025-05-15", latest: "2025-05-15", approx: false, inferred: true }, about: "b.mv1", quantity: { ...worded("b", "At least 450"), min: 450, max: null } }),
  claim("b.c2", "A convoy of 40 trucks is to leave Ancona for Tirana on Saturday", { speaker: "port authority of Trieste", about: "b.mv2", quantity: { ...worded("b", "40 trucks"), min: 40, max: 40 } }),
];

export const story = {
  format: "dateline-reading/1",
  id: "relief-ferries",
  reports: [
    { id: "a", title: "Relief ferries leave Trieste for Durrës", publisher: "Harbour Wire", url: "https://example.org/ferries", published: "2025-05-14", published_inferred: false, dateline: { place: "a.p1", date: "2025-05-14", ...span("a", "TRIESTE, May 14") }, lang: "en", text: texts.a },
    { id: "b", title: "Port counts 450 aboard aid ships", publisher: "Adriatic Courier", url: null, published: "2025-05-15", published_inferred: true, dateline: null, lang: "en", text: texts.b },
  ],
  mentions, places, movements, claims,
  disagreements: [{ about: "a.mv1", kind: "quantity", message: "The reports give different numbers: some 600 (report A) and at least 450 (report B).", claims: ["a.c1", "b.c1"] }],
  remarks: [
    { code: "unplaced", ...span("a", "three camps"), message: "Three camps are counted but not named; they are listed, not pinned." },
    { code: "ambiguous-place", ...span("a", "Durrës"), message: "Durrës is a city and a county; the city was taken because a ship goes there." },
    { code: "year-inferred", message: "No year stands in report B; 2025 follows from the weekday." },
  ],
};

const at = (id) => places.find((p) => p.id === id);
const curve = (from, to, r, via = []) => {
  const line = [];
  const stops = [from, ...via, to];
  if (via.length > 0) return stops;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const c = [(from[0] + to[0]) / 2 - dy * r * 2, (from[1] + to[1]) / 2 + dx * r * 2];
  for (let i = 0; i <= 24; i++) {
    const t = i / 24;
    line.push([0, 1].map((k) => (1 - t) ** 2 * from[k] + 2 * t * (1 - t) * c[k] + t ** 2 * to[k]));
  }
  return line;
};
const pos = (id) => [at(id).lon, at(id).lat];
const box = ([w, s, e, n]) => {
  const c = [(w + e) / 2, (s + n) / 2];
  const ring = Array.from({ length: 41 }, (_, i) => [c[0] + ((e - w) / 2) * Math.cos((i / 20) * Math.PI), c[1] + ((n - s) / 2) * Math.sin((i / 20) * Math.PI)]);
  return { type: "Polygon", coordinates: [ring] };
};
const line = (id, coordinates, more = {}) => {
  const m = movements.find((x) => x.id === id.split("#")[0]);
  return { type: "Feature", id, properties: { layer: "movements", kind: "movement", movement: m.id, class: m.class, status: m.status, contested: m.contested, step: m.step, journey: m.journey, mode: m.mode, stroke: m.journey === 2 ? "#00507F" : "#C4312A", "stroke-width": 2.5, title: id, inferred: false, alternative: m.alternatives, background: m.background, ...more }, geometry: coordinates ? { type: "LineString", coordinates } : null };
};

export const geojson = {
  type: "FeatureCollection",
  bbox: [12.4, 41.3, 21.7, 45.7],
  features: [
    line("a.mv1", curve(pos("a.p1"), pos("a.p2"), 0, [[13.4, 45.3], [13.6, 44.6], [14.6, 43.6], [16.2, 42.6], [17.8, 41.9], [18.9, 41.45]])),
    line("a.mv2", curve(pos("a.p2"), pos("a.p3"), 0.1)),
    line("a.mv3#1", curve(pos("a.p3"), pos("a.p5"), -0.1), { inferred: true }),
    line("a.mv3#2", curve(pos("a.p3"), pos("a.p6"), 0.1), { inferred: true }),
    line("b.mv2", curve(pos("b.p3"), pos("a.p8"), 0.12)),
    line("a.mv5", null),
    line("a.mv6", curve(pos("a.p9"), pos("a.p10"), 0.1)),
    ...places.filter((p) => p.bbox).map((p) => ({ type: "Feature", id: `area-${p.id}`, properties: { layer: "areas", kind: "area", precision: p.precision, stroke: "#C4312A", title: p.name }, geometry: box(p.bbox) })),
    ...places.map((p) => ({ type: "Feature", id: p.id, properties: { layer: "places", kind: p.kind, precision: p.precision, title: p.name }, geometry: p.lon === null ? null : { type: "Point", coordinates: [p.lon, p.lat] } })),
    { type: "Feature", id: "s1", properties: { layer: "statements", title: "Brussels" }, geometry: { type: "Point", coordinates: pos("a.p7") } },
  ],
};
