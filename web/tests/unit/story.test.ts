import { describe, expect, it } from "vitest";
import { toStory } from "../../src/model/document";
import { classesIn, NO_FILTER, shown, toggled } from "../../src/model/filters";
import { buildStory, drawnAs, kindOf, marksOf, quoteOf } from "../../src/model/story";
import { altText, badgeOf, dayWords, joined, routeWords, saidWords, sentence, whenWords } from "../../src/model/words";
import { DOCUMENT, story } from "./story";

const ids = (list: { id: string }[]): string[] => list.map((m) => m.id);

describe("a story", () => {
  it("orders movements by journey and step, background last", () => {
    expect(ids(story().ordered)).toEqual(["a.mv1", "a.mv2", "a.mv3", "a.mv4"]);
  });
  it("gives a merged movement the claims that name it by an older id", () => {
    expect(ids(story().claimsOf.get("a.mv1") ?? [])).toEqual(["a.c1", "a.c2", "b.c1"]);
  });
  it("knows in which reports a movement stands", () => {
    expect(story().reportsOf.get("a.mv1")).toEqual(["a", "b"]);
    expect(story().reportsOf.get("a.mv2")).toEqual(["a"]);
  });
  it("quotes the words of a span behind a character outside the basic plane", () => {
    const s = story();
    expect(quoteOf(s, DOCUMENT.movements[2]!.evidence![0]!)).toBe("Ships left Alpha for Beta");
    const mark = marksOf(s, "a").find((m) => m.id === "a.m1")!;
    expect(s.reports.get("a")!.text.slice(mark.start, mark.end)).toBe("Alpha");
  });
  it("marks only what lies in the report asked for", () => {
    expect(marksOf(story(), "b").filter((m) => m.kind === "mention").map((m) => m.id)).toEqual(["b.m1"]);
  });
  it("is made of a single reading too, whose spans name no report", () => {
    const s = buildStory("x", toStory({ report: { id: "r1", text: "From Alpha." }, mentions: [{ id: "m1", start: 5, end: 10, text: "Alpha", kind: "toponym", place: null }] }));
    expect(marksOf(s, "r1")).toEqual([{ kind: "mention", id: "m1", start: 5, end: 10, weak: true }]);
    expect(s.title).toBe("From Alpha.");
  });
  it("draws what has no position as the area that holds it", () => {
    const s = buildStory("x", { ...DOCUMENT, places: DOCUMENT.places.map((p) => (p.id === "p4" ? { ...p, within: "p3" } : p)) });
    expect(["p4", "p1"].map((id) => drawnAs(s, id))).toEqual(["p3", "p1"]);
    expect(drawnAs(story(), "p4")).toBe("p4");
  });
  it("survives a document with nothing in it", () => {
    expect(buildStory("x", toStory(null)).ordered).toEqual([]);
  });
  it("tells what an id names", () => {
    expect(["a.mv1", "p1", "a.c1", "a.m1", "zz", null].map((id) => kindOf(story(), id))).toEqual(["movement", "place", "claim", "mention", null, null]);
  });
});

describe("filters", () => {
  it("keep the background off until it is asked for", () => {
    expect(ids(shown(story(), NO_FILTER))).toEqual(["a.mv1", "a.mv2", "a.mv3"]);
    expect(ids(shown(story(), { ...NO_FILTER, background: true }))).toContain("a.mv4");
  });
  it("let through by class and by report", () => {
    expect(ids(shown(story(), { ...NO_FILTER, cls: ["possible"] }))).toEqual(["a.mv2"]);
    expect(ids(shown(story(), { ...NO_FILTER, rep: ["b"] }))).toEqual(["a.mv1"]);
    expect(shown(story(), { ...NO_FILTER, cls: [] })).toEqual([]);
  });
  it("are no filter once everything is on again", () => {
    const off = toggled(null, "b", ["a", "b", "c"]);
    expect(off).toEqual(["a", "c"]);
    expect(toggled(off, "b", ["a", "b", "c"])).toBeNull();
  });
  it("offer only the classes there are", () => expect(classesIn(story())).toEqual(["reported", "possible"]));
});

describe("words", () => {
  const s = story();
  const m = (id: string) => s.movements.get(id)!;
  it("say the way of a movement and never invent an end", () => {
    expect(routeWords(s, m("a.mv1"))).toBe("Alpha to Beta");
    expect(routeWords(s, m("a.mv2"))).toBe("Beta (inferred) to Gamma or Delta");
    expect(routeWords(s, m("a.mv3"))).toBe("“moved”, no place given");
    expect(routeWords(s, m("a.mv4"))).toBe("From Gamma");
  });
  it("say in one sentence what a screen reader needs", () => {
    expect(sentence(s, m("a.mv1"))).toBe("Step 1: reported, denied by a party, Ships: Alpha to Beta by sea, Some 300, the port");
  });
  it("number the steps that have an end, in order, as the drawn map does", () => {
    expect(["a.mv1", "a.mv2", "a.mv3", "a.mv4"].map((id) => badgeOf(s, m(id)))).toEqual(["1", "2", "·", "·"]);
  });
  it("write days as people do, and leave what is no day alone", () => {
    expect(dayWords("2024-10-23")).toBe("23 Oct 2024");
    expect(dayWords("October")).toBe("October");
    expect(whenWords({ text: "early to mid-October", earliest: "2024-10-01", latest: "2024-10-20", approx: true, inferred: true })).toBe("early to mid-October (1 Oct 2024 to 20 Oct 2024, approximate, year inferred)");
  });
  it("say when something was said, in either form", () => {
    expect(saidWords({ text: "on Friday", earliest: "2024-10-18", latest: "2024-10-18", inferred: true })).toBe("18 Oct 2024 (year inferred)");
    expect(saidWords({ text: "last week", earliest: null, latest: null })).toBe("last week");
    expect(saidWords("2024-10-18")).toBe("18 Oct 2024");
    expect(saidWords(null)).toBe("");
  });
  it("join lists", () => {
    expect(joined(["a", "b", "c"], "or")).toBe("a, b or c");
    expect(joined([])).toBe("");
  });
  it("describe the map without the background", () => {
    expect(altText(s)).toContain("Alpha to Beta (reported)");
    expect(altText(s)).not.toContain("From Gamma");
  });
});
