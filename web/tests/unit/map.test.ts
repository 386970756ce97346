import { describe, expect, it } from "vitest";
import { along, arrow, badgePlace, bearing, lineWidth, smoothed, toLonLat, toPixel, unwrapped, type Pixel } from "../../src/map/arrows";
import { placeLabels } from "../../src/map/labels";
import { colourIn } from "../../src/map/palette";
import { extent, scene } from "../../src/map/scene";
import { START, update, type State } from "../../src/state/state";
import { LAYERS, story } from "./story";

const open = (): State => update(update(START, { do: "open", story: story() }), { do: "layers", layers: LAYERS });

describe("arrows", () => {
  it("go to pixels and back", () => {
    for (const p of [[0, 0], [131.9, 43.1], [-179.9, -60]] as [number, number][]) {
      const back = toLonLat(toPixel(p, 5), 5);
      expect(back[0]).toBeCloseTo(p[0], 9);
      expect(back[1]).toBeCloseTo(p[1], 9);
    }
  });
  it("are made whole again where they were cut at 180°", () => {
    const lines = unwrapped({ type: "MultiLineString", coordinates: [[[170, 50], [180, 52]], [[-180, 52], [-170, 50]]] });
    expect(lines).toEqual([[[170, 50], [180, 52], [190, 50]]]);
  });
  it("leave pieces apart that do not meet", () => {
    expect(unwrapped({ type: "MultiLineString", coordinates: [[[0, 0], [1, 1]], [[5, 5], [6, 6]]] })).toHaveLength(2);
  });
  it("stop short of both ends, in pixels, at any zoom", () => {
    for (const zoom of [3, 6]) {
      const a = arrow([[10, 50], [20, 50]], zoom, { start: 7, end: 9, head: 11 })!;
      expect(toPixel(a.shaft[0]!, zoom)[0] - toPixel([10, 50], zoom)[0]).toBeCloseTo(7, 6);
      expect(toPixel([20, 50], zoom)[0] - toPixel(a.tip, zoom)[0]).toBeCloseTo(9, 6);
      expect(a.bearing).toBeCloseTo(90, 6);
    }
  });
  it("round their corners and keep their ends", () => {
    const round = smoothed([[0, 0], [10, 0], [10, 10]]);
    expect([round[0], round.at(-1)]).toEqual([[0, 0], [10, 10]]);
    expect(round.length).toBeGreaterThan(6);
    expect(round.some(([x, y]) => x === 10 && y === 0)).toBe(false);
    expect(smoothed([[0, 0], [1, 1]])).toEqual([[0, 0], [1, 1]]);
  });
  it("are left out where they would be a dot", () => expect(arrow([[10, 50], [10.001, 50]], 2, { start: 7, end: 9, head: 11 })).toBeNull());
  it("know north from east", () => {
    expect(bearing([0, 0], [0, -5])).toBe(0);
    expect(bearing([0, 0], [5, 0])).toBe(90);
    expect(along([[0, 0], [10, 0]], 4).at).toEqual([4, 0]);
  });
  it("are as wide as what has moved, and a promise is never the widest", () => {
    expect([null, 900, 3000, 10_000, 30_000].map((n) => lineWidth(n, true))).toEqual([2.5, 2.5, 3.5, 5, 7]);
    expect(lineWidth(30_000, false)).toBe(5);
  });
  it("have their badges beside the line and not on each other", () => {
    const path: Pixel[] = [[0, 0], [200, 0]];
    const first = badgePlace(path, 11, []);
    const second = badgePlace(path, 11, [{ x: first[0], y: first[1], r: 11 }]);
    expect(Math.abs(first[1])).toBeGreaterThan(11);
    expect(Math.hypot(first[0] - second[0], first[1] - second[1])).toBeGreaterThan(22);
  });
});

describe("labels", () => {
  const wanted = (id: string, x: number, must = false) => ({ id, text: "Durrës", at: [x, 0] as Pixel, area: false, must });
  it("stand to the right where nothing is in the way", () => expect(placeLabels([wanted("a", 0)], [], []).get("a")![0]).toBeGreaterThan(20));
  it("do not overprint each other", () => {
    const spots = placeLabels([wanted("a", 0), wanted("b", 12)], [], []);
    const [a, b] = [spots.get("a")!, spots.get("b")!];
    expect(Math.abs(a[0] - b[0]) > 50 || Math.abs(a[1] - b[1]) >= 17).toBe(true);
  });
  it("stay inside the frame", () => {
    const spot = placeLabels([wanted("a", 95)], [], [], { x: 0, y: 0, w: 200, h: 200 }).get("a")!;
    expect(spot[0] + 26).toBeLessThan(100);
  });
  it("are never left out when they are chosen", () => {
    const wall = [{ x: 0, y: 0, w: 400, h: 400 }];
    expect(placeLabels([wanted("a", 0)], wall, []).has("a")).toBe(false);
    expect(placeLabels([wanted("a", 0, true)], wall, []).has("a")).toBe(true);
  });
});

describe("the scene", () => {
  it("draws what passes the filters, and nothing that has no position", () => {
    const s = scene(open(), 4, "light");
    expect(s.shafts.features.map((f) => f.properties?.["id"])).toEqual(["a.mv1", "a.mv2"]);
    expect(s.nodes.features.map((f) => f.properties?.["id"])).toEqual(["p1", "p2", "p3"]);
    expect(s.badges.map((b) => b.text)).toEqual(["1", "2"]);
  });
  it("leaves what is listed to its legs or finer tellings, unless it is chosen", () => {
    const s0 = open();
    const features = s0.layers!.features.map((f) =>
      String(f.id).startsWith("a.mv1") ? { ...f, properties: { ...f.properties, listed: "whole" } } : f,
    );
    const state: State = update(s0, { do: "layers", layers: { ...s0.layers!, features } });
    expect(scene(state, 4, "light").shafts.features.map((f) => f.properties?.["id"])).toEqual(["a.mv2"]);
    expect(scene({ ...state, sel: "a.mv1" }, 4, "light").shafts.features).toHaveLength(2);
  });
  it("bars what is contested and thins what is inferred", () => {
    const s = scene(open(), 4, "light");
    expect(s.bars.features.map((f) => f.properties?.["id"])).toEqual(["a.mv1"]);
    expect(s.shafts.features[1]?.properties?.["width"]).toBeLessThan(s.shafts.features[0]?.properties?.["width"]);
  });
  it("lights the chosen movement with its places and dims the others", () => {
    const s = scene(update(open(), { do: "select", id: "a.mv1", via: "list" }), 4, "light");
    expect(Object.fromEntries(s.nodes.features.map((f) => [f.properties?.["id"], f.properties?.["look"]]))).toEqual({ p1: "lit", p2: "lit", p3: "dim" });
  });
  it("marks a movement with one known end by a ring there", () => {
    const state = update({ ...open(), layers: { type: "FeatureCollection", features: [] } }, { do: "background" });
    expect(scene(state, 4, "light").badges.map((b) => b.id)).toContain("a.mv4");
  });
  it("draws a capital as a square in ink, in its movement's colour when it is lit", () => {
    const s0 = open();
    const capital = { type: "Feature" as const, id: "p2", properties: { layer: "places", capital: true }, geometry: { type: "Point" as const, coordinates: [20, 55] } };
    const state = update(s0, { do: "layers", layers: { ...s0.layers!, features: [...s0.layers!.features, capital] } });
    const icons = (s: State) => scene(s, 4, "light").nodes.features.map((f) => f.properties?.["icon"]);
    expect(icons(state)).toEqual([undefined, "square||#22282C|#FFFFFF", undefined]);
    expect(icons({ ...state, sel: "a.mv1" })[1]).toBe("square||#C4312A|#FFFFFF");
  });
  it("has a dark colour for every actor's", () => {
    expect(["#C4312A", "#00507F", "#1C2023"].map((c) => colourIn("dark", c))).toEqual(["#FF8A75", "#4C9BD6", "#FFFDF2"]);
    expect(colourIn("light", "url(javascript:)")).toBe("#C4312A");
  });
  it("frames what is shown", () => {
    expect(extent(open())).toEqual([10, 50, 30, 55]);
    expect(extent(open(), "a.mv1")).toEqual([10, 50, 20, 55]);
  });
});
