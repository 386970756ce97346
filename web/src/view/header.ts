/** The head of the page: what this is, the legend that filters, and what can be done with the story. */
import type { Class } from "../model/document";
import { classesIn } from "../model/filters";
import { CLASS_MEANINGS, CLASS_NAMES } from "../model/words";
import type { Action, State } from "../state/state";
import { button, el, fill, svg } from "./dom";
import { lineSample } from "./sample";

type Send = (action: Action) => void;

export interface Header {
  render(state: State, was: State | null): void;
}

export function header(root: HTMLElement, send: Send): Header {
  const mark = svg("svg", { viewBox: "0 0 32 32", width: 22, height: 22, "aria-hidden": "true", class: "mark" },
    svg("path", { d: "M4 25 20 12.5", class: "mark-line" }), svg("path", { d: "m26 8-9.2 2.4 5 6.2z", class: "mark-head" }), svg("circle", { cx: 5, cy: 24.6, r: 2.8, class: "mark-head" }));
  const title = el("h1", { class: "story-title" }, "Dateline");
  const legend = el("div", { class: "legend", role: "group", "aria-label": "Classes shown" });
  const actions = el("div", { class: "actions" });
  fill(root, el("a", { class: "brand", href: "/", title: "Dateline: start page" }, mark as unknown as Node, el("span", {}, "Dateline")), title, actions, legend);

  return {
    render(state, was) {
      const story = state.phase === "story" ? state.story : null;
      if (!was || story !== was.story || state.phase !== was.phase) {
        title.textContent = story?.title ?? "Reports to sourced maps";
        title.title = story?.title ?? "";
        document.title = story ? `${story.title} · Dateline` : "Dateline";
        const action = (id: string, words: string, press: () => void): HTMLElement => button(words, { class: "action", id, on: { click: press } });
        fill(
          actions,
          story ? action("open-download", "Download", () => send({ do: "dialog", dialog: "download" })) : null,
          story ? action("open-embed", "Embed", () => send({ do: "dialog", dialog: "embed" })) : null,
          story ? el("a", { class: "action", href: "/" }, "Read a report") : null,
          button("?", { class: "action action-help", id: "open-help", "aria-label": "Help and keyboard", on: { click: () => send({ do: "dialog", dialog: "help" }) } }),
        );
      }
      if (!was || story !== was.story || state.filter !== was.filter || state.phase !== was.phase) drawLegend(legend, state, send);
    },
  };
}

function drawLegend(root: HTMLElement, state: State, send: Send): void {
  const story = state.phase === "story" ? state.story : null;
  root.hidden = !story;
  if (!story) return;
  const focused = document.activeElement instanceof HTMLElement && root.contains(document.activeElement) ? document.activeElement.id : null;
  const on = (cls: Class): boolean => !state.filter.cls || state.filter.cls.includes(cls);
  const reports = story.doc.reports;
  fill(
    root,
    ...classesIn(story).map((cls) =>
      button("", { class: "chip", id: `filter-${cls}`, "aria-pressed": String(on(cls)), title: `${CLASS_NAMES[cls]}: ${CLASS_MEANINGS[cls]}. Press to show or hide.`, on: { click: () => send({ do: "class", cls }) } }, lineSample(cls) as unknown as Node, CLASS_NAMES[cls]),
    ),
    ...(reports.length > 1
      ? [
          el("span", { class: "legend-gap", "aria-hidden": "true" }),
          ...reports.map((r) =>
            button("", { class: "chip", id: `filter-report-${r.id}`, "aria-pressed": String(!state.filter.rep || state.filter.rep.includes(r.id)), title: `Movements told by ${r.publisher || r.title || r.id}. Press to show or hide.`, on: { click: () => send({ do: "filterReport", report: r.id }) } }, el("span", { class: "report-letter" }, r.id.toUpperCase()), el("span", { class: "chip-words" }, r.publisher || r.title || "Report")),
          ),
        ]
      : []),
  );
  if (focused) document.getElementById(focused)?.focus();
}
