/** A short stretch of line as the map draws it for a class, for the legend and the list. */
import type { Class } from "../model/document";
import { svg } from "./dom";

const DASH: Record<Class, string> = {
  confirmed: "",
  reported: "11.25 3.25",
  planned: "5 4.5",
  possible: "0 6",
  denied: "0 6",
};

export function lineSample(cls: Class, contested = false): SVGElement {
  const shape =
    cls === "planned"
      ? svg("path", { d: "M33 2.6 40.5 7 33 11.4", class: "sample-open" })
      : cls === "possible" || cls === "denied"
        ? svg("path", { d: "M32.5 2.8 41 7 32.5 11.2Z", class: "sample-hollow" })
        : svg("path", { d: "M31 2.4 42 7 31 11.6 33.4 7Z", class: "sample-filled" });
  const line = svg("path", { d: `M1.5 7H${cls === "planned" ? 38 : 31}`, class: "sample-line", "stroke-dasharray": DASH[cls] });
  if (cls === "possible" || cls === "denied") line.setAttribute("stroke-linecap", "round");
  const bars = contested || cls === "denied" ? [svg("path", { d: "M14.5 1.5v11M19.5 1.5v11", class: "sample-bars" })] : [];
  return svg("svg", { viewBox: "0 0 44 14", width: 44, height: 14, "aria-hidden": "true", class: "sample" }, line, shape, ...bars);
}
