/** The map's style: one line layer a class, so that dash and cap can differ (widths and dashes as in print). */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Class } from "../model/document";
import type { Ink } from "./palette";

export const SOURCES = ["areas", "shafts", "heads", "bars", "nodes"] as const;

/** In multiples of the line's width. */
const DASHES: Record<Class, number[] | null> = {
  confirmed: null,
  reported: [4.5, 1.3],
  planned: [2, 1.8],
  possible: [0, 2.4],
  denied: [0, 2.4],
};

const faded = (dim: number, plain: number): ExpressionSpecification => ["match", ["get", "look"], "dim", dim, plain];
const width: ExpressionSpecification = ["*", ["get", "width"], ["match", ["get", "look"], "lit", 1.25, 1]];

/** Light tiles turned dark: lightness is inverted, and the hue turned so that water stays blue. */
const INVERTED = { "raster-brightness-min": 0.98, "raster-brightness-max": 0.09, "raster-hue-rotate": 180, "raster-saturation": -0.55 };

/** @param invert the theme is dark and the server's tiles are light */
export function layers(ink: Ink, invert: boolean): LayerSpecification[] {
  const shafts = (Object.keys(DASHES) as Class[]).map((cls): LayerSpecification => {
    const dash = DASHES[cls];
    return {
      id: `shaft-${cls}`,
      type: "line",
      source: "shafts",
      filter: ["==", ["get", "cls"], cls],
      layout: { "line-cap": dash?.[0] === 0 ? "round" : "butt", "line-join": "round" },
      paint: {
        "line-color": ["get", "colour"],
        "line-width": width,
        "line-opacity": faded(0.35, 1),
        ...(dash ? { "line-dasharray": dash } : {}),
      },
    };
  });
  return [
    { id: "sea", type: "background", paint: { "background-color": ink.sea } },
    { id: "base", type: "raster", source: "base", paint: { "raster-fade-duration": 0, ...(invert ? INVERTED : {}) } },
    {
      id: "areas-soft",
      type: "fill",
      source: "areas",
      filter: ["!", ["get", "vague"]],
      paint: { "fill-color": ["get", "colour"], "fill-opacity": ["match", ["get", "look"], "lit", 0.18, 0.08] },
    },
    {
      id: "areas-hatch",
      type: "fill",
      source: "areas",
      filter: ["get", "vague"],
      paint: { "fill-pattern": ["image", ["get", "hatch"]], "fill-opacity": ["match", ["get", "look"], "lit", 1, "dim", 0.35, 0.75] },
    },
    {
      id: "areas-edge",
      type: "line",
      source: "areas",
      filter: ["!", ["any", ["get", "vague"], ["get", "country"]]],
      paint: { "line-color": ["get", "colour"], "line-width": 1.5, "line-dasharray": [2.5, 2.5], "line-opacity": faded(0.4, 0.9) },
    },
    {
      id: "casing",
      type: "line",
      source: "shafts",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": ink.halo, "line-width": ["+", width, 3], "line-opacity": faded(0.3, 0.85) },
    },
    ...shafts,
    symbols("heads"),
    symbols("bars"),
    {
      id: "nodes",
      type: "circle",
      source: "nodes",
      filter: ["!", ["has", "icon"]],
      paint: {
        "circle-radius": ["case", ["get", "soft"], 9, ["match", ["get", "look"], "lit", 6, 4.5]],
        "circle-color": ["case", ["get", "soft"], "rgba(0,0,0,0)", ["get", "fill"]],
        "circle-stroke-color": ["case", ["get", "soft"], ["get", "colour"], ["match", ["get", "look"], "lit", ["get", "colour"], ink.label]],
        "circle-stroke-width": ["case", ["get", "soft"], 1.6, 1.8],
        "circle-stroke-opacity": faded(0.5, 1),
        "circle-opacity": faded(0.6, 1),
      },
    },
    {
      id: "capitals",
      type: "symbol",
      source: "nodes",
      filter: ["has", "icon"],
      layout: {
        "icon-image": ["get", "icon"],
        "icon-size": ["match", ["get", "look"], "lit", 1.3, 1],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
      paint: { "icon-opacity": faded(0.5, 1) },
    },
    {
      id: "hit-lines",
      type: "line",
      source: "shafts",
      layout: { "line-cap": "round" },
      paint: { "line-color": "#000", "line-opacity": 0, "line-width": 18 },
    },
  ];
}

function symbols(source: "heads" | "bars"): LayerSpecification {
  return {
    id: source,
    type: "symbol",
    source,
    layout: {
      "icon-image": ["get", "icon"],
      "icon-rotate": ["get", "bearing"],
      "icon-rotation-alignment": "map",
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
      "icon-size": ["get", "size"],
    },
    paint: { "icon-opacity": faded(0.35, 1) },
  };
}
