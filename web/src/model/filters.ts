/** Which movements are shown: by class, by report, with or without the background. */
import { CLASSES, type Class, type Movement } from "./document";
import type { Story } from "./story";

export interface Filter {
  /** Null means all. */
  cls: Class[] | null;
  rep: string[] | null;
  background: boolean;
}

export const NO_FILTER: Filter = { cls: null, rep: null, background: false };

export function passes(story: Story, m: Movement, filter: Filter): boolean {
  if (m.background && !filter.background) return false;
  if (filter.cls && !filter.cls.includes(m.class)) return false;
  if (filter.rep) {
    const reports = story.reportsOf.get(m.id) ?? [];
    if (!reports.some((r) => filter.rep?.includes(r))) return false;
  }
  return true;
}

export function shown(story: Story, filter: Filter): Movement[] {
  return story.ordered.filter((m) => passes(story, m, filter));
}

/** Turns one item of a filter on or off; a filter that shows everything is no filter. */
export function toggled<T>(filter: T[] | null, item: T, all: readonly T[]): T[] | null {
  const on = filter ?? [...all];
  const next = on.includes(item) ? on.filter((x) => x !== item) : all.filter((x) => on.includes(x) || x === item);
  return all.every((x) => next.includes(x)) ? null : [...next];
}

/** The classes a story has, in legend order. */
export function classesIn(story: Story): Class[] {
  return CLASSES.filter((c) => story.doc.movements.some((m) => m.class === c));
}
