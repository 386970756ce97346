import { describe, expect, it } from "vitest";
import { cutText, withoutOverlap, type Mark } from "../../src/model/runs";

const mark = (kind: Mark["kind"], id: string, start: number, end: number): Mark => ({ kind, id, start, end });
const whole = (text: string, marks: Mark[]): string => cutText(text, marks).map((p) => p.runs.map((r) => r.text).join("") + p.gap).join("");

describe("runs", () => {
  it("keep every character of the text", () => {
    const text = "One two.\n\nThree\nfour.\r\n \n\n";
    expect(whole(text, [mark("mention", "m", 4, 7), mark("evidence", "v", 0, 15)])).toBe(text);
  });
  it("make a paragraph of what blank lines part, and keep single line ends inside it", () => {
    const paragraphs = cutText("a\nb\n\n \nc", []);
    expect(paragraphs.map((p) => p.runs.map((r) => r.text))).toEqual([["a\nb"], ["c"]]);
  });
  it("light up exactly the words of a movement, also where a mention crosses its edge", () => {
    const text = "They left North Korea today.";
    const runs = cutText(text, [mark("mention", "m", 10, 21), mark("evidence", "v", 5, 15)])[0]?.runs ?? [];
    expect(runs.filter((r) => r.evidence.includes("v")).map((r) => r.text).join("")).toBe("left North");
    expect(runs.filter((r) => r.mention === "m").map((r) => r.text).join("")).toBe("North Korea");
  });
  it("light up words over a paragraph's end", () => {
    const text = "left\n\nfor home";
    const lit = cutText(text, [mark("evidence", "v", 0, 9)]).flatMap((p) => p.runs).filter((r) => r.evidence.length > 0);
    expect(lit.map((r) => r.text)).toEqual(["left", "for"]);
  });
  it("let a name with a position stand out of the words around it that have none", () => {
    const runs = cutText("three camps in northern Albania", [{ ...mark("mention", "camps", 0, 31), weak: true }, mark("mention", "area", 15, 31), mark("mention", "inner", 24, 31)])[0]?.runs ?? [];
    const of = (id: string): string => runs.filter((r) => r.mention === id).map((r) => r.text).join("");
    expect([of("camps"), of("area"), of("inner")]).toEqual(["three camps in ", "northern Albania", ""]);
  });
  it("never put a button inside a button", () => {
    expect(withoutOverlap([mark("mention", "b", 2, 6), mark("mention", "a", 0, 4), mark("mention", "c", 4, 5), mark("mention", "d", 7, 7)]).map((m) => m.id)).toEqual(["a", "c"]);
  });
});
