/** The lists beside the map: movements, places, claims, remarks. They hold everything the map shows, and what it cannot. */
import type { Claim, Movement, Place } from "../model/document";
import { passes, shown } from "../model/filters";
import { reportOf, spanOf, type Story } from "../model/story";
import { badgeOf, capital, CLASS_NAMES, countryName, modeWords, placeName, precisionWords, quantityWords, routeWords, saidWords, stanceWords, whenWords } from "../model/words";
import { layerOf } from "../map/scene";
import type { Pane } from "../state/hash";
import type { Action, State } from "../state/state";
import { claimItem, movementCard, placeCard, showWords } from "./card";
import { button, calm, el, fill, type Child } from "./dom";
import { lineSample } from "./sample";

type Send = (action: Action) => void;

const NAMES: Record<Pane, string> = { movements: "Movements", places: "Places", claims: "Claims", remarks: "Remarks" };

export interface Lists {
  render(state: State, was: State | null): void;
}

export function lists(root: HTMLElement, send: Send): Lists {
  const tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Text and lists" });
  const body = el("div", { class: "list-body", role: "tabpanel", tabindex: "-1", id: "list-body" });
  fill(root, tabs, body);

  return {
    render(state, was) {
      const story = state.story;
      if (!story) return;
      const fresh = !was || story !== was.story;
      if (fresh || state.pane !== was.pane || state.front !== was.front || state.narrow !== was.narrow || state.filter !== was.filter) drawTabs(tabs, state, story, send);
      const changed = fresh || state.pane !== was.pane || state.sel !== was.sel || state.filter !== was.filter || state.layers !== was.layers;
      if (changed) {
        const focused = document.activeElement instanceof HTMLElement && body.contains(document.activeElement) ? document.activeElement.dataset["row"] : undefined;
        const scroll = body.scrollTop;
        const samePane = !fresh && state.pane === was.pane;
        draw(body, state, story, send);
        body.setAttribute("aria-label", NAMES[state.pane]);
        if (samePane) body.scrollTop = scroll;
        if (focused) body.querySelector<HTMLElement>(`[data-row="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
        if (state.sel && state.sel !== was?.sel) {
          const row = body.querySelector(".row.selected");
          row?.scrollIntoView({ block: state.via === "list" ? "nearest" : "start", behavior: calm() ? "auto" : "smooth" });
        }
      }
      if (state.hover !== was?.hover || changed) for (const row of body.querySelectorAll<HTMLElement>("[data-id]")) row.classList.toggle("warm", row.dataset["id"] === state.hover);
    },
  };
}

function drawTabs(root: HTMLElement, state: State, story: Story, send: Send): void {
  const counts: Record<Pane, number> = {
    movements: shown(story, state.filter).length,
    places: story.doc.places.length,
    claims: story.doc.claims.length,
    remarks: story.doc.remarks.length + story.doc.disagreements.length,
  };
  const focused = document.activeElement instanceof HTMLElement && root.contains(document.activeElement) ? document.activeElement.id : null;
  const tab = (id: string, on: boolean, words: Child[], press: () => void): HTMLElement =>
    button("", { class: "tab", role: "tab", id, "aria-selected": String(on), "aria-controls": "list-body", tabindex: on ? "0" : "-1", on: { click: press } }, ...words);
  const items: HTMLElement[] = [];
  if (state.narrow) items.push(tab("tab-text", state.front === "text", ["Text"], () => send({ do: "front", front: "text" })));
  for (const pane of Object.keys(NAMES) as Pane[]) {
    const on = state.pane === pane && (!state.narrow || state.front === "list");
    items.push(tab(`tab-${pane}`, on, [NAMES[pane], el("span", { class: "count" }, ` ${counts[pane]}`)], () => send({ do: "pane", pane })));
  }
  fill(root, ...items);
  root.onkeydown = (event) => {
    const at = items.findIndex((x) => x.getAttribute("aria-selected") === "true");
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const next = items[(at + step + items.length) % items.length];
    next?.click();
    document.getElementById(next?.id ?? "")?.focus();
  };
  if (focused) document.getElementById(focused)?.focus();
}

function draw(root: HTMLElement, state: State, story: Story, send: Send): void {
  switch (state.pane) {
    case "movements":
      return drawMovements(root, state, story, send);
    case "places":
      return drawPlaces(root, state, story, send);
    case "claims":
      return drawClaims(root, state, story, send);
    case "remarks":
      return drawRemarks(root, state, story, send);
  }
}

const letters = (story: Story, m: Movement): Child[] =>
  story.doc.reports.length > 1 ? (story.reportsOf.get(m.id) ?? []).map((r) => el("span", { class: "report-letter", title: story.reports.get(r)?.publisher ?? "" }, r.toUpperCase())) : [];

function row(id: string, selected: boolean, send: Send, head: Child[], card: () => HTMLElement, cls = ""): HTMLElement {
  const top = button(
    "",
    {
      class: "row-head",
      "aria-expanded": String(selected),
      data: { row: id },
      on: {
        click: () => send({ do: "select", id: selected ? null : id, via: "list" }),
        mouseenter: () => send({ do: "hover", id }),
        mouseleave: () => send({ do: "hover", id: null }),
        focus: () => send({ do: "hover", id }),
        blur: () => send({ do: "hover", id: null }),
      },
    },
    ...head,
  );
  return el("li", { class: `row ${cls}${selected ? " selected" : ""}`, data: { id } }, top, selected ? card() : null);
}

function drawMovements(root: HTMLElement, state: State, story: Story, send: Send): void {
  const visible = shown(story, state.filter);
  const background = story.ordered.filter((m) => m.background).length;
  const hidden = story.ordered.filter((m) => !m.background && !passes(story, m, state.filter)).length;
  const journeys = new Map<string, Movement[]>();
  for (const m of visible) {
    const key = m.background ? "background" : story.listed.has(m.id) ? "listed" : `journey ${m.journey ?? ""}`;
    journeys.set(key, [...(journeys.get(key) ?? []), m]);
  }
  const groups: Child[] = [];
  for (const [key, movements] of journeys) {
    if (key === "listed") groups.push(el("h3", { class: "group" }, "Also told, without an arrow of its own"));
    if (key === "background") groups.push(el("h3", { class: "group" }, "Background, on journeys of their own"));
    groups.push(
      el(
        "ol",
        { class: "rows", "aria-label": key === "background" ? "Background movements" : "Movements in step order" },
        ...movements.map((m) =>
          row(
            m.id,
            m.id === state.sel,
            send,
            [
              el("span", { class: `step step-${m.class}`, "aria-hidden": "true" }, badgeOf(story, m)),
              el(
                "span",
                { class: "row-main" },
                el("span", { class: "row-title" }, capital(routeWords(story, m))),
                el("span", { class: "row-who" }, [m.who?.text, quantityWords(m.quantity) && !m.who?.text?.includes(m.quantity?.text ?? "") ? quantityWords(m.quantity) : "", modeWords(m.mode), m.when?.text].filter(Boolean).join(" · ")),
                el("span", { class: "row-class" }, lineSample(m.class, m.contested), el("span", {}, CLASS_NAMES[m.class] + (m.contested ? ", denied by a party" : "")), ...letters(story, m)),
                said(story, m),
              ),
            ],
            () => movementCard(story, m, send),
          ),
        ),
      ),
    );
  }
  fill(
    root,
    story.doc.movements.length === 0 ? el("p", { class: "empty" }, "No movement was found in this text. The places it names are listed and drawn.") : visible.length === 0 ? el("p", { class: "empty" }, "The filters hide every movement.") : null,
    ...groups,
    hidden > 0 ? el("p", { class: "muted foot" }, `${hidden} more hidden by the filters.`) : null,
    background > 0 ? el("p", { class: "foot" }, button(state.filter.background ? "Hide the background" : `Show ${background} in the background`, { class: "link-button", "aria-pressed": String(state.filter.background), on: { click: () => send({ do: "background" }) } })) : null,
  );
}

/** Who says it, in one line: the names, with what they say where it is not "says so". */
function said(story: Story, m: Movement): Child {
  const claims = story.claimsOf.get(m.id) ?? [];
  const names: string[] = [];
  for (const c of claims) {
    const name = `${c.speaker || "not attributed"}${c.stance === "asserts" ? "" : ` ${stanceWords(c.stance)}`}`;
    if (!names.includes(name)) names.push(name);
  }
  if (names.length === 0) return null;
  return el("span", { class: "row-said" }, names.slice(0, 3).join("; ") + (names.length > 3 ? ` and ${names.length - 3} more` : ""));
}

function drawPlaces(root: HTMLElement, state: State, story: Story, send: Send): void {
  const actorOnly = (p: Place): boolean => {
    const mentions = story.doc.mentions.filter((m) => m.place === p.id);
    return mentions.length > 0 && mentions.every((m) => m.kind === "actor");
  };
  const spoke = new Set(story.doc.claims.map((c) => c.said_at).filter(Boolean));
  const groups: [string, Place[]][] = [
    ["On movements", []],
    ["Not on the map", []],
    ["Also named", []],
    ["Named as governments only", []],
  ];
  for (const p of story.doc.places) {
    const at = p.lon === null || p.precision === "unplaced" ? 1 : story.used.includes(p.id) ? 0 : actorOnly(p) ? 3 : 2;
    groups[at]?.[1].push(p);
  }
  const nodes: Child[] = [];
  for (const [name, places] of groups) {
    if (places.length === 0) continue;
    nodes.push(
      el("h3", { class: "group" }, name, el("span", { class: "count" }, ` ${places.length}`)),
      el(
        "ul",
        { class: "rows" },
        ...places.map((p) =>
          row(
            p.id,
            p.id === state.sel,
            send,
            [
              el("span", { class: `pin pin-${p.precision}`, "aria-hidden": "true" }),
              el("span", { class: "row-main" }, el("span", { class: "row-title" }, placeName(story, p.id)), el("span", { class: "row-who" }, [precisionWords(p.precision), countryName(p.country), spoke.has(p.id) ? "statements made here" : ""].filter(Boolean).join(" · "))),
            ],
            () => placeCard(story, p, send),
          ),
        ),
      ),
    );
  }
  const statements = story.doc.claims.some((c) => c.said_at);
  fill(
    root,
    story.doc.places.length === 0 ? el("p", { class: "empty" }, "No place was found in this text.") : null,
    ...nodes,
    statements ? el("p", { class: "foot" }, el("label", { class: "switch" }, el("input", { type: "checkbox", ...(state.statements ? { checked: true } : {}), on: { change: () => send({ do: "statements" }) } }), "Show on the map where people spoke")) : null,
  );
}

function drawClaims(root: HTMLElement, state: State, story: Story, send: Send): void {
  const claims = story.doc.claims.filter((c) => !state.filter.rep || state.filter.rep.includes(reportOf(story, c)));
  const aboutOf = (c: Claim): Movement | undefined => {
    for (const [id, own] of story.claimsOf) if (own.includes(c)) return story.movements.get(id);
    return undefined;
  };
  const speechless = shown(story, state.filter).filter((m) => (story.claimsOf.get(m.id) ?? []).length === 0);
  const cell = (name: string, ...value: Child[]): HTMLElement => el("td", { data: { name } }, ...value);
  const movementCell = (m: Movement | undefined): Child =>
    m ? button(`${m.who?.text ? `${m.who.text}: ` : ""}${routeWords(story, m)}`, { class: "link-button", on: { click: () => send({ do: "select", id: m.id, via: "list" }) } }) : el("span", { class: "muted" }, "no movement of this story");
  const line = (m: Movement | undefined, c: Claim | null): HTMLElement => {
    const id = c?.id ?? m?.id ?? "";
    return el(
      "tr",
      { class: c && c.id === state.sel ? "row selected" : "row", data: { id } },
      cell("Step", m ? el("span", { class: `step step-${m.class}` }, badgeOf(story, m)) : ""),
      cell("Who says", el("span", {}, c ? el("strong", {}, c.speaker || "Not attributed") : el("span", { class: "muted" }, "nobody named"), c?.role ? el("span", { class: "muted" }, `, ${c.role}`) : null)),
      cell("Stance", c ? el("span", { class: `stance stance-${c.stance}` }, stanceWords(c.stance)) : ""),
      cell("Movement", movementCell(m)),
      cell("Class", m ? CLASS_NAMES[m.class] : ""),
      cell("Number", quantityWords(c?.quantity ?? (c ? null : m?.quantity))),
      cell("When", m ? whenWords(m.when) : ""),
      cell("Said", [saidWords(c?.said_on), c?.said_at ? placeName(story, c.said_at) : ""].filter(Boolean).join(", ")),
      cell("Words", c ? showWords(story, c, send, `“${c.quote}”`) : ""),
      cell("Report", (c ? reportOf(story, c) : (story.reportsOf.get(m?.id ?? "") ?? []).join(", ")).toUpperCase()),
    );
  };
  const chosen = claims.find((c) => c.id === state.sel);
  fill(
    root,
    claims.length + speechless.length === 0 ? el("p", { class: "empty" }, "No claim was found in this text.") : null,
    chosen ? el("ul", { class: "says chosen-claim" }, claimItem(story, chosen, send)) : null,
    claims.length + speechless.length > 0
      ? el(
          "table",
          { class: "ledger" },
          el("caption", { class: "visually-hidden" }, "Every claim, with who says it, about which movement, in which words"),
          el("thead", {}, el("tr", {}, ...["Step", "Who says", "Stance", "Movement", "Class", "Number", "When", "Said", "Words", "Report"].map((h) => el("th", { scope: "col" }, h)))),
          el("tbody", {}, ...claims.map((c) => line(aboutOf(c), c)), ...speechless.map((m) => line(m, null))),
        )
      : null,
  );
}

function drawRemarks(root: HTMLElement, state: State, story: Story, send: Send): void {
  const notes = layerOf(state.layers, "notes").map((f) => [String(f.properties?.["title"] ?? ""), String(f.properties?.["description"] ?? "")] as const);
  const { remarks, disagreements } = story.doc;
  fill(
    root,
    remarks.length + disagreements.length === 0 ? el("p", { class: "empty" }, "Nothing to remark.") : null,
    disagreements.length > 0 ? el("h3", { class: "group" }, "Where the reports disagree") : null,
    disagreements.length > 0
      ? el(
          "ul",
          { class: "remarks" },
          ...disagreements.map((d) =>
            el(
              "li",
              { class: "remark" },
              el("p", {}, d.message),
              el("p", {}, ...(d.claims ?? []).map((id) => story.claims.get(id)).filter((c): c is Claim => Boolean(c)).map((c) => button(`${reportOf(story, c).toUpperCase()}: ${c.speaker || "not attributed"}`, { class: "chip", on: { click: () => send({ do: "select", id: c.id, via: "list" }) } }))),
            ),
          ),
        )
      : null,
    remarks.length > 0 ? el("h3", { class: "group" }, "What a person should check") : null,
    remarks.length > 0
      ? el(
          "ul",
          { class: "remarks" },
          ...remarks.map((r) => {
            const span = spanOf(r);
            return el("li", { class: "remark" }, el("p", {}, r.message), el("p", { class: "muted" }, el("code", {}, r.code), " ", span ? showWords(story, span, send) : null));
          }),
        )
      : null,
    notes.length > 0 ? el("h3", { class: "group" }, "Borders near this story") : null,
    notes.length > 0 ? el("ul", { class: "remarks" }, ...notes.map(([title, text]) => el("li", {}, el("p", {}, el("strong", {}, title)), el("p", {}, text)))) : null,
  );
}
