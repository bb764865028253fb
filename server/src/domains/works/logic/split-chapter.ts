/** A stretch of a text, and what stands between it and the next one. */
export interface ChapterPart {
  text: string;
  glue: string;
}

/** Where a text may be cut, the best first: between paragraphs, between lines, behind sentences, between words. */
const seams = [/\n[^\S\n]*\n\s*/g, /\s*\n\s*/g, /(?<=[.!?…][)\]"'”’»]*)\s+|(?<=[。！？」』])/g, /\s+/g];

/**
 * Cuts a text into parts of at most `max` characters, of about the same size. A paragraph is cut only when it is longer than
 * that itself. Space around the whole is left out; apart from that `joinParts` gives the text again, to the letter.
 * @returns no part for a blank text
 */
export function splitChapter(text: string, max: number): ChapterPart[] {
  const parts: ChapterPart[] = [];
  let rest = text.trim();
  while (rest.length > max) {
    const { end, next } = cut(rest, max);
    parts.push({ text: rest.slice(0, end), glue: rest.slice(end, next) });
    rest = rest.slice(next);
  }
  if (rest !== "") parts.push({ text: rest, glue: "" });
  return parts;
}

export function joinParts(parts: readonly ChapterPart[]): string {
  return parts.map(({ text, glue }) => text + glue).join("");
}

/** Where the first part ends, and where the next one begins. */
function cut(text: string, max: number): { end: number; next: number } {
  // Even parts read better than full ones with a short rest.
  const wanted = text.length / Math.ceil(text.length / max);
  for (const seam of seams) {
    let best: { end: number; next: number } | undefined;
    for (const { 0: gap, index } of text.matchAll(seam)) {
      if (index > max) break;
      if (index === 0 || index + gap.length >= text.length) continue;
      if (!best || Math.abs(index - wanted) < Math.abs(best.end - wanted))
        best = { end: index, next: index + gap.length };
    }
    if (best) return best;
  }
  // One long word. Half a character can't be stored.
  const isPair = /[\uD800-\uDBFF]/.test(text.charAt(max - 1)) && max > 1;
  const end = isPair ? max - 1 : max;
  return { end, next: end };
}
