/**
 * Cuts a report's text into paragraphs of runs. Every mark (a mention, a movement's trigger, the words a
 * movement or a claim rests on) begins and ends at a run's edge, so the page can light any of them up by
 * setting a class on whole runs, and no text is ever drawn anew.
 */

export type MarkKind = "mention" | "trigger" | "evidence" | "claim";

export interface Mark {
  kind: MarkKind;
  id: string;
  /** UTF-16, end exclusive. */
  start: number;
  end: number;
  /** Gives way to a mention inside it: "three camps in northern Albania" has no position, "northern Albania" has one. */
  weak?: boolean;
}

export interface Run {
  start: number;
  end: number;
  text: string;
  mention: string | null;
  trigger: string | null;
  evidence: string[];
  claims: string[];
}

export interface Paragraph {
  runs: Run[];
  /** The blank lines after it, kept so that the page's text is the report's text. */
  gap: string;
}

const BLANK_LINES = /\n[^\S\n]*(?:\n[^\S\n]*)+/g;

/** Of marks of one kind that overlap, the first and then the longest stays: a button inside a button is none. */
export function withoutOverlap(marks: Mark[]): Mark[] {
  const sorted = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Mark[] = [];
  for (const mark of sorted) {
    const last = kept.at(-1);
    if (mark.end > mark.start && (!last || mark.start >= last.end)) kept.push(mark);
  }
  return kept;
}

function inside(marks: Mark[], start: number, end: number): string[] {
  const ids: string[] = [];
  for (const mark of marks) {
    if (mark.start <= start && end <= mark.end && !ids.includes(mark.id)) ids.push(mark.id);
  }
  return ids;
}

export function cutText(text: string, marks: Mark[]): Paragraph[] {
  const of = (kind: MarkKind): Mark[] => marks.filter((mark) => mark.kind === kind && mark.end > mark.start);
  const strong = withoutOverlap(of("mention").filter((mark) => !mark.weak));
  const weak = withoutOverlap(of("mention").filter((mark) => mark.weak));
  const triggers = withoutOverlap(of("trigger"));
  const evidence = of("evidence");
  const claims = of("claim");

  const edges = new Set<number>();
  for (const mark of [...strong, ...weak, ...triggers, ...evidence, ...claims]) {
    edges.add(mark.start);
    edges.add(mark.end);
  }
  const cuts = [...edges].sort((a, b) => a - b);

  const paragraphs: Paragraph[] = [];
  const add = (start: number, end: number, gap: string): void => {
    const bounds = [start, ...cuts.filter((cut) => cut > start && cut < end), end];
    const runs: Run[] = [];
    for (let i = 0; i + 1 < bounds.length; i++) {
      const from = bounds[i] as number;
      const to = bounds[i + 1] as number;
      if (from === to) continue;
      runs.push({
        start: from,
        end: to,
        text: text.slice(from, to),
        mention: inside(strong, from, to)[0] ?? inside(weak, from, to)[0] ?? null,
        trigger: inside(triggers, from, to)[0] ?? null,
        evidence: inside(evidence, from, to),
        claims: inside(claims, from, to),
      });
    }
    if (runs.length > 0 || gap) paragraphs.push({ runs, gap });
  };

  let from = 0;
  for (const gap of text.matchAll(BLANK_LINES)) {
    add(from, gap.index, gap[0]);
    from = gap.index + gap[0].length;
  }
  add(from, text.length, "");
  return paragraphs;
}
