import { describe, expect, it } from "vitest";
import { heightMessages } from "../../src/embed/height";
import { problemOf, storyInPath } from "../../src/api";
import { escapeAttribute, iframeSnippet, imageSnippet, markdownSnippet } from "../../src/model/snippets";

const light = { theme: "light" as const, worldview: null };
const dark = { theme: "dark" as const, worldview: "IN" };
const subject = { origin: "https://maps.example", id: "a b", title: 'He said "go" <now> & left', alt: "Map [of] it" };

describe("snippets", () => {
  it("lead to the story's own addresses", () => {
    expect(iframeSnippet(subject, 520)).toContain('src="https://maps.example/embed/a%20b"');
    expect(imageSnippet(subject, "article", light)).toContain("/api/v1/stories/a%20b/image.png?preset=article&amp;theme=light");
  });
  it("cannot be broken out of by a title", () => {
    expect(iframeSnippet(subject, 520)).toContain('title="Map: He said &quot;go&quot; &lt;now&gt; &amp; left"');
    expect(imageSnippet(subject, "wide", dark)).not.toContain("<now>");
    expect(escapeAttribute(`<"&>`)).toBe("&lt;&quot;&amp;&gt;");
  });
  it("draw the boundaries that the reader sees", () => expect(imageSnippet(subject, "wide", dark)).toContain("theme=dark&amp;worldview=IN"));
  it("say that a machine read it", () => expect(imageSnippet(subject, "wide", light)).toContain("not yet checked by a person"));
  it("keep brackets out of Markdown's alternative text", () => expect(markdownSnippet(subject, "phone", light)).toMatch(/^\[!\[Map  of  it\]/));
});

describe("the frame", () => {
  it("tells its height to both kinds of loader", () => {
    expect(heightMessages(480.2, "?childId=map-1")).toEqual([{ sentinel: "amp", type: "embed-size", height: 481 }, "pymxPYMxmap-1xPYMxheightxPYMx481"]);
    expect(heightMessages(480, "")).toHaveLength(1);
  });
  it("finds the story in the page's path", () => {
    expect(["/stories/x", "/embed/a%20b", "/stories/x/", "/", "/stories/x/y", "/stories/%zz"].map(storyInPath)).toEqual(["x", "a b", "x", null, null, null]);
  });
});

describe("a refusal", () => {
  it("is shown in the server's words, with the fields it names", () => {
    expect(problemOf(422, { title: "Unreadable", detail: "Report 1 is empty.", errors: [{ pointer: "/reports/0/text", detail: "has no words" }] })).toEqual({ title: "Unreadable", detail: "Report 1 is empty.", fields: ["/reports/0/text: has no words"] });
  });
  it("without a body still says what happened", () => expect(problemOf(503, null).title).toBe("The server answered 503"));
});
