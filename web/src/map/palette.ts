/** Colours of the map by theme: the layers carry the light ones, the dark theme has its own for each. */

const DARK: Record<string, string> = {
  "#c4312a": "#FF8A75",
  "#00507f": "#4C9BD6",
  "#1c2023": "#FFFDF2",
  "#6b7379": "#9AA4AB",
};

export const ACTOR_1 = "#C4312A";

export interface Ink {
  halo: string;
  label: string;
  muted: string;
  node: string;
  sea: string;
}

export const INK: Record<"light" | "dark", Ink> = {
  light: { halo: "#FFFFFF", label: "#22282C", muted: "#59636B", node: "#FFFFFF", sea: "#DCE7ED" },
  dark: { halo: "#10171D", label: "#E6EAEC", muted: "#A3AEB6", node: "#10171D", sea: "#10171D" },
};

/** A feature's colour in a theme. Anything that is not a plain hex colour is the first actor's. */
export function colourIn(theme: "light" | "dark", colour: unknown): string {
  const hex = typeof colour === "string" && /^#[0-9a-f]{6}$/i.test(colour) ? colour : ACTOR_1;
  return theme === "dark" ? (DARK[hex.toLowerCase()] ?? hex) : hex;
}
