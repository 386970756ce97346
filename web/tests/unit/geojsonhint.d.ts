declare module "@mapbox/geojsonhint" {
  /** The problems of a GeoJSON text; none for a valid one. */
  export function hint(text: string): { message: string; line?: number; level?: string }[];
}
