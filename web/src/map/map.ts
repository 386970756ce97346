/** The live map: carries out scenes on MapLibre. Loaded only when there is a story to draw. */
import "maplibre-gl/dist/maplibre-gl.css";
import { Map as GlMap, Marker, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, MapMouseEvent, StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { FeatureCollection } from "geojson";
import type { Camera } from "../state/hash";
import type { State } from "../state/state";
import { toPixel } from "./arrows";
import { bars, hatch, square, head, type HeadShape } from "./icons";
import { layers, SOURCES } from "./layers";
import { extent, scene, type Badge, type Label } from "./scene";
import { INK } from "./palette";
import type { Look } from "../model/snippets";
import { tilesOf, viewName, type BaseMap } from "../view/theme";

setWorkerUrl(workerUrl);

export interface MapEvents {
  select(id: string | null): void;
  hover(id: string | null): void;
  moved(camera: Camera): void;
  /** Another view of boundaries is chosen; without this the reader cannot choose. */
  worldview?(view: string | null): void;
}

export interface LiveMap {
  show(state: State): void;
  fly(state: State, only: string | null): void;
  to(camera: Camera): void;
  resize(): void;
  remove(): void;
}

const HIT = ["hit-lines", "nodes", "capitals", "areas-soft", "areas-hatch"];

export interface MapOptions {
  camera: Camera | null;
  base: BaseMap;
  look: () => Look;
  cooperative?: boolean;
  calm: boolean;
}

/** @throws if the browser has no WebGL; the caller shows the drawn picture instead. */
export function liveMap(box: HTMLElement, events: MapEvents, options: MapOptions): LiveMap {
  let look = options.look();
  let state: State | null = null;
  let drawnZoom = NaN;
  let ready = false;
  const badges = new Map<string, { marker: Marker; element: HTMLButtonElement }>();
  const labels = new Map<string, { marker: Marker; element: HTMLElement }>();

  const style = (): StyleSpecification => ({
    version: 8,
    sources: {
      base: { type: "raster", tiles: [tilesOf(options.base, look)], tileSize: 256, maxzoom: 8 },
      ...Object.fromEntries(SOURCES.map((id) => [id, { type: "geojson" as const, data: empty(), tolerance: id === "areas" ? 0.375 : 0, buffer: 256 }])),
    },
    layers: layers(INK[look.theme], look.theme === "dark" && !options.base.dark),
  });

  const map = new GlMap({
    container: box,
    style: style(),
    center: options.camera ? [options.camera.lon, options.camera.lat] : [20, 30],
    zoom: options.camera?.zoom ?? 1,
    maxZoom: 12,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: false,
    cooperativeGestures: options.cooperative ?? false,
    fadeDuration: options.calm ? 0 : 200,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 110 }), "bottom-left");
  // The credit is set as text: MapLibre's own control would read it as HTML.
  const credit = document.createElement("p");
  credit.className = "map-credit";
  box.append(credit);
  const drawCredit = (): void => {
    const view = look.worldview ?? "un";
    const choose = events.worldview;
    const boundaries = choose && options.base.worldviews.length > 1 ? viewChoice(options.base.worldviews, view, (next) => choose(next === "un" ? null : next)) : viewName(view);
    credit.replaceChildren(`Base map: ${options.base.credit}. Boundaries `, boundaries, ". Routes are schematic.");
  };
  drawCredit();
  map.getCanvas().setAttribute("aria-label", "Map of the story. Arrow keys move it, plus and minus zoom.");

  /** Draws the icons that features name (`kind|shape|colour|halo`) and that are not there yet. */
  const prepare = (data: FeatureCollection, key: "icon" | "hatch"): void => {
    for (const f of data.features) {
      const name = String(f.properties?.[key] ?? "");
      if (!name || map.hasImage(name)) continue;
      const [kind, shape, colour = "", halo = ""] = name.split("|");
      const icon = kind === "head" ? head(shape as HeadShape, colour, halo) : kind === "bars" ? bars(colour, halo) : kind === "square" ? square(colour, halo) : hatch(colour);
      map.addImage(name, icon.data, { pixelRatio: icon.pixelRatio });
    }
  };

  const draw = (): void => {
    if (!state || !ready) return;
    drawnZoom = map.getZoom();
    const c = map.getCenter();
    const [x, y] = toPixel([c.lng, c.lat], drawnZoom);
    const s = scene(state, drawnZoom, look.theme, { x, y, w: box.clientWidth - 8, h: box.clientHeight - 8 });
    const set = (id: string, data: FeatureCollection): void => void map.getSource<GeoJSONSource>(id)?.setData(data);
    prepare(s.areas, "hatch");
    prepare(s.heads, "icon");
    prepare(s.bars, "icon");
    prepare(s.nodes, "icon");
    set("areas", s.areas);
    set("shafts", s.shafts);
    set("heads", s.heads);
    set("bars", s.bars);
    set("nodes", s.nodes);
    drawBadges(s.badges);
    drawLabels(s.labels);
  };

  const drawBadges = (wanted: Badge[]): void => {
    const keep = new Set(wanted.map((b) => b.id));
    for (const [id, { marker }] of badges)
      if (!keep.has(id)) {
        marker.remove();
        badges.delete(id);
      }
    for (const b of wanted) {
      let own = badges.get(b.id);
      if (!own) {
        const element = document.createElement("button");
        element.type = "button";
        element.className = "badge";
        // The hidden list beside the map is the way for the keyboard; a second stop here would only double it.
        element.tabIndex = -1;
        element.dataset["movement"] = b.id;
        element.addEventListener("click", (event) => {
          event.stopPropagation();
          events.select(b.id);
        });
        element.addEventListener("mouseenter", () => events.hover(b.id));
        element.addEventListener("mouseleave", () => events.hover(null));
        own = { element, marker: new Marker({ element }).setLngLat(b.at).addTo(map) };
        badges.set(b.id, own);
      }
      own.element.textContent = b.text;
      own.element.setAttribute("aria-label", b.label);
      own.element.style.setProperty("--ink", b.colour);
      own.element.dataset["look"] = b.look;
      own.marker.setLngLat(b.at);
    }
  };

  const drawLabels = (wanted: Label[]): void => {
    const keyOf = (l: Label): string => `${l.kind}:${l.id}`;
    const keep = new Set(wanted.map(keyOf));
    for (const [key, { marker }] of labels)
      if (!keep.has(key)) {
        marker.remove();
        labels.delete(key);
      }
    for (const l of wanted) {
      let own = labels.get(keyOf(l));
      if (!own) {
        const element = document.createElement("div");
        element.className = `label label-${l.kind}`;
        element.setAttribute("role", "img");
        own = { element, marker: new Marker({ element, anchor: "center" }).setLngLat(l.at).addTo(map) };
        labels.set(keyOf(l), own);
      }
      own.element.textContent = l.text;
      own.element.setAttribute("aria-label", l.text);
      own.element.dataset["look"] = l.look;
      own.marker.setLngLat(l.at);
    }
  };

  const hit = (event: MapMouseEvent): string | null => {
    const { x, y } = event.point;
    const found = map.queryRenderedFeatures([[x - 3, y - 3], [x + 3, y + 3]], { layers: HIT });
    const id: unknown = found[0]?.properties["id"];
    return typeof id === "string" ? id : null;
  };

  // Not "load": that waits for every tile of the base map, and the arrows need none.
  map.on("style.load", () => {
    ready = true;
    box.dataset["ready"] = "true";
    draw();
  });
  let waiting = false;
  map.on("zoom", () => {
    if (waiting || Math.abs(map.getZoom() - drawnZoom) < 0.05) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  });
  map.on("moveend", () => {
    draw();
    const c = map.getCenter();
    events.moved({ zoom: map.getZoom(), lat: c.lat, lon: c.lng });
  });
  map.on("mousemove", (event) => {
    const id = hit(event);
    map.getCanvas().style.cursor = id ? "pointer" : "";
    events.hover(id);
  });
  map.on("mouseout", () => events.hover(null));
  map.on("click", (event) => events.select(hit(event)));

  return {
    show(next) {
      const was = look;
      look = options.look();
      state = next;
      if (was.worldview !== look.worldview) drawCredit();
      if (ready && (was.theme !== look.theme || was.worldview !== look.worldview)) {
        ready = false;
        map.setStyle(style(), { diff: false });
      } else draw();
    },
    fly(next, only) {
      const box4 = extent(next, only);
      if (!box4) return;
      const [w, s, e, n] = box4;
      const size = map.getContainer().getBoundingClientRect();
      const room = Math.min(56, Math.max(24, Math.min(size.width, size.height) * 0.1));
      map.fitBounds([[w, s], [e, n]], {
        padding: { top: room, bottom: room, left: room, right: room + Math.min(50, size.width * 0.08) },
        maxZoom: 6.5,
        animate: !options.calm && only !== null,
        duration: 700,
      });
    },
    to(camera) {
      map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
    },
    resize: () => void map.resize(),
    remove: () => map.remove(),
  };
}

/** A choice of views that reads as a part of the credit. */
function viewChoice(views: string[], chosen: string, change: (view: string) => void): HTMLElement {
  const select = document.createElement("select");
  select.className = "map-view";
  select.setAttribute("aria-label", "Whose boundaries are drawn");
  const named = views.map((view): [string, string] => [view, viewName(view)]);
  const general = named.filter(([view]) => view.length > 2);
  const countries = named.filter(([view]) => view.length === 2).sort((a, b) => a[1].localeCompare(b[1], "en"));
  for (const [view, words] of [...general, ...countries]) select.add(new Option(words, view, false, view === chosen));
  select.addEventListener("change", () => change(select.value));
  return select;
}

function empty(): FeatureCollection {
  return { type: "FeatureCollection", features: [] };
}
