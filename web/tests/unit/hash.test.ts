import { describe, expect, it } from "vitest";
import { EMPTY_HASH, formatCamera, formatHash, parseCamera, parseHash } from "../../src/state/hash";

describe("the hash", () => {
  it("comes back as it was", () => {
    const hash = "#map=4.5/43.12/131.9&sel=a.mv1&rep=a,b&cls=reported,possible&tab=claims&theme=dark&worldview=IN";
    expect(formatHash(parseHash(hash))).toBe(hash);
  });
  it("keeps what it does not know, flags and odd escapes too", () => {
    const hash = "#sel=a.mv1&lang=fr&flag&x=%zz&t=2024-10-01/2024-10-23";
    expect(formatHash(parseHash(hash))).toBe(hash);
  });
  it("keeps a value of its own that it cannot read, rather than losing it", () => {
    expect(parseHash("#map=here&tab=nowhere").rest).toEqual(["map=here", "tab=nowhere"]);
  });
  it("tells no filter from a filter that lets nothing through", () => {
    expect(parseHash("").cls).toBeNull();
    expect(parseHash("#cls=").cls).toEqual([]);
    expect(formatHash({ ...EMPTY_HASH, cls: [] })).toBe("#cls=");
  });
  it("drops classes that do not exist", () => {
    expect(parseHash("#cls=possible,secret,reported").cls).toEqual(["reported", "possible"]);
  });
  it("is empty for an empty state", () => expect(formatHash(EMPTY_HASH)).toBe(""));
  it("reads a camera and refuses nonsense", () => {
    expect(parseCamera("3/10.5/-20")).toEqual({ zoom: 3, lat: 10.5, lon: -20 });
    for (const bad of ["", "3", "3/4", "a/b/c", "3/95/0", "3//0", "99/0/0"]) expect(parseCamera(bad)).toBeNull();
  });
  it("writes no more digits than a pixel needs", () => {
    expect(formatCamera({ zoom: 2, lat: 43.123456, lon: 131.987654 })).toBe("2/43.12/131.99");
    expect(formatCamera({ zoom: 12.345, lat: 43.123456, lon: 131.987654 })).toBe("12.35/43.12346/131.98765");
  });
});
