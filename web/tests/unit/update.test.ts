import { describe, expect, it } from "vitest";
import { formatHash, parseHash } from "../../src/state/hash";
import { START, toHash, update, type Action, type State } from "../../src/state/state";
import { story } from "./story";

const run = (state: State, ...actions: Action[]): State => actions.reduce(update, state);
const open = (): State => run(START, { do: "open", story: story() });

describe("update", () => {
  it("never changes the state it was given", () => {
    const state = Object.freeze({ ...open(), filter: Object.freeze(open().filter) }) as State;
    expect(() => run(state, { do: "class", cls: "reported" }, { do: "select", id: "a.mv1", via: "list" })).not.toThrow();
  });
  it("opens the pane and the report of what was chosen", () => {
    expect(run(open(), { do: "select", id: "p1", via: "map" })).toMatchObject({ sel: "p1", pane: "places", report: "a" });
    expect(run(open(), { do: "select", id: "b.c1", via: "list" })).toMatchObject({ pane: "claims", report: "b" });
  });
  it("stays in the report being read where the movement stands in both", () => {
    expect(run(open(), { do: "showReport", report: "b" }, { do: "select", id: "a.mv1", via: "list" }).report).toBe("b");
  });
  it("leaves who reads the text on a phone in the text", () => {
    const reading = run(open(), { do: "narrow", narrow: true }, { do: "front", front: "text" });
    expect(run(reading, { do: "select", id: "a.mv1", via: "text" }).front).toBe("text");
    expect(run(reading, { do: "select", id: "a.mv1", via: "map" }).front).toBe("list");
  });
  it("drops a selection that the story does not know", () => {
    expect(run(START, { do: "hash", hash: parseHash("#sel=zz") }, { do: "open", story: story() }).sel).toBeNull();
    expect(run(open(), { do: "select", id: "zz", via: "map" }).sel).toBeNull();
  });
  it("opens what a link names, before and after the story has come", () => {
    const hash = parseHash("#sel=a.mv2&cls=possible&x=1");
    for (const state of [run(START, { do: "hash", hash }, { do: "open", story: story() }), run(open(), { do: "hash", hash })]) {
      expect(state).toMatchObject({ sel: "a.mv2", pane: "movements" });
      expect(state.filter.cls).toEqual(["possible"]);
      expect(formatHash(toHash(state))).toBe("#sel=a.mv2&cls=possible&x=1");
    }
  });
  it("shows the background when one of its movements is named", () => {
    expect(run(open(), { do: "select", id: "a.mv4", via: "link" }).filter.background).toBe(true);
  });
  it("gives the same state back when nothing changes, so that nothing is drawn", () => {
    const state = open();
    expect(update(state, { do: "hover", id: null })).toBe(state);
  });
});
