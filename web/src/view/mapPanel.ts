/** The map's part of the page: the live map, the way through it by keyboard, and the picture where there is no WebGL. */
import type { LiveMap } from "../map/map";
import { passes } from "../model/filters";
import { imagePath } from "../model/snippets";
import { kindOf } from "../model/story";
import { altText, placeSentence, sentence } from "../model/words";
import type { Action, State } from "../state/state";
import { button, calm, el, fill } from "./dom";
import { baseMap, lookOf } from "./theme";

type Send = (action: Action) => void;

export interface MapPanel {
  render(state: State, was: State | null): void;
  fit(): void;
  redraw(): void;
}

export function hasWebGl(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

export function mapPanel(root: HTMLElement, send: Send, current: () => State): MapPanel {
  const box = el("div", { class: "map-box", id: "map-box" });
  const features = el("ul", { class: "map-features", "aria-label": "Movements and places on the map, in step order" });
  const fitButton = button("Fit all", { class: "map-fit", title: "Show the whole story (0)", on: { click: () => panel.fit() } });
  const description = el("p", { class: "visually-hidden", id: "map-description" });
  root.setAttribute("aria-describedby", "map-description");
  fill(root, description, features, box, fitButton);

  let live: LiveMap | null = null;
  let starting = false;
  let drawnStory: State["story"] = null;

  const fallback = (state: State): void => {
    if (!state.story) return;
    box.dataset["fallback"] = "true";
    fitButton.hidden = true;
    fill(
      box,
      el("figure", { class: "map-picture" },
        el("img", { src: imagePath(state.story.id, "svg", "article", lookOf(state)), alt: altText(state.story) }),
        el("figcaption", {}, "This browser cannot draw the live map, so here is the drawn one. Text and lists work as always."),
      ),
    );
  };

  const start = async (): Promise<void> => {
    starting = true;
    try {
      if (!hasWebGl()) throw new Error("no WebGL");
      const [{ liveMap }, base] = await Promise.all([import("../map/map"), baseMap()]);
      const state = current();
      live = liveMap(
        box,
        {
          select: (id) => send({ do: "select", id, via: "map" }),
          hover: (id) => send({ do: "hover", id }),
          moved: (camera) => send({ do: "camera", camera }),
          worldview: (worldview) => send({ do: "worldview", worldview }),
        },
        { camera: state.camera, base, look: () => lookOf(current()), calm: calm() },
      );
      live.show(state);
      if (!state.camera) live.fly(state, null);
      new ResizeObserver(() => live?.resize()).observe(box);
    } catch (error) {
      console.warn("the live map could not start:", error);
      live = null;
      fallback(current());
    }
  };

  const panel: MapPanel = {
    fit: () => live?.fly(current(), null),
    redraw: () => (live ? live.show(current()) : box.dataset["fallback"] && fallback(current())),
    render(state, was) {
      const { story } = state;
      if (!story) return;
      if (story !== drawnStory) {
        drawnStory = story;
        description.textContent = altText(story);
        if (live && state.layers) live.fly(state, null);
      }
      if (!was || state.story !== was.story || state.filter !== was.filter) drawFeatures(features, state, send);
      if (!starting && state.layers) {
        void start();
        return;
      }
      if (!live) return;
      const looks = !was || state.sel !== was.sel || state.hover !== was.hover || state.filter !== was.filter || state.layers !== was.layers || state.statements !== was.statements || state.theme !== was.theme || state.worldview !== was.worldview || state.story !== was.story;
      if (looks) live.show(state);
      if (state.layers && was && state.layers !== was.layers && state.story !== was.story) live.fly(state, null);
      const chosen = kindOf(story, state.sel);
      if (was && state.sel !== was.sel && state.sel && state.via !== "map" && (chosen === "movement" || chosen === "place")) live.fly(state, state.sel);
    },
  };
  return panel;
}

/** Every drawn thing as a button with a real name: Tab walks them in step order, the canvas has none. */
function drawFeatures(root: HTMLElement, state: State, send: Send): void {
  const story = state.story;
  if (!story) return;
  const item = (id: string, words: string): HTMLElement =>
    el("li", {}, button(words, { data: { feature: id }, on: { click: () => send({ do: "select", id, via: "map" }), focus: () => send({ do: "hover", id }), blur: () => send({ do: "hover", id: null }) } }));
  const movements = story.ordered.filter((m) => passes(story, m, state.filter) && m.class !== "denied");
  const places = story.used.map((id) => story.places.get(id)).filter((p) => p !== undefined && p.lon !== null);
  fill(root, ...movements.map((m) => item(m.id, sentence(story, m))), ...places.map((p) => (p ? item(p.id, placeSentence(story, p)) : null)));
}
