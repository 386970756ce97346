/** Single keys. None works while something is being written, and all can be turned off. */
import { shown } from "../model/filters";
import { kindOf } from "../model/story";
import type { Action, State } from "../state/state";
import { keysOff } from "./dialogs";

interface Doors {
  send: (action: Action) => void;
  state: () => State;
  fit: () => void;
}

export function keys({ send, state, fit }: Doors): void {
  let opener: HTMLElement | null = null;
  document.addEventListener("click", () => remember(), true);
  document.addEventListener("keydown", (event) => event.key === "Enter" && remember(), true);
  const remember = (): void => {
    if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body) opener = document.activeElement;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const s = state();
    const target = event.target as HTMLElement;
    const writing = target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (s.dialog || writing || !s.story) return;
    if (event.key === "Escape" && s.sel) {
      send({ do: "select", id: null, via: "keys" });
      if (opener?.isConnected) opener.focus();
      return;
    }
    if (keysOff()) return;
    switch (event.key) {
      case "]":
      case "[":
        step(event.key === "]" ? 1 : -1);
        break;
      case "0":
        fit();
        break;
      case "?":
        send({ do: "dialog", dialog: "help" });
        break;
      case "t":
        if (s.narrow) send({ do: "front", front: "text" });
        document.querySelector<HTMLElement>(".report-scroll")?.focus();
        break;
      case "m":
        document.querySelector<HTMLElement>("#map-box canvas")?.focus();
        break;
      case "c":
        if (s.narrow) send({ do: "front", front: "list" });
        document.getElementById("list-body")?.focus();
        break;
      default:
        return;
    }
    event.preventDefault();
  });

  const step = (by: number): void => {
    const s = state();
    if (!s.story) return;
    const list = shown(s.story, s.filter);
    if (list.length === 0) return;
    const at = kindOf(s.story, s.sel) === "movement" ? list.findIndex((m) => m.id === s.sel) : by > 0 ? -1 : 0;
    const next = list[(at + by + list.length) % list.length];
    if (next) send({ do: "select", id: next.id, via: "keys" });
  };
}
