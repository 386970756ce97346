/** One state, one pure `update`. Everything the page shows follows from this value. */
import type { FeatureCollection } from "geojson";
import { classesIn, toggled, type Filter } from "../model/filters";
import { kindOf, reportOf, withLayers, type Story } from "../model/story";
import type { Class } from "../model/document";
import { EMPTY_HASH, type Camera, type HashState, type Pane } from "./hash";

export type Dialog = "download" | "embed" | "help";
/** Where a selection came from: the panel that made it does not scroll itself. */
export type Via = "text" | "map" | "list" | "keys" | "link";

export interface Problem {
  title: string;
  detail: string;
  /** Messages by field, where the server names them. */
  fields?: string[];
}

export interface State {
  phase: "home" | "loading" | "story" | "problem";
  problem: Problem | null;
  story: Story | null;
  layers: FeatureCollection | null;
  /** The selected movement, place or claim. */
  sel: string | null;
  via: Via;
  hover: string | null;
  /** A span of text to show once, where what was chosen is only words (a quote, a remark). */
  look: { report: string; start: number; end: number } | null;
  filter: Filter;
  /** The report whose text is open. */
  report: string;
  pane: Pane;
  /** On narrow screens one thing is in front: the text or a list. */
  front: "text" | "list";
  narrow: boolean;
  actors: boolean;
  statements: boolean;
  camera: Camera | null;
  dialog: Dialog | null;
  theme: "light" | "dark" | null;
  worldview: string | null;
  rest: string[];
}

export const START: State = {
  phase: "home",
  problem: null,
  story: null,
  layers: null,
  sel: null,
  via: "link",
  hover: null,
  look: null,
  filter: { cls: null, rep: null, background: false },
  report: "",
  pane: "movements",
  front: "list",
  narrow: false,
  actors: false,
  statements: false,
  camera: null,
  dialog: null,
  theme: null,
  worldview: null,
  rest: [],
};

export type Action =
  | { do: "home" }
  | { do: "wait" }
  | { do: "open"; story: Story }
  | { do: "layers"; layers: FeatureCollection }
  | { do: "fail"; problem: Problem }
  | { do: "select"; id: string | null; via: Via }
  | { do: "hover"; id: string | null }
  | { do: "look"; report: string; start: number; end: number }
  | { do: "class"; cls: Class }
  | { do: "filterReport"; report: string }
  | { do: "background" }
  | { do: "statements" }
  | { do: "actors" }
  | { do: "showReport"; report: string }
  | { do: "pane"; pane: Pane }
  | { do: "front"; front: "text" | "list" }
  | { do: "narrow"; narrow: boolean }
  | { do: "camera"; camera: Camera }
  | { do: "worldview"; worldview: string | null }
  | { do: "dialog"; dialog: Dialog | null }
  | { do: "hash"; hash: HashState };

export function update(state: State, action: Action): State {
  switch (action.do) {
    case "home":
      return { ...START, narrow: state.narrow, theme: state.theme, worldview: state.worldview };
    case "wait":
      return { ...state, phase: "loading", problem: null };
    case "open":
      return opened(state, action.story);
    case "layers":
      return { ...state, layers: action.layers, story: state.story && withLayers(state.story, action.layers) };
    case "fail":
      return { ...state, phase: "problem", problem: action.problem };
    case "select":
      return selected(state, action.id, action.via);
    case "hover":
      return state.hover === action.id ? state : { ...state, hover: action.id };
    case "look":
      return {
        ...state,
        report: action.report,
        look: { report: action.report, start: action.start, end: action.end },
        front: "text",
      };
    case "class": {
      if (!state.story) return state;
      const cls = toggled(state.filter.cls, action.cls, classesIn(state.story));
      return { ...state, filter: { ...state.filter, cls } };
    }
    case "filterReport": {
      if (!state.story) return state;
      const rep = toggled(state.filter.rep, action.report, state.story.doc.reports.map((r) => r.id));
      return { ...state, filter: { ...state.filter, rep } };
    }
    case "background":
      return { ...state, filter: { ...state.filter, background: !state.filter.background } };
    case "statements":
      return { ...state, statements: !state.statements };
    case "actors":
      return { ...state, actors: !state.actors };
    case "showReport":
      return { ...state, report: action.report, look: null };
    case "pane":
      return { ...state, pane: action.pane, front: "list" };
    case "front":
      return { ...state, front: action.front };
    case "narrow":
      return state.narrow === action.narrow ? state : { ...state, narrow: action.narrow };
    case "camera":
      return { ...state, camera: action.camera };
    case "worldview":
      return { ...state, worldview: action.worldview };
    case "dialog":
      return { ...state, dialog: action.dialog };
    case "hash":
      return fromHash(state, action.hash);
  }
}

function opened(state: State, story: Story): State {
  const next: State = {
    ...state,
    phase: "story",
    problem: null,
    story,
    layers: null,
    look: null,
    hover: null,
    report: story.doc.reports[0]?.id ?? "",
  };
  // A link may name what this story no longer has.
  return kindOf(story, next.sel) ? selected(next, next.sel, "link") : { ...next, sel: null };
}

function selected(state: State, id: string | null, via: Via): State {
  const story = state.story;
  const kind = kindOf(story, id);
  if (!story || !id || !kind) return { ...state, sel: null, via, look: null };
  const next: State = { ...state, sel: id, via, look: null };
  if (kind === "movement") {
    const m = story.movements.get(id);
    const reports = story.reportsOf.get(id) ?? [];
    if (!reports.includes(state.report)) next.report = reports[0] ?? state.report;
    next.pane = "movements";
    // What was asked for by name is shown, whatever the filter says.
    if (m?.background) next.filter = { ...next.filter, background: true };
  } else if (kind === "place") {
    next.pane = "places";
    const mentions = story.doc.mentions.filter((x) => x.place === id);
    if (mentions.length > 0 && !mentions.some((x) => reportOf(story, x) === state.report))
      next.report = reportOf(story, mentions[0] ?? {});
  } else if (kind === "claim") {
    next.pane = "claims";
    next.report = reportOf(story, story.claims.get(id) ?? {});
  } else {
    next.report = reportOf(story, story.mentions.get(id) ?? {});
  }
  // On a narrow screen who reads the text stays in the text: the map above it answers.
  if (via !== "text") next.front = "list";
  return next;
}

function fromHash(state: State, hash: HashState): State {
  const next: State = {
    ...state,
    camera: hash.map ?? state.camera,
    filter: { ...state.filter, cls: hash.cls, rep: hash.rep },
    theme: hash.theme,
    worldview: hash.worldview,
    rest: hash.rest,
    pane: hash.tab ?? state.pane,
  };
  if (!state.story) return { ...next, sel: hash.sel };
  const after = hash.sel === state.sel ? next : selected(next, hash.sel, "link");
  return hash.tab ? { ...after, pane: hash.tab } : after;
}

/** The part of the state that a link carries. */
export function toHash(state: State): HashState {
  return {
    ...EMPTY_HASH,
    map: state.camera,
    sel: state.sel,
    rep: state.filter.rep,
    cls: state.filter.cls,
    tab: state.pane === "claims" || state.pane === "remarks" ? state.pane : null,
    theme: state.theme,
    worldview: state.worldview,
    rest: state.rest,
  };
}
