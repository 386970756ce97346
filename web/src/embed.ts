/** The map in a frame: the drawn picture first, the live map when the reader asks for it. */
import "./style/tokens.css";
import "./style/map.css";
import "./style/embed.css";
import { readLayers, readStory, Refused, storyInPath } from "./api";
import { heightMessages } from "./embed/height";
import { imagePath, storyPath, type Preset } from "./model/snippets";
import { buildStory, type Story } from "./model/story";
import { altText, placeSentence, sentence } from "./model/words";
import { parseHash } from "./state/hash";
import { START, update, type Action, type State } from "./state/state";
import { button, calm, el, fill, part } from "./view/dom";
import { applyTheme, baseMap, lookOf, onSystemTheme } from "./view/theme";

const id = storyInPath(location.pathname);
let state: State = update({ ...START, narrow: true }, { do: "hash", hash: parseHash(location.hash) });
applyTheme(state);

const box = part("embed-map");
const picture = el("img", { class: "embed-picture", alt: "Map of the story" });
const explore = button("Explore the map", { class: "action embed-explore" });
fill(box, picture);

/** The drawing made for this width: pictures are laid out at their size, not scaled to it. */
function preset(): Preset {
  const width = document.documentElement.clientWidth;
  return width < 480 ? "phone" : width < 900 ? "article" : "wide";
}

function draw(): void {
  if (!id || !picture.isConnected) return;
  const src = imagePath(id, "svg", preset(), lookOf(state));
  if (picture.getAttribute("src") !== src) picture.src = src;
}

function refuse(error: unknown): void {
  const problem = error instanceof Refused ? error.problem : { title: "The map could not be shown", detail: String(error) };
  part("embed-title").textContent = problem.title;
  part("embed-title").classList.remove("visually-hidden");
  fill(box, el("p", { class: "embed-problem", role: "alert" }, problem.detail));
}

/** Asks for layers and the live map, and puts it where the picture was. */
async function live(story: Story): Promise<void> {
  explore.disabled = true;
  explore.textContent = "Opening the map…";
  try {
    const [{ liveMap }, layers, base] = await Promise.all([import("./map/map"), readLayers(story.id), baseMap()]);
    const holder = el("div", { class: "map-box" });
    fill(box, holder);
    explore.remove();
    part("embed-title").classList.remove("visually-hidden");
    const said = part("embed-said");
    const send = (action: Action): void => {
      const was = state;
      state = update(state, action);
      if (state === was) return;
      map.show(state);
      const m = state.sel ? story.movements.get(state.sel) : undefined;
      const p = state.sel ? story.places.get(state.sel) : undefined;
      said.hidden = !m && !p;
      said.textContent = m ? sentence(story, m) : p ? placeSentence(story, p) : "";
    };
    const map = liveMap(
      holder,
      { select: (sel) => send({ do: "select", id: sel, via: "map" }), hover: (hover) => send({ do: "hover", id: hover }), moved: () => undefined },
      {
        camera: state.camera,
        base,
        look: () => lookOf(state),
        cooperative: true,
        calm: calm(),
      },
    );
    state = update(state, { do: "layers", layers });
    map.show(state);
    if (!state.camera) map.fly(state, null);
    onSystemTheme(() => map.show(state));
    new ResizeObserver(() => map.resize()).observe(holder);
  } catch (error) {
    // No WebGL, or a frame that allows no worker: the picture says the same.
    console.warn("the live map could not start:", error);
    fill(box, picture);
    explore.remove();
  }
}

function tell(): void {
  if (parent === window) return;
  // As tall as the picture and the line under it; the live map takes the same room.
  const rest = document.documentElement.clientHeight - box.clientHeight;
  const tall = picture.isConnected && picture.naturalWidth > 0 ? picture.clientHeight + rest : 520;
  for (const message of heightMessages(tall, location.search)) parent.postMessage(message, "*");
}

if (!id) refuse(new Refused({ title: "No story is named", detail: "The address of an embedded map ends with the story's id." }));
else {
  draw();
  readStory(id).then((doc) => {
    const story = buildStory(id, doc);
    state = update(state, { do: "open", story });
    document.title = `Map: ${story.title}`;
    part("embed-title").textContent = story.title;
    picture.alt = altText(story);
    fill(part("embed-links"), explore, el("a", { href: storyPath(id) + location.hash, target: "_blank", rel: "noopener" }, "Words and sources"));
    explore.addEventListener("click", () => void live(story));
  }, refuse);
  onSystemTheme(draw);
  addEventListener("resize", () => {
    draw();
    tell();
  });
  picture.addEventListener("load", tell);
}
