/** What is pasted into other pages: an iframe, an image, plain Markdown. Pure, so that it can be tested. */

export const NOTICE = "Read by a machine, not yet checked by a person.";

export function escapeAttribute(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

export interface Subject {
  /** Scheme, host and port, without a slash at the end. */
  origin: string;
  id: string;
  title: string;
  alt: string;
}

export type Preset = "wide" | "article" | "square" | "phone";
export type Theme = "light" | "dark";

/** How a picture looks: its colours, and whose boundaries it draws where that is not the default. */
export interface Look {
  theme: Theme;
  worldview: string | null;
}

export const PRESETS: Record<Preset, { name: string; width: number }> = {
  wide: { name: "Wide, 1200 × 675", width: 1200 },
  article: { name: "Article column, 660 wide", width: 660 },
  square: { name: "Square, 1080 × 1080", width: 1080 },
  phone: { name: "Phone, 360 wide", width: 360 },
};

export function imagePath(id: string, form: "png" | "svg" | "pdf", preset: Preset, look: Look): string {
  const view = look.worldview ? `&worldview=${encodeURIComponent(look.worldview)}` : "";
  return `/api/v1/stories/${encodeURIComponent(id)}/image.${form}?preset=${preset}&theme=${look.theme}${view}`;
}

export const storyPath = (id: string): string => `/stories/${encodeURIComponent(id)}`;
export const embedPath = (id: string): string => `/embed/${encodeURIComponent(id)}`;
export const geojsonPath = (id: string): string => `/stories/${encodeURIComponent(id)}.geojson`;

export function iframeSnippet(s: Subject, height: number): string {
  const src = escapeAttribute(s.origin + embedPath(s.id));
  return (
    `<iframe src="${src}" title="${escapeAttribute(`Map: ${s.title}`)}" width="100%" height="${Math.round(height)}" ` +
    `style="border:0" loading="lazy" allowfullscreen></iframe>`
  );
}

export function imageSnippet(s: Subject, preset: Preset, look: Look): string {
  const src = escapeAttribute(s.origin + imagePath(s.id, "png", preset, look));
  const page = escapeAttribute(s.origin + storyPath(s.id));
  return (
    `<figure><a href="${page}"><img src="${src}" width="${PRESETS[preset].width}" style="max-width:100%;height:auto" ` +
    `loading="lazy" alt="${escapeAttribute(s.alt)}"></a>` +
    `<figcaption>${escapeAttribute(s.title)}. ${NOTICE}</figcaption></figure>`
  );
}

export function markdownSnippet(s: Subject, preset: Preset, look: Look): string {
  const alt = s.alt.replace(/[[\]\n\r]/g, " ");
  return `[![${alt}](${s.origin}${imagePath(s.id, "png", preset, look)})](${s.origin}${storyPath(s.id)})`;
}
