/** The viewer: one state, panels that render what changed of it, the URL's hash as its memory. */
import "./style/tokens.css";
import "./style/page.css";
import "./style/text.css";
import "./style/lists.css";
import "./style/map.css";
import { readLayers, readStory, Refused, storyInPath } from "./api";
import type { StoryDocument } from "./model/document";
import { storyPath } from "./model/snippets";
import { buildStory, kindOf, type Story } from "./model/story";
import { placeSentence, sentence } from "./model/words";
import { formatHash, parseHash } from "./state/hash";
import { START, toHash, update, type Action, type State } from "./state/state";
import { dialogs } from "./view/dialogs";
import { button, el, fill, part } from "./view/dom";
import { header } from "./view/header";
import { home } from "./view/home";
import { keys } from "./view/keys";
import { lists } from "./view/lists";
import { mapPanel } from "./view/mapPanel";
import { textPanel } from "./view/text";
import { applyTheme, onSystemTheme } from "./view/theme";

let state: State = START;
let drawn: State | null = null;

const send = (action: Action): void => {
  const next = update(state, action);
  if (next === state) return;
  const chosen = next.sel !== state.sel && action.do === "select";
  state = next;
  // Before drawing: the drawing may move the map, and that must not overwrite the entry it starts from.
  if (action.do !== "hash" && action.do !== "hover" && state.phase === "story") remember(chosen);
  render();
};

const panels = {
  header: header(part("header"), send),
  text: textPanel(part("text-panel"), send),
  lists: lists(part("list-panel"), send),
  map: mapPanel(part("map-panel"), send, () => state),
  dialogs: dialogs(part("dialogs"), send),
};
const start = home(part("home"), (id, doc) => {
  history.pushState(null, "", storyPath(id));
  send({ do: "home" });
  open(id, doc);
});

function render(): void {
  const was = drawn;
  drawn = state;
  if (state.theme !== was?.theme) applyTheme(state);
  if (state.phase !== was?.phase || state.problem !== was.problem) phases();
  if (state.narrow !== was?.narrow || state.front !== was.front) {
    document.body.classList.toggle("narrow", state.narrow);
    document.body.dataset["front"] = state.front;
  }
  panels.header.render(state, was);
  if (state.phase === "story") {
    panels.text.render(state, was);
    panels.lists.render(state, was);
    panels.map.render(state, was);
    if (state.sel !== was?.sel) announce();
  }
  panels.dialogs.render(state, was);
}

function phases(): void {
  part("home").hidden = state.phase !== "home";
  part("story").hidden = state.phase !== "story";
  part("waiting").hidden = state.phase !== "loading";
  part("problem").hidden = state.phase !== "problem";
  part("notice").hidden = state.phase !== "story";
  document.body.dataset["phase"] = state.phase;
  if (state.phase === "home") start.show();
  if (state.phase === "loading") fill(part("waiting"), el("p", { class: "visually-hidden" }, "Opening the story"), ...[0, 1, 2].map(() => el("div", { class: "skeleton", "aria-hidden": "true" })));
  if (state.phase === "problem" && state.problem)
    fill(
      part("problem"),
      el("h2", {}, state.problem.title),
      state.problem.detail ? el("p", {}, state.problem.detail) : null,
      ...(state.problem.fields ?? []).map((f) => el("p", { class: "muted" }, f)),
      el("p", {}, button("Try again", { class: "action", on: { click: () => route() } }), " ", el("a", { class: "action", href: "/" }, "Start page")),
    );
}

/** Says what was chosen to those who do not see it light up. */
function announce(): void {
  const { story, sel } = state;
  const kind = kindOf(story, sel);
  let words = "";
  if (story && sel && kind === "movement") words = sentence(story, story.movements.get(sel)!);
  else if (story && sel && kind === "place") words = placeSentence(story, story.places.get(sel)!);
  else if (story && sel && kind === "claim") words = `Claim: ${story.claims.get(sel)?.speaker ?? "not attributed"}`;
  else if (story && sel && kind === "mention") words = "A government or people, not a place on the map";
  part("live").textContent = words;
}

/** The hash follows the state: a new entry in the history for a selection, none for a pan. */
function remember(chosen: boolean): void {
  const hash = formatHash(toHash(state));
  if (hash === location.hash) return;
  const address = `${location.pathname}${location.search}${hash}`;
  if (chosen) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

function failed(error: unknown): void {
  send({ do: "fail", problem: error instanceof Refused ? error.problem : { title: "The story could not be shown", detail: String(error) } });
}

function open(id: string, doc: StoryDocument): void {
  const story: Story = buildStory(id, doc);
  send({ do: "open", story });
  readLayers(id).then((layers) => send({ do: "layers", layers }), failed);
}

function route(): void {
  const id = storyInPath(location.pathname);
  if (!id) return send({ do: "home" });
  if (state.story?.id === id && state.phase === "story") return;
  send({ do: "wait" });
  readStory(id).then((doc) => open(id, doc), failed);
}

const narrow = matchMedia("(max-width: 1023px)");
narrow.addEventListener("change", () => send({ do: "narrow", narrow: narrow.matches }));
addEventListener("hashchange", () => send({ do: "hash", hash: parseHash(location.hash) }));
addEventListener("popstate", () => {
  send({ do: "hash", hash: parseHash(location.hash) });
  route();
});
onSystemTheme(() => panels.map.redraw());
keys({ send, state: () => state, fit: () => panels.map.fit() });
// The hash is the state's: a skip link moves the focus and leaves it alone.
for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-skip]"))
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const target = part(link.hash.slice(1));
    if (state.narrow && target.id === "text-panel") send({ do: "front", front: "text" });
    if (state.narrow && target.id === "list-panel") send({ do: "front", front: "list" });
    target.focus();
  });

send({ do: "narrow", narrow: narrow.matches });
send({ do: "hash", hash: parseHash(location.hash) });
render();
route();
