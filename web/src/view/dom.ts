/** Elements without a framework. Children that are strings become text nodes: report text is never read as HTML. */

export type Child = Node | string | null | undefined | false;
export interface Props {
  class?: string;
  id?: string;
  data?: Record<string, string>;
  on?: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
  [attribute: string]: unknown;
}

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = String(value);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "on") for (const [type, fn] of Object.entries(value as object)) node.addEventListener(type, fn as EventListener);
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, String(value));
  }
  fill(node, ...children);
  return node;
}

export function fill(node: Element, ...children: Child[]): void {
  node.replaceChildren(...children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false));
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag: string, attributes: Record<string, string | number>, ...children: SVGElement[]): SVGElement {
  const node = document.createElementNS(SVG, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** A part of the page that must be there: the pages are ours. */
export function part<T extends HTMLElement = HTMLElement>(id: string): T {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no element #${id}`);
  return node as T;
}

export function button(text: string, props: Props, ...children: Child[]): HTMLButtonElement {
  return el("button", { type: "button", ...props }, ...(children.length > 0 ? children : [text]));
}

/** Only web addresses become links: a report's URL is foreign text. */
export function webAddress(url: string | null | undefined): string | null {
  if (!url) return null;
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}

export const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
