/** The report's text with its marks. Built once a report; lighting up is a matter of classes on runs. */
import type { Mention, Movement, Report } from "../model/document";
import { cutText, type Run } from "../model/runs";
import { kindOf, marksOf, mentionsOf, reportOf, type Story } from "../model/story";
import { badgeOf, CLASS_NAMES, dayWords, precisionWords, sentence } from "../model/words";
import { litBy } from "../map/scene";
import type { Action, State } from "../state/state";
import { button, calm, el, fill, webAddress } from "./dom";

type Send = (action: Action) => void;

interface Sheet {
  node: HTMLElement;
  runs: { node: HTMLElement; run: Run }[];
}

export interface TextPanel {
  render(state: State, was: State | null): void;
}

export function textPanel(root: HTMLElement, send: Send): TextPanel {
  const chips = el("div", { class: "report-chips", role: "group", "aria-label": "Reports of this story" });
  const head = el("div", { class: "report-head" });
  const body = el("div", { class: "report-body" });
  const tools = el("div", { class: "report-tools" });
  fill(root, el("h2", { class: "visually-hidden" }, "Report text"), chips, el("div", { class: "report-scroll", tabindex: "0", role: "region", "aria-label": "Text of the report" }, head, tools, body));
  let sheets = new Map<string, Sheet>();
  let looked: HTMLElement[] = [];

  return {
    render(state, was) {
      const story = state.story;
      if (!story) return;
      if (story !== was?.story) sheets = new Map();
      let sheet = sheets.get(state.report);
      if (!sheet) {
        sheet = build(story, state.report, send);
        sheets.set(state.report, sheet);
      }
      const turned = story !== was?.story || state.report !== was.report;
      if (turned) {
        drawChips(chips, story, state.report, send);
        const report = story.reports.get(state.report);
        if (report) drawHead(head, report);
        fill(body, sheet.node);
      }
      if (turned || state.actors !== was.actors) {
        drawTools(tools, story, state, send);
        root.classList.toggle("show-actors", state.actors);
      }
      if (turned || state.sel !== was.sel || state.hover !== was.hover) light(sheet, story, state);
      if (state.look !== was?.look || (turned && state.look)) {
        for (const node of looked) node.replaceWith(...node.childNodes);
        looked = [];
        if (state.look?.report === state.report) lookAt(sheet, story, state);
      }
      if (state.sel !== was?.sel && state.sel && state.via !== "text" && !state.look) scrollTo(sheet.node.querySelector(".lit, .lit-place"));
    },
  };

  /** Runs that the span touches get a mark of their own, for a while. */
  function lookAt(sheet: Sheet, story: Story, state: State): void {
    const look = state.look;
    const offsets = story.offsets.get(state.report);
    if (!look || !offsets) return;
    const [from, to] = [offsets.toUtf16(look.start), offsets.toUtf16(look.end)];
    for (const { node, run } of sheet.runs) {
      const [a, b] = [Math.max(from, run.start), Math.min(to, run.end)];
      const words = node.firstChild;
      if (a >= b || !words) continue;
      const range = document.createRange();
      range.setStart(words, a - run.start);
      range.setEnd(words, b - run.start);
      const mark = el("mark", { class: calm() ? "look" : "look flash" });
      range.surroundContents(mark);
      looked.push(mark);
    }
    scrollTo(looked[0] ?? null);
  }
}

function scrollTo(node: Element | null): void {
  node?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
}

function light(sheet: Sheet, story: Story, state: State): void {
  const selected = kindOf(story, state.sel) === "claim" ? new Set<string>() : litBy(story, state.sel);
  const hovered = litBy(story, state.hover);
  const kind = kindOf(story, state.sel);
  for (const { node, run } of sheet.runs) {
    const place = run.mention ? story.mentions.get(run.mention)?.place : null;
    node.classList.toggle("lit", kind === "movement" ? run.evidence.includes(state.sel as string) : kind === "claim" && run.claims.includes(state.sel as string));
    node.classList.toggle("lit-claim", kind === "movement" && run.claims.some((c) => story.claimsOf.get(state.sel as string)?.some((x) => x.id === c)));
    node.classList.toggle("lit-place", Boolean(place && selected.has(place) && (kind === "place" || kind === "mention")));
    node.classList.toggle("warm", run.evidence.some((m) => m === state.hover) || Boolean(place && hovered.has(place)));
  }
}

function drawChips(root: HTMLElement, story: Story, open: string, send: Send): void {
  const many = story.doc.reports.length > 1;
  root.hidden = !many;
  fill(
    root,
    ...story.doc.reports.map((r) =>
      button("", { class: "chip report-chip", "aria-pressed": String(r.id === open), data: { report: r.id }, on: { click: () => send({ do: "showReport", report: r.id }) } },
        el("span", { class: "report-letter" }, r.id.toUpperCase()),
        el("span", { class: "chip-words" }, r.publisher || r.title || "Report"),
      ),
    ),
  );
}

function drawHead(root: HTMLElement, report: Report): void {
  const link = webAddress(report.url);
  const facts = [report.publisher, dayWords(report.published) + (report.published_inferred && report.published ? " (inferred)" : "")].filter(Boolean);
  fill(
    root,
    report.title ? el("h3", { class: "report-title" }, report.title) : null,
    el("p", { class: "report-facts" }, facts.join(" · "), link ? el("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, "Original") : null),
  );
}

function drawTools(root: HTMLElement, story: Story, state: State, send: Send): void {
  const actors = story.doc.mentions.filter((m) => m.kind === "actor" && reportOf(story, m) === state.report).length;
  const key = (cls: string, words: string): HTMLElement => el("span", { class: "key" }, el("span", { class: `key-word ${cls}`, "aria-hidden": "true" }, "Abc"), words);
  fill(
    root,
    key("is-placed", "placed"),
    key("is-vague", "area"),
    key("is-unplaced", "no position"),
    actors > 0
      ? el("label", { class: "switch" }, el("input", { type: "checkbox", ...(state.actors ? { checked: true } : {}), on: { change: () => send({ do: "actors" }) } }), `Governments (${actors})`)
      : null,
  );
}

/** How a mention is underlined. */
export function markClass(story: Story, mention: Mention): string {
  if (mention.kind === "actor") return "is-actor";
  const place = mention.place ? story.places.get(mention.place) : undefined;
  if (!place || place.precision === "unplaced" || place.lon === null) return "is-unplaced";
  return place.precision === "point" || place.precision === "locality" ? "is-placed" : "is-vague";
}

function mentionLabel(story: Story, mention: Mention): string {
  const place = mention.place ? story.places.get(mention.place) : undefined;
  if (mention.kind === "actor") return `${mention.text}: the government or people, not the place; never drawn`;
  if (!place) return `${mention.text}: no place was found for this name`;
  const where = [place.name, place.country].filter(Boolean).join(", ");
  return `${mention.text}: ${where}; ${precisionWords(place.precision)}`;
}

function build(story: Story, report: string, send: Send): Sheet {
  const text = story.offsets.get(report)?.text ?? "";
  const sheet: Sheet = { node: el("div", { class: "prose", lang: story.reports.get(report)?.lang ?? undefined }), runs: [] };
  for (const paragraph of cutText(text, marksOf(story, report))) {
    const p = el("p");
    let open = null as { id: string; node: HTMLElement } | null;
    for (const run of paragraph.runs) {
      const node = el("span", { class: "run" }, run.text);
      sheet.runs.push({ node, run });
      // A mention may be cut by other marks' edges: its runs go into one button.
      const id = run.mention ?? (run.trigger ? `trigger ${run.trigger}` : null);
      if (id && open?.id === id) open.node.append(node);
      else {
        const wrap: HTMLElement | null = id ? marker(story, run, send) : null;
        if (wrap && id) {
          wrap.append(node);
          open = { id, node: wrap };
        } else open = null;
        p.append(wrap ?? node);
      }
      if (!run.mention && !run.trigger && run.evidence.length > 0) hearing(node, run.evidence[0] as string, send);
    }
    if (paragraph.gap) p.append(el("span", { hidden: true }, paragraph.gap));
    sheet.node.append(p);
  }
  return sheet;
}

function hearing(node: HTMLElement, movement: string, send: Send): void {
  node.addEventListener("mouseenter", () => send({ do: "hover", id: movement }));
  node.addEventListener("mouseleave", () => send({ do: "hover", id: null }));
}

/** A mention or a trigger as something that can be pressed; set inline, so that long names break like words. */
function marker(story: Story, run: Run, send: Send): HTMLElement | null {
  const mention = run.mention ? story.mentions.get(run.mention) : undefined;
  if (mention) {
    const node = el("span", { class: `mention ${markClass(story, mention)}`, data: { mention: mention.id, ...(mention.place ? { place: mention.place } : {}) } });
    node.title = mentionLabel(story, mention);
    pressable(node, mention.place ?? mention.id, mention.kind === "actor" ? null : (mention.place ?? null), send);
    if (mention.kind === "actor") node.tabIndex = -1;
    return node;
  }
  const movement: Movement | undefined = run.trigger ? story.movements.get(run.trigger) : undefined;
  if (!movement) return null;
  const node = el("span", { class: `trigger trigger-${movement.class}`, data: { movement: movement.id, ...(story.badges.has(movement.id) ? { step: badgeOf(story, movement) } : {}) } });
  node.title = `${CLASS_NAMES[movement.class]} movement. ${sentence(story, movement)}`;
  pressable(node, movement.id, movement.id, send);
  return node;
}

function pressable(node: HTMLElement, id: string, hover: string | null, send: Send): void {
  node.setAttribute("role", "button");
  node.tabIndex = 0;
  const press = (): void => send({ do: "select", id, via: "text" });
  node.addEventListener("click", press);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  });
  if (!hover) return;
  const on = (): void => send({ do: "hover", id: hover });
  const off = (): void => send({ do: "hover", id: null });
  node.addEventListener("mouseenter", on);
  node.addEventListener("mouseleave", off);
  node.addEventListener("focus", on);
  node.addEventListener("blur", off);
}

/** The first words a place is named by, for "show in text". */
export function firstMention(story: Story, place: string): Mention | undefined {
  return mentionsOf(story, place)[0];
}
