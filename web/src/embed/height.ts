/** Tells the page around the frame how tall the frame wants to be, in the two forms newsroom loaders listen to. */

export interface HeightMessage {
  sentinel: "amp";
  type: "embed-size";
  height: number;
}

export function heightMessages(height: number, search: string): (string | HeightMessage)[] {
  const whole = Math.ceil(height);
  const child = new URLSearchParams(search).get("childId");
  const amp: HeightMessage = { sentinel: "amp", type: "embed-size", height: whole };
  return child ? [amp, `pymxPYMx${child}xPYMxheightxPYMx${whole}`] : [amp];
}
