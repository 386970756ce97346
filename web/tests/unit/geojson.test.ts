/// <reference types="node" />
// Every accepted GeoJSON output passes the reference linter of RFC 7946, warnings included.
import { hint } from "@mapbox/geojsonhint";
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";

const folder = new URL("../../../tests/golden/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".geojson"));

describe("GeoJSON outputs", () => {
  test("there are some", () => expect(files.length).toBeGreaterThan(20));
  test.each(files)("%s is valid", (name) => {
    expect(hint(readFileSync(new URL(name, folder), "utf8"))).toEqual([]);
  });
  test("the linter finds a ring wound the wrong way", () => {
    const ring = [[0, 0], [0, 1], [1, 1], [0, 0]];
    const wrong = { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
    expect(hint(JSON.stringify(wrong)).length).toBeGreaterThan(0);
  });
});
