import { describe, expect, it } from "vitest";
import { Offsets } from "../../src/model/offsets";

describe("offsets", () => {
  it("count code points while the string counts UTF-16 units", () => {
    const o = new Offsets("a🚢b𝒞c");
    expect(o.codePoints).toBe(5);
    expect([0, 1, 2, 3, 4, 5].map((n) => o.toUtf16(n))).toEqual([0, 1, 3, 4, 6, 7]);
    expect(o.slice(1, 2)).toBe("🚢");
    expect(o.slice(2, 4)).toBe("b𝒞");
  });
  it("agree with spreading the string, on any text", () => {
    const text = "Wŏnsan — 元山 🚢🚢 Владивосток 𝐍 e\u0301\r\n\ud800 end";
    const o = new Offsets(text);
    const points = [...text];
    for (let i = 0; i <= points.length; i++) expect(o.toUtf16(i)).toBe(points.slice(0, i).join("").length);
  });
  it("stay inside the text", () => {
    const o = new Offsets("ab");
    expect(o.toUtf16(-3)).toBe(0);
    expect(o.toUtf16(99)).toBe(2);
    expect(new Offsets("").slice(0, 5)).toBe("");
  });
});
