/** What is known of one movement or one place, each fact with the words it rests on. */
import type { Claim, Movement, Place, Quantity, Rival } from "../model/document";
import { endsOf, mentionsOf, movementsAt, quoteOf, reportOf, type Story } from "../model/story";
import {
  capital,
  CLASS_MEANINGS,
  CLASS_NAMES,
  countryName,
  destinationOf,
  modeWords,
  originOf,
  placeName,
  precisionWords,
  quantityWords,
  routeWords,
  saidWords,
  stanceWords,
  whenWords,
  type End,
} from "../model/words";
import type { Action } from "../state/state";
import { button, el, type Child } from "./dom";
import { lineSample } from "./sample";

type Send = (action: Action) => void;

function fact(name: string, ...value: Child[]): Child[] {
  if (value.every((v) => !v)) return [];
  return [el("dt", {}, name), el("dd", {}, ...value)];
}

const tag = (text: string): HTMLElement => el("span", { class: "tag" }, text);

function endFact(name: string, end: End | null): Child[] {
  return end ? fact(name, end.text, end.inferred ? tag("inferred") : null) : [];
}

export function showWords(story: Story, span: { start: number; end: number; report?: string }, send: Send, words = "Show in the text"): HTMLElement {
  return button(words, { class: "link-button", on: { click: () => send({ do: "look", report: reportOf(story, span), start: span.start, end: span.end }) } });
}

export function movementCard(story: Story, m: Movement, send: Send): HTMLElement {
  const claims = story.claimsOf.get(m.id) ?? [];
  const evidence = m.evidence ?? [];
  const ends = [...new Set(endsOf(m))].map((id) => story.places.get(id)).filter((p): p is Place => p !== undefined);
  const inferred = (m.origin_inferred?.length ?? 0) + (m.destination_inferred?.length ?? 0) > 0;
  const disagreements = story.doc.disagreements.filter((d) => d.about === m.id || (m.from ?? []).includes(d.about ?? ""));
  const from = m.part_of ? story.movements.get(m.part_of) : undefined;
  return el(
    "div",
    { class: "card", data: { movement: m.id } },
    el(
      "dl",
      { class: "facts" },
      ...fact("Class", lineSample(m.class, m.contested), ` ${CLASS_NAMES[m.class]}: ${CLASS_MEANINGS[m.class]}`, m.contested ? tag("denied by a party") : null, m.status === "failed" ? tag("failed") : null),
      ...fact("Who", m.who?.text ?? null),
      ...endFact("From", originOf(story, m)),
      ...fact("By way of", (m.via ?? []).map((id) => placeName(story, id)).join(", ")),
      ...endFact(m.toward ? "Toward" : "To", destinationOf(story, m)),
      ...fact("How many", quantityWords(m.quantity)),
      ...fact("When", whenWords(m.when)),
      ...fact("How", capital(modeWords(m.mode))),
      ...fact("Part of", from ? button(routeWords(story, from), { class: "link-button", on: { click: () => send({ do: "select", id: from.id, via: "list" }) } }) : null),
    ),
    ...evidence.map((span) =>
      el("blockquote", { class: "quote evidence" }, el("p", {}, quoteOf(story, span)), el("footer", {}, source(story, reportOf(story, span)), showWords(story, span, send))),
    ),
    inferred ? el("p", { class: "note" }, "An end marked “inferred” is not in the words; it follows from the context and is drawn thinner.") : null,
    ...disagreements.map((d) => el("p", { class: "note note-dispute" }, d.message)),
    el("h4", {}, "Who says"),
    claims.length > 0 ? el("ul", { class: "says" }, ...claims.map((c) => claimItem(story, c, send))) : el("p", { class: "muted" }, "No speaker is named for this."),
    ends.length > 0 ? el("h4", {}, "Why here") : null,
    ...ends.map((p) => placeWhy(story, p, send)),
    el("p", { class: "card-actions" }, copyButton("Copy link to this movement", () => linkTo(m.id))),
  );
}

export function claimItem(story: Story, c: Claim, send: Send): HTMLElement {
  const at = c.said_at ? placeName(story, c.said_at) : "";
  const where = [c.role, at ? `speaking in ${at}` : "", saidWords(c.said_on), c.outlet ? `via ${c.outlet}` : ""].filter(Boolean).join(", ");
  return el(
    "li",
    { class: `say say-${c.stance}`, data: { claim: c.id } },
    el("p", { class: "say-who" }, el("strong", {}, c.speaker || "Not attributed"), " ", el("span", { class: "stance" }, stanceWords(c.stance)), c.quantity ? ` · ${quantityWords(c.quantity)}` : ""),
    where ? el("p", { class: "muted" }, where) : null,
    el("blockquote", { class: "quote" }, el("p", {}, c.quote || quoteOf(story, c)), el("footer", {}, source(story, reportOf(story, c)), showWords(story, c, send))),
  );
}

function source(story: Story, report: string): HTMLElement | null {
  const r = story.reports.get(report);
  if (!r) return null;
  return el("span", { class: "source" }, el("span", { class: "report-letter" }, report.toUpperCase()), r.publisher || r.title || "Report");
}

function numbers(lon: number, lat: number): string {
  const side = (n: number, plus: string, minus: string): string => `${Math.abs(n).toFixed(2)}° ${n < 0 ? minus : plus}`;
  return `${side(lat, "N", "S")}, ${side(lon, "E", "W")}`;
}

function score(n: number | null | undefined): string {
  return n === null || n === undefined ? "" : Number.isInteger(n) ? String(n) : n.toFixed(2);
}

export function placeWhy(story: Story, p: Place, send: Send): HTMLElement {
  const rivals = p.rivals ?? [];
  return el(
    "details",
    { class: "why" },
    el("summary", {}, el("span", { class: "why-name" }, placeName(story, p.id)), el("span", { class: "muted" }, ` ${precisionWords(p.precision)}`)),
    ...placeFacts(p),
    rivals.length > 0 ? rivalTable(p, rivals) : null,
    button("See this place", { class: "link-button", on: { click: () => send({ do: "select", id: p.id, via: "list" }) } }),
  );
}

function placeFacts(p: Place): Child[] {
  const where = p.lon !== null && p.lat !== null ? numbers(p.lon, p.lat) : "not placed on the map";
  const facts = [p.kind && p.kind !== "other" && p.kind !== "part" ? capital(p.kind) : "", countryName(p.country), where, p.radius_km ? `within ${Math.round(p.radius_km)} km` : "", p.score !== null && p.score !== undefined ? `score ${score(p.score)}` : ""].filter(Boolean);
  return [
    el("p", { class: "muted" }, facts.join(" · ")),
    p.reasons && p.reasons.length > 0 ? el("ul", { class: "reasons" }, ...p.reasons.map((r) => el("li", {}, capital(r)))) : null,
  ];
}

function rivalTable(p: Place, rivals: Rival[]): HTMLElement {
  return el(
    "table",
    { class: "rivals" },
    el("caption", {}, "Other places of this name"),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Place"), el("th", { scope: "col" }, "Where"), el("th", { scope: "col", class: "num" }, "Score"))),
    el(
      "tbody",
      {},
      el("tr", { class: "chosen" }, el("th", { scope: "row" }, `${p.name} (chosen)`), el("td", {}, p.lon !== null && p.lat !== null ? numbers(p.lon, p.lat) : ""), el("td", { class: "num" }, score(p.score))),
      ...rivals.map((r) =>
        el("tr", {}, el("th", { scope: "row" }, r.name), el("td", {}, typeof r.lon === "number" && typeof r.lat === "number" ? numbers(r.lon, r.lat) : ""), el("td", { class: "num" }, score(r.score))),
      ),
    ),
  );
}

export function placeCard(story: Story, p: Place, send: Send): HTMLElement {
  const movements = movementsAt(story, p.id);
  const mentions = mentionsOf(story, p.id);
  return el(
    "div",
    { class: "card", data: { place: p.id } },
    ...placeFacts(p),
    p.precision === "unplaced" ? el("p", { class: "note" }, "The words give no position, so nothing is pinned on the map.") : null,
    mentions.length > 0 ? el("h4", {}, "Named in the text") : null,
    mentions.length > 0
      ? el("ul", { class: "named" }, ...mentions.slice(0, 12).map((m) => el("li", {}, showWords(story, m, send, `“${m.text}”`), el("span", { class: "muted" }, ` ${m.kind === "actor" ? "as a government" : "as a place"}, report ${reportOf(story, m).toUpperCase()}`))))
      : null,
    movements.length > 0 ? el("h4", {}, "Movements here") : null,
    movements.length > 0
      ? el("ul", { class: "named" }, ...movements.map((m) => el("li", {}, button(`${m.who?.text ? `${m.who.text}: ` : ""}${routeWords(story, m)}`, { class: "link-button", on: { click: () => send({ do: "select", id: m.id, via: "list" }) } }))))
      : null,
    (p.rivals ?? []).length > 0 ? rivalTable(p, p.rivals ?? []) : null,
  );
}

export function quantityNote(q: Quantity | null | undefined): string {
  return quantityWords(q);
}

export function linkTo(id: string): string {
  return `${location.origin}${location.pathname}#sel=${encodeURIComponent(id)}`;
}

/** A button that copies, and says so. The text stands in a field beside it where copying is not allowed. */
export function copyButton(words: string, text: () => string): HTMLButtonElement {
  const node = button(words, { class: "link-button copy" });
  node.addEventListener("click", () => {
    const done = (said: string): void => {
      node.textContent = said;
      setTimeout(() => (node.textContent = words), 2000);
    };
    navigator.clipboard?.writeText(text()).then(
      () => done("Copied"),
      () => done("Copying is not allowed here"),
    ) ?? done("Copying is not allowed here");
  });
  return node;
}
