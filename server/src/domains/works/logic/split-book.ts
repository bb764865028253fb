/** A chapter as it was found in the text of a whole book. */
export interface FoundChapter {
  /** As its heading says; null when it does not. */
  number: number | null;
  title: string;
  text: string;
}

const words = "chapter|chapitre|kapitel|capítulo|capitulo|capitolo|глава|rozdział";
const mark = String.raw`[\s:.\-–—：、]*`;

/** Lines that begin a chapter: Chapter 12: The pier, 第3話 夜の市, Prologue, # Any heading of Markdown. */
const headings = [
  new RegExp(String.raw`^\s*(?:#{1,3}\s*)?(?:${words})\s+(\d{1,6})\b${mark}(.{0,200})$`, "iu"),
  new RegExp(String.raw`^\s*(?:#{1,3}\s*)?第\s*([0-9０-９]{1,6})\s*[章話话回節节]${mark}(.{0,200})$`, "u"),
  /^\s*(?:#{1,3}\s*)?()((?:prologue|epilogue|interlude|prolog|epilog|プロローグ|エピローグ|序章|終章)\b.{0,200})$/iu,
  /^#{1,3}\s+()(\S.{0,299})$/u,
];

/**
 * Cuts the text of a book at its headings. What stands before the first one is a chapter of its own, without a title.
 * @returns no chapter for a blank text
 */
export function splitBook(book: string): FoundChapter[] {
  const found: { number: number | null; title: string; lines: string[] }[] = [];
  for (const line of book.split(/\r\n|\r|\n/)) {
    const heading = headingOf(line);
    const last = found.at(-1);
    if (heading) found.push({ ...heading, lines: [] });
    else if (last) last.lines.push(line);
    else if (line.trim() !== "") found.push({ number: null, title: "", lines: [line] });
  }
  return found.map(({ lines, ...chapter }) => ({ ...chapter, text: lines.join("\n").trim() }));
}

function headingOf(line: string): { number: number | null; title: string } | null {
  for (const heading of headings) {
    const match = heading.exec(line);
    if (!match) continue;
    const digits = (match[1] ?? "").normalize("NFKC");
    return { number: digits === "" ? null : Number(digits), title: (match[2] ?? "").trim() };
  }
  return null;
}

/**
 * The numbers that chapters get: those of their headings, as long as these rise; all others follow the one before.
 * @param next the number of the first one that says none
 */
export function numberChapters(chapters: readonly FoundChapter[], next: number): number[] {
  const own = chapters.flatMap(({ number }) => (number === null ? [] : [number]));
  const rise = own.every((number, index) => index === 0 || number > (own[index - 1] ?? 0));
  const numbers: number[] = [];
  for (const { number } of chapters) numbers.push(rise && number !== null ? number : (numbers.at(-1) ?? next - 1) + 1);
  // A foreword before chapter 1 of an empty work would take its number.
  const isFree = new Set(numbers).size === numbers.length;
  return isFree ? numbers : chapters.map((_chapter, index) => next + index);
}
