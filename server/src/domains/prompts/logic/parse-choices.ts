/** A stretch of a text: from `start` to before `end`. */
export type Range = { start: number; end: number };

/** A brace group with options to draw from. The braces are part of the range. */
export type ChoiceGroup = Range & {
  /** Positions of the bars between the options. */
  bars: readonly number[];
  /** Where the first option begins: behind the brace, or behind count and separator. */
  first: number;
  /** Of the options, and where each begins behind its weight; null when all are alike. */
  weighted: { weights: number[]; starts: number[] } | null;
  /** How many options are drawn, at least and at most, none of them twice. */
  least: number;
  most: number;
  /** Stands between drawn options; plain text. */
  separator: string;
  /** How many groups are inside it: they follow it in the list. */
  inner: number;
};

export function optionStart({ bars, first, weighted }: ChoiceGroup, index: number): number {
  if (weighted) return weighted.starts[index] ?? first;
  return index === 0 ? first : (bars[index - 1] ?? first) + 1;
}

export function optionEnd({ bars, end }: ChoiceGroup, index: number): number {
  return bars[index] ?? end - 1;
}

export type ParsedChoices = {
  /** In the order in which they open: a group comes before those inside it. */
  groups: ChoiceGroup[];
  warnings: string[];
};

const { min } = Math;

const usualSeparator = ", ";
/** Drawn options repeat their separator: without a bound a few characters could fill the memory. */
const maxSeparator = 40;
const maxCount = 1_000_000;

/** Groups that are read in one text, and braces that are open at once: far more than people write, few enough for any text to be quick. */
const maxGroups = 1_000;
const maxDepth = 100;
/** Characters of one text that are read: more than can be written. */
const maxLength = 120_000;
/** Options of one group. */
const maxOptions = 1_000;

/** `2$$`, `1-3$$`, `-3$$`, `1-$$`. */
const countForm = /^\s*(?:(\d{1,6})|(\d{0,6})\s*-\s*(\d{0,6}))\s*$/;
/** Longest count with the spaces around it. */
const maxCountLength = 20;
const weightForm = /^\s*(-?)(\d+\.?\d*|\.\d+)\s*::/;
/** Longest beginning of an option that is looked at for a weight. */
const maxWeightLength = 24;

/**
 * Finds the choices in a text: `{a|b|c}`, weights `{2::a|b}`, several at once `{1-3$$, $$a|b|c}`, one inside another.
 * Nothing inside `opaque` ranges (sorted) counts. Groups without a bar are no choices; those that are not closed, that ask
 * for what can't be, or that come behind the first 1,000 of a text, are left out with a warning. Time grows with the length
 * of the text, whatever it is.
 */
export function parseChoices(text: string, opaque: readonly Range[]): ParsedChoices {
  const groups: ChoiceGroup[] = [];
  const wrong: string[] = [];
  // A stack of open braces: where each is, and the bars and dollar pairs right inside it, these only before the first bar.
  // Its arrays never shrink: there can be 100,000 braces, and memory is what takes the time.
  const starts: number[] = [];
  const bars: (number[] | null)[] = [];
  const dollars: (number[] | null)[] = [];
  const groupsBefore: number[] = [];
  let depth = 0;
  let nextOpaque = 0;
  let isSorted = true;
  /** Why not all of the text was read. */
  let limit = "";
  const length = min(text.length, maxLength);
  scan: for (let i = 0; i < length; i++) {
    const hidden = opaque[nextOpaque];
    if (hidden && i >= hidden.start) {
      nextOpaque++;
      i = hidden.end - 1;
      continue;
    }
    switch (text.charCodeAt(i)) {
      case 0x7b: // {
        limit = limitAt(groups.length, depth);
        if (limit !== "") break scan;
        starts[depth] = i;
        groupsBefore[depth] = groups.length;
        bars[depth] = null;
        dollars[depth++] = null;
        break;
      case 0x7c: {
        // |
        if (depth === 0) break;
        const before = bars[depth - 1];
        if (before) before.push(i);
        else bars[depth - 1] = [i];
        break;
      }
      case 0x24: {
        // $
        if (depth === 0 || bars[depth - 1] || text.charCodeAt(i + 1) !== 0x24) break;
        (dollars[depth - 1] ??= []).push(i++);
        break;
      }
      case 0x7d: {
        // }
        if (depth === 0) break;
        const inside = bars[--depth];
        if (!inside) break;
        const start = starts[depth] ?? 0;
        const group = readGroup(text, start, inside, dollars[depth] ?? null, i, opaque);
        if (typeof group !== "string") {
          // A group closes after those inside it, but stands before them.
          group.inner = groups.length - (groupsBefore[depth] ?? 0);
          isSorted &&= group.inner === 0;
          groups.push(group);
        } else wrong.push(`${group} in "${shorten(text.slice(start, min(i + 1, start + 100)))}"`);
        break;
      }
    }
  }
  if (limit === "" && text.includes("{", length))
    limit = `Choices are drawn in the first ${maxLength} characters of a text; what follows stays as written.`;
  const unclosed = limit === "" ? starts.slice(0, depth).filter((_start, at) => bars[at] !== null) : [];
  const [first] = unclosed;
  if (first !== undefined) {
    const more = unclosed.length > 1 ? ` (and ${unclosed.length - 1} more)` : "";
    wrong.push(`A choice is not closed: "${shorten(text.slice(first, first + 100))}"${more}`);
  }
  return {
    groups: isSorted ? groups : groups.toSorted((a, b) => a.start - b.start),
    warnings: [...(limit === "" ? [] : [limit]), ...wrong.slice(0, 10).map((each) => `${each}; it stays as written.`)],
  };
}

/** Why a further group is not read; empty when it is. */
function limitAt(groups: number, depth: number): string {
  if (groups >= maxGroups) return `The first ${maxGroups} choices of a text are drawn; what follows stays as written.`;
  if (depth >= maxDepth) return `More than ${maxDepth} braces are open at once; what follows stays as written.`;
  return "";
}

/** The group whose closing brace is at `close`, or what is wrong with it. */
function readGroup(
  text: string,
  start: number,
  bars: readonly number[],
  dollars: readonly number[] | null,
  close: number,
  opaque: readonly Range[],
): ChoiceGroup | string {
  const group: ChoiceGroup = {
    start,
    end: close + 1,
    bars,
    first: start + 1,
    weighted: null,
    least: 1,
    most: 1,
    separator: usualSeparator,
    inner: 0,
  };
  if (bars.length >= maxOptions) return `A choice has at most ${maxOptions} options`;
  const problem = (dollars && readCount(text, group, dollars, opaque)) ?? readWeights(text, group, opaque);
  if (problem !== null) return problem;
  const drawable = group.weighted?.weights.filter((weight) => weight > 0).length ?? bars.length + 1;
  if (drawable === 0) return "At least one weight is above 0";
  // As many as there are, when more are asked for.
  if (group.most > drawable) group.most = drawable;
  if (group.least > drawable) group.least = drawable;
  return group;
}

/** Takes count and separator off the first option. Answers what is wrong with them. */
function readCount(
  text: string,
  group: ChoiceGroup,
  [first = 0, second]: readonly number[],
  opaque: readonly Range[],
): string | null {
  const from = group.first;
  const count = first - from > maxCountLength ? null : countForm.exec(text.slice(from, first));
  if (!count || touches(opaque, from, first)) return null;
  group.least = Number(count[1] ?? (count[2] || 1));
  group.most = Number(count[1] ?? (count[3] || maxCount));
  if (group.least > group.most) return "The smaller number comes first";
  group.first = first + 2;
  if (second === undefined) return null;
  group.separator = text.slice(first + 2, second);
  group.first = second + 2;
  return group.separator.length > maxSeparator ? `A separator has at most ${maxSeparator} characters` : null;
}

/** Takes the weights off the options. Answers what is wrong with them. */
function readWeights(text: string, group: ChoiceGroup, opaque: readonly Range[]): string | null {
  for (let n = 0; n <= group.bars.length; n++) {
    const start = n === 0 ? group.first : (group.bars[n - 1] ?? 0) + 1;
    const code = text.charCodeAt(start);
    // Most options begin with a letter: the form is looked for only where a number could begin.
    if (!(code <= 0x20 || (code >= 0x2d && code <= 0x39))) continue;
    const found = weightForm.exec(text.slice(start, min(optionEnd(group, n), start + maxWeightLength)));
    if (!found || touches(opaque, start, start + found[0].length)) continue;
    if (found[1] !== "") return "A weight is not negative";
    group.weighted ??= {
      weights: [1, ...group.bars.map(() => 1)],
      starts: [group.first, ...group.bars.map((bar) => bar + 1)],
    };
    group.weighted.weights[n] = Number(found[2]);
    group.weighted.starts[n] = start + found[0].length;
  }
  return null;
}

function touches(opaque: readonly Range[], start: number, end: number): boolean {
  if (opaque.length === 0) return false;
  const at = firstFrom(opaque, start);
  return (opaque[at]?.start ?? end) < end || (opaque[at - 1]?.end ?? start) > start;
}

/** Index, from `low` to `high`, of the first range that starts at `position` or later; ranges are sorted by their start. */
export function firstFrom(ranges: readonly Range[], position: number, low = 0, high = ranges.length): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.start ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
