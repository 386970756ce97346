/** The start page: a box to paste reports into, what the program will and will not do, the stories there are. */
import { listStories, postReports, Refused, type ReportInput } from "../api";
import type { StoryDocument } from "../model/document";
import { storyPath } from "../model/snippets";
import { button, el, fill } from "./dom";
import { SAMPLE } from "./sampleReport";

const MOST_REPORTS = 20;
const MOST_BYTES = 1024 * 1024;

export interface Home {
  show(): void;
}

export function home(root: HTMLElement, opened: (id: string, doc: StoryDocument) => void): Home {
  const reports = el("div", { class: "paste-reports" });
  const problem = el("div", { class: "paste-problem", role: "alert", hidden: true });
  const send = el("button", { type: "submit", class: "action action-main", id: "paste-send" }, "Read and draw");
  const add = button("Add another report", { class: "action", id: "paste-add" });
  const sample = button("Fill in a sample", { class: "link-button", id: "paste-sample" });
  const token = el("input", { id: "paste-token", type: "password", autocomplete: "off" });
  const tokenField = el("div", { class: "field paste-token", hidden: true }, el("label", { for: "paste-token" }, "This server asks for a token"), token);
  const form = el("form", { class: "paste", id: "paste" }, el("h2", {}, "Read a report"), reports, problem, tokenField, el("div", { class: "paste-actions" }, send, add, sample));
  const stories = el("section", { class: "home-stories", hidden: true });
  let serial = 0;

  const field = (name: string, label: string, props: Record<string, unknown>): HTMLElement => {
    const id = `paste-${name}-${serial}`;
    return el("div", { class: `field field-${name}` }, el("label", { for: id }, label), el("input", { id, name, ...props }));
  };
  const block = (values: ReportInput = { text: "" }): HTMLElement => {
    serial++;
    const text = el("textarea", { id: `paste-text-${serial}`, name: "text", rows: "9", required: true, placeholder: "Paste the text of one report" });
    text.value = values.text;
    const node = el(
      "fieldset",
      { class: "paste-report" },
      el("legend", {}, "Report"),
      el("div", { class: "field field-text" }, el("label", { for: text.id }, "Text"), text),
      el(
        "div",
        { class: "paste-facts" },
        field("title", "Title", { type: "text", value: values.title }),
        field("publisher", "Publisher", { type: "text", value: values.publisher }),
        field("published", "Date published", { type: "date", value: values.published }),
        field("url", "Address (URL)", { type: "url", value: values.url, placeholder: "https://" }),
      ),
      button("Remove this report", { class: "link-button paste-remove", on: { click: () => (node.remove(), number()) } }),
    );
    return node;
  };
  const number = (): void => {
    const all = [...reports.children];
    if (all.length === 0) reports.append(block());
    [...reports.children].forEach((node, i) => {
      const legend = node.querySelector("legend");
      if (legend) legend.textContent = reports.children.length > 1 ? `Report ${String.fromCharCode(65 + i)}` : "Report";
      const remove = node.querySelector<HTMLElement>(".paste-remove");
      if (remove) remove.hidden = reports.children.length < 2;
    });
    add.disabled = reports.children.length >= MOST_REPORTS;
  };
  number();
  add.addEventListener("click", () => {
    const node = block();
    reports.append(node);
    number();
    node.querySelector("textarea")?.focus();
  });
  sample.addEventListener("click", () => {
    reports.replaceChildren(...SAMPLE.map((r) => block(r)));
    number();
    reports.querySelector("textarea")?.focus();
  });

  const say = (title: string, detail: string, fields: string[] = []): void => {
    problem.hidden = false;
    fill(problem, el("strong", {}, title), detail ? el("p", {}, detail) : null, fields.length > 0 ? el("ul", {}, ...fields.map((f) => el("li", {}, f))) : null);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    problem.hidden = true;
    const inputs = [...reports.children].map((node): ReportInput => {
      const value = (name: string): string | undefined => node.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`)?.value.trim() || undefined;
      // The text goes as it was pasted: its offsets must count from its first character.
      const text = node.querySelector<HTMLTextAreaElement>('[name="text"]')?.value ?? "";
      return { text, title: value("title"), publisher: value("publisher"), published: value("published"), url: value("url") };
    });
    const long = inputs.findIndex((r) => new TextEncoder().encode(r.text).length > MOST_BYTES);
    if (long >= 0) return say("This report is too long", `Report ${String.fromCharCode(65 + long)} is over 1 MiB. Nothing is cut in silence, so shorten it yourself.`);
    send.disabled = true;
    send.textContent = "Reading…";
    form.setAttribute("aria-busy", "true");
    postReports(inputs, token.value)
      .then(({ id, doc }) => opened(id, doc))
      .catch((error: unknown) => {
        if (error instanceof Refused && error.status === 401) {
          tokenField.hidden = false;
          token.focus();
        }
        if (error instanceof Refused) say(error.problem.title, error.problem.detail, error.problem.fields);
        else say("The report could not be read", String(error));
      })
      .finally(() => {
        send.disabled = false;
        send.textContent = "Read and draw";
        form.removeAttribute("aria-busy");
      });
  });

  fill(
    root,
    el(
      "div",
      { class: "home-intro" },
      el("h2", { class: "home-head" }, "Who moved, from where, to where, says who, how surely"),
      el("p", {}, "Paste one or more news reports. Dateline finds the places and the movements they tell of, draws them, and leads every arrow back to the words it came from."),
      el(
        "div",
        { class: "home-terms" },
        el("div", {}, el("h3", {}, "What it will do"), el("ul", {}, el("li", {}, "keep rival numbers and denials apart, each with its speaker"), el("li", {}, "show how sure the words are: reported, planned, possible, denied"), el("li", {}, "list what has no position instead of pinning it"), el("li", {}, "give you PNG, SVG, PDF, GeoJSON and a map to embed"))),
        el("div", {}, el("h3", {}, "What it will not do"), el("ul", {}, el("li", {}, "say that anything is confirmed: only an editor can"), el("li", {}, "invent a place, a number, a date or a route"), el("li", {}, "judge who is right"), el("li", {}, "send your text anywhere: it is read on this server, without a network"))),
      ),
    ),
    form,
    stories,
  );

  return {
    show() {
      listStories().then(
        (list) => {
          stories.hidden = list.length === 0;
          fill(
            stories,
            el("h2", {}, "Stories read here"),
            el("ul", { class: "story-list" }, ...list.map((s) => el("li", {}, el("a", { href: storyPath(s.id) }, s.title || s.id), el("span", { class: "muted" }, ` ${s.reports} ${s.reports === 1 ? "report" : "reports"}, ${s.movements} ${s.movements === 1 ? "movement" : "movements"}`)))),
          );
        },
        () => (stories.hidden = true),
      );
    },
  };
}
