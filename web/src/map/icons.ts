/** Heads, bars and hatches, drawn on a canvas when first needed: no file is fetched for them. */

const RATIO = 3;

export type HeadShape = "filled" | "chevron" | "hollow";

export interface Icon {
  data: ImageData;
  pixelRatio: number;
}

function canvas(size: number): { ctx: CanvasRenderingContext2D; done: () => Icon } {
  const c = document.createElement("canvas");
  c.width = c.height = size * RATIO;
  const ctx = c.getContext("2d");
  if (!ctx) throw new Error("this browser has no 2D canvas");
  ctx.scale(RATIO, RATIO);
  return { ctx, done: () => ({ data: ctx.getImageData(0, 0, c.width, c.height), pixelRatio: RATIO }) };
}

/** A head 24 px long whose tip is the centre of the image, pointing up: so it turns about its tip. */
export function head(shape: HeadShape, colour: string, halo: string): Icon {
  const { ctx, done } = canvas(56);
  const [cx, tip] = [28, 28];
  const length = 24;
  const half = 0.42 * length;
  ctx.lineJoin = "miter";
  ctx.lineCap = "round";
  const outline = (): void => {
    ctx.beginPath();
    ctx.moveTo(cx, tip);
    ctx.lineTo(cx + half, tip + length);
    if (shape !== "hollow") ctx.lineTo(cx, tip + length * 0.78);
    ctx.lineTo(cx - half, tip + length);
    ctx.closePath();
  };
  if (shape === "chevron") {
    ctx.beginPath();
    ctx.moveTo(cx - half, tip + length * 0.92);
    ctx.lineTo(cx, tip + 2);
    ctx.lineTo(cx + half, tip + length * 0.92);
    ctx.strokeStyle = halo;
    ctx.lineWidth = 8;
    ctx.stroke();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 4.4;
    ctx.stroke();
    return done();
  }
  outline();
  ctx.strokeStyle = halo;
  ctx.lineWidth = 4.4;
  ctx.stroke();
  ctx.fillStyle = shape === "filled" ? colour : halo;
  ctx.fill();
  if (shape === "hollow") {
    ctx.save();
    outline();
    ctx.clip();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 8;
    ctx.stroke();
    ctx.restore();
  }
  return done();
}

/** Two bars across the shaft: the claim is contested. */
export function bars(colour: string, halo: string): Icon {
  const { ctx, done } = canvas(32);
  for (const [width, ink] of [
    [5.6, halo],
    [2.2, colour],
  ] as const) {
    ctx.strokeStyle = ink;
    ctx.lineWidth = width;
    ctx.lineCap = "butt";
    for (const y of [13.4, 18.6]) {
      ctx.beginPath();
      ctx.moveTo(7 - (ink === halo ? 1.5 : 0), y);
      ctx.lineTo(25 + (ink === halo ? 1.5 : 0), y);
      ctx.stroke();
    }
  }
  return done();
}

/** A capital: a square of 8 px, as on the finished maps. */
export function square(ink: string, fill: string): Icon {
  const { ctx, done } = canvas(16);
  ctx.lineWidth = 1.8;
  ctx.strokeStyle = ink;
  ctx.fillStyle = fill;
  ctx.fillRect(4, 4, 8, 8);
  ctx.strokeRect(4, 4, 8, 8);
  return done();
}

/** A 45° hatch that repeats without a seam. */
export function hatch(colour: string): Icon {
  const pitch = 11;
  const { ctx, done } = canvas(pitch);
  ctx.strokeStyle = colour;
  ctx.globalAlpha = 0.7;
  ctx.lineWidth = 1.2;
  ctx.lineCap = "square";
  for (const d of [-pitch, 0, pitch]) {
    ctx.beginPath();
    ctx.moveTo(d - 2, pitch + 2);
    ctx.lineTo(d + pitch + 2, -2);
    ctx.stroke();
  }
  return done();
}
