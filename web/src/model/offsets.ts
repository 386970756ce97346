/**
 * Code points to UTF-16. The document counts code points; a JavaScript string counts UTF-16 units, and
 * the two part at the first character outside the basic plane. Only those characters are kept, so a
 * look-up costs a binary search over what is usually an empty list.
 */
export class Offsets {
  /** Code-point positions of the characters that take two units. */
  private readonly wide: number[] = [];
  readonly codePoints: number;

  constructor(readonly text: string) {
    let at = 0;
    for (let i = 0; i < text.length; at++) {
      const wide = (text.codePointAt(i) ?? 0) > 0xffff;
      if (wide) this.wide.push(at);
      i += wide ? 2 : 1;
    }
    this.codePoints = at;
  }

  /** The UTF-16 index of a code-point offset, held inside the text. */
  toUtf16(codePoint: number): number {
    const at = Math.max(0, Math.min(codePoint, this.codePoints));
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((this.wide[mid] as number) < at) low = mid + 1;
      else high = mid;
    }
    return at + low;
  }

  /** The words of a span given in code points. */
  slice(start: number, end: number): string {
    return this.text.slice(this.toUtf16(start), this.toUtf16(end));
  }
}
