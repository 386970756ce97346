/** Download, embed, help: one native dialog each, closed by Esc, focus back where it was. */
import { altText } from "../model/words";
import { embedPath, geojsonPath, iframeSnippet, imagePath, imageSnippet, markdownSnippet, NOTICE, PRESETS, type Look, type Preset, type Subject, type Theme } from "../model/snippets";
import type { Action, Dialog, State } from "../state/state";
import { copyButton } from "./card";
import { button, el, fill } from "./dom";
import { lookOf } from "./theme";

type Send = (action: Action) => void;

export interface Dialogs {
  render(state: State, was: State | null): void;
}

export function dialogs(root: HTMLElement, send: Send): Dialogs {
  let open: HTMLDialogElement | null = null;
  let back: HTMLElement | null = null;
  return {
    render(state, was) {
      if (state.dialog === (was?.dialog ?? null)) return;
      if (open) {
        open.close();
        open.remove();
        open = null;
        back?.focus();
      }
      if (!state.dialog) return;
      back = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      const built = build(state.dialog, state, send);
      if (!built) return;
      open = built;
      root.append(built);
      built.addEventListener("close", () => send({ do: "dialog", dialog: null }));
      built.addEventListener("click", (event) => event.target === built && built.close());
      built.showModal();
    },
  };
}

function frame(name: string, ...body: (Node | string | null)[]): HTMLDialogElement {
  const close = button("Close", { class: "action dialog-close" });
  const dialog = el("dialog", { "aria-label": name }, el("div", { class: "dialog-inside" }, el("header", {}, el("h2", {}, name), close), ...body));
  close.addEventListener("click", () => dialog.close());
  return dialog;
}

function build(which: Dialog, state: State, send: Send): HTMLDialogElement | null {
  if (which === "help") return help(state);
  if (!state.story) return null;
  void send;
  const subject: Subject = { origin: location.origin, id: state.story.id, title: state.story.title, alt: altText(state.story) };
  return which === "download" ? download(subject, lookOf(state)) : embed(subject, lookOf(state));
}

function choice<T extends string>(name: string, options: [T, string][], value: T, change: (value: T) => void): HTMLElement {
  const select = el("select", {}, ...options.map(([v, words]) => el("option", { value: v, ...(v === value ? { selected: true } : {}) }, words)));
  select.addEventListener("change", () => change(select.value as T));
  return el("label", { class: "field" }, el("span", {}, name), select);
}

const presets = Object.entries(PRESETS).map(([k, v]): [Preset, string] => [k as Preset, v.name]);
const themes: [Theme, string][] = [["light", "Light"], ["dark", "Dark"]];

function download(s: Subject, look: Look): HTMLDialogElement {
  let preset: Preset = "wide";
  const preview = el("img", { class: "preview", alt: s.alt });
  const png = el("a", { class: "action", download: "" }, "PNG");
  const vector = el("a", { class: "action", download: "" }, "SVG, editable");
  const paper = el("a", { class: "action", download: "" }, "PDF");
  const set = (): void => {
    preview.src = imagePath(s.id, "svg", preset, look);
    png.href = imagePath(s.id, "png", preset, look);
    png.setAttribute("download", `${s.id}-${preset}.png`);
    vector.href = imagePath(s.id, "svg", preset, look);
    vector.setAttribute("download", `${s.id}-${preset}.svg`);
    paper.href = imagePath(s.id, "pdf", preset, look);
    paper.setAttribute("download", `${s.id}-${preset}.pdf`);
  };
  set();
  return frame(
    "Download",
    el("h3", {}, "Picture"),
    el("div", { class: "fields" }, choice("Size", presets, preset, (v) => ((preset = v), set())), choice("Theme", themes, look.theme, (v) => ((look = { ...look, theme: v }), set()))),
    el("div", { class: "preview-box" }, preview),
    el("p", { class: "dialog-actions" }, png, vector, paper),
    el("h3", {}, "Data"),
    el("p", { class: "dialog-actions" }, el("a", { class: "action", id: "download-geojson", href: geojsonPath(s.id), download: `${s.id}.geojson` }, "GeoJSON"), el("a", { class: "action", href: `/api/v1/stories/${encodeURIComponent(s.id)}`, download: `${s.id}.json` }, "Story as JSON")),
    el("h3", {}, "Alternative text"),
    el("p", { class: "alt-words" }, s.alt),
    el("p", {}, copyButton("Copy the alternative text", () => s.alt)),
    el("p", { class: "muted" }, NOTICE),
  );
}

function embed(s: Subject, look: Look): HTMLDialogElement {
  let preset: Preset = "article";
  let height = 520;
  const code = (id: string, label: string): HTMLTextAreaElement => el("textarea", { id, class: "code", readonly: true, rows: "4", spellcheck: "false", "aria-label": label, on: { focus: (e) => (e.target as HTMLTextAreaElement).select() } });
  const frameCode = code("embed-iframe", "Code of the interactive map");
  const imageCode = code("embed-image", "Code of the picture");
  const markdown = code("embed-markdown", "Markdown of the picture");
  const set = (): void => {
    frameCode.value = iframeSnippet(s, height);
    imageCode.value = imageSnippet(s, preset, look);
    markdown.value = markdownSnippet(s, preset, look);
  };
  set();
  const tall = el("input", { type: "number", min: "240", max: "2000", step: "20", value: String(height) });
  tall.addEventListener("input", () => {
    height = Math.max(240, Math.min(2000, Number(tall.value) || 520));
    set();
  });
  return frame(
    "Embed",
    el("h3", {}, "Interactive map"),
    el("div", { class: "fields" }, el("label", { class: "field" }, el("span", {}, "Height in pixels"), tall)),
    frameCode,
    el("p", { class: "dialog-actions" }, copyButton("Copy the code", () => frameCode.value), el("a", { href: embedPath(s.id), target: "_blank", id: "embed-open" }, "Open it alone")),
    el("h3", {}, "Picture with a link"),
    el("div", { class: "fields" }, choice("Size", presets, preset, (v) => ((preset = v), set())), choice("Theme", themes, look.theme, (v) => ((look = { ...look, theme: v }), set()))),
    imageCode,
    el("p", { class: "dialog-actions" }, copyButton("Copy the code", () => imageCode.value)),
    el("h3", {}, "Markdown"),
    markdown,
    el("p", { class: "dialog-actions" }, copyButton("Copy the Markdown", () => markdown.value)),
  );
}

const KEYS: [string, string][] = [
  ["Tab", "through the page; in the map, through movements and places in step order"],
  ["Enter", "open what is focused"],
  ["Esc", "close the card or dialog, focus back where it was"],
  ["[ and ]", "previous and next step"],
  ["arrows, + and −", "move and zoom the map while it is focused"],
  ["0", "show the whole story"],
  ["t / m / c", "go to the text, the map, the list"],
  ["?", "this help"],
];

function help(state: State): HTMLDialogElement {
  const off = keysOff();
  const box = el("input", { type: "checkbox", ...(off ? {} : { checked: true }) });
  box.addEventListener("change", () => setKeysOff(!box.checked));
  void state;
  return frame(
    "Help",
    el("p", {}, "Dateline reads news reports and draws the movements they tell of. Each arrow leads back to the words it came from: point at it, or press it."),
    el("h3", {}, "How sure"),
    el("p", {}, "Dash and head say how the words put it: long dashes with a filled head for what a source says happened, short dashes with an open head for what is planned, dots with a hollow head for what is only possible. Two bars across an arrow: someone denies it. A solid line is never drawn by the machine; only an editor confirms."),
    el("h3", {}, "Keyboard"),
    el("dl", { class: "keys" }, ...KEYS.flatMap(([k, words]) => [el("dt", {}, el("kbd", {}, k)), el("dd", {}, words)])),
    el("label", { class: "switch" }, box, "Single-key shortcuts on"),
  );
}

/** Kept in this browser where that is allowed; an embed in a strict frame has no storage. */
export function keysOff(): boolean {
  try {
    return localStorage.getItem("dateline-keys") === "off";
  } catch {
    return false;
  }
}

function setKeysOff(off: boolean): void {
  try {
    localStorage.setItem("dateline-keys", off ? "off" : "on");
  } catch {
    // Nowhere to keep it: the shortcuts stay as they are.
  }
}

export { fill };
