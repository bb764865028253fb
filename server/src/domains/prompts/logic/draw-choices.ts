import { firstPick, foldSeed, mix, pickerFrom } from "#domains/libraries/logic/seeded-picker.ts";
import { isAuthored } from "#domains/prompts/logic/fill-placeholders.ts";
import {
  type ChoiceGroup,
  firstFrom,
  optionEnd,
  optionStart,
  parseChoices,
  type Range,
} from "#domains/prompts/logic/parse-choices.ts";
import type { SpannedText, TextSpan } from "#domains/prompts/logic/resolution-types.ts";
import { evenSample, weightedSample } from "#domains/prompts/logic/weighted-sample.ts";

const { imul, max, min } = Math;

/** How much of a group tells it from others. */
const maxKeyLength = 64;
/** Longest source of a group that is shown as a span's ref. */
const maxRef = 200;

/**
 * The seed from which a run's choices are drawn: the run's own for its first try. Runs of one seed differ by their try.
 * Kept with the run.
 */
export function choiceSeedOf(seed: bigint, tryIndex: number): bigint {
  return BigInt.asUintN(64, seed + BigInt(tryIndex) * 0x9e3779b97f4a7c15n);
}

/**
 * Draws the choices of one slot. What a group gives depends on the seed, its own text and how often that was there before
 * in the slot: the same group gives the same in every slot, and changing a prompt elsewhere leaves a group's draw alone.
 */
export class ChoiceDraw {
  readonly warnings: string[] = [];
  readonly #start: number;
  readonly #seen = new Map<number, number>();

  constructor(choiceSeed: bigint) {
    this.#start = foldSeed(choiceSeed);
  }

  /**
   * The pieces of one authored text with its choices drawn: each gives way to pieces of layer "choice" whose ref is the
   * group as it was written. Inserted values are no part of the syntax and keep their layer.
   */
  draw(written: SpannedText): SpannedText {
    const { text } = written;
    const { starts, opaque } = place(written.spans);
    const { groups, warnings } = parseChoices(text, opaque);
    this.warnings.push(...warnings);
    if (groups.length === 0) return written;
    const writer = new DrawnWriter(written, starts);
    // A stack of what is left to write instead of recursion: groups can be nested as deep as the text is long.
    const todo = new Todo();
    todo.push(0, text.length, null, 0);
    while (todo.pop()) {
      const { start, end, source, next, literal } = todo;
      if (literal !== null) {
        writer.writeLiteral(literal, source);
        continue;
      }
      const group = groups[next];
      writer.write(start, group ? min(group.start, end) : end, source);
      if (!group || group.start >= end) continue;
      todo.push(group.end, end, source, next + 1 + group.inner);
      this.#drawGroup(text, groups, next, group, todo);
    }
    return writer.drawn;
  }

  /** Puts what the group gives on top of the stack: the last drawn option first, as it is to be written last. */
  #drawGroup(text: string, groups: readonly ChoiceGroup[], at: number, group: ChoiceGroup, todo: Todo): void {
    const { bars, weighted, least, most, separator } = group;
    const state = this.#stateFor(text, group.start, group.end);
    if (most === 1 && least === 1 && weighted === null) {
      const index = firstPick(state, bars.length + 1);
      return pushOption(todo, groups, at, group, index);
    }
    const pick = pickerFrom(state);
    const count = least === most ? least : least + pick(most - least + 1);
    const drawn = weighted ? weightedSample(weighted.weights, count, pick) : evenSample(bars.length + 1, count, pick);
    for (let n = drawn.length - 1; n >= 0; n--) {
      const index = drawn[n] ?? 0;
      pushOption(todo, groups, at, group, index);
      if (n > 0) todo.push(0, 0, group, 0, separator);
    }
  }

  #stateFor(text: string, start: number, end: number): number {
    let key = end - start;
    const last = min(end, start + maxKeyLength);
    for (let i = start; i < last; i++) key = imul(key ^ text.charCodeAt(i), 0x01000193);
    const times = this.#seen.get(key) ?? 0;
    this.#seen.set(key, times + 1);
    return mix(mix(this.#start ^ mix(key)) + times);
  }
}

function pushOption(todo: Todo, groups: readonly ChoiceGroup[], at: number, group: ChoiceGroup, index: number): void {
  const start = optionStart(group, index);
  const next = group.inner === 0 ? at + 1 : firstFrom(groups, start, at + 1, at + 1 + group.inner);
  todo.push(start, optionEnd(group, index), group, next);
}

/** Stretches of the text, or literal texts, and the innermost group that each was drawn from. Numbers, not objects: there can be 100,000. */
class Todo {
  start = 0;
  end = 0;
  source: ChoiceGroup | null = null;
  /** Index of the first group that begins in the stretch or behind it. */
  next = 0;
  literal: string | null = null;
  /** The arrays never shrink: giving memory back at each pop would cost more than all the rest. */
  #size = 0;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #sources: (ChoiceGroup | null)[] = [];
  readonly #nexts: number[] = [];
  readonly #literals: (string | null)[] = [];

  push(start: number, end: number, source: ChoiceGroup | null, next: number, literal: string | null = null): void {
    const at = this.#size++;
    this.#starts[at] = start;
    this.#ends[at] = end;
    this.#sources[at] = source;
    this.#nexts[at] = next;
    this.#literals[at] = literal;
  }

  /** Makes the top one the current one. */
  pop(): boolean {
    if (this.#size === 0) return false;
    const at = --this.#size;
    this.start = this.#starts[at] ?? 0;
    this.end = this.#ends[at] ?? 0;
    this.source = this.#sources[at] ?? null;
    this.next = this.#nexts[at] ?? 0;
    this.literal = this.#literals[at] ?? null;
    return true;
  }
}

/** Where each span begins in the whole text, and where inserted values stand. */
function place(spans: readonly TextSpan[]): { starts: number[]; opaque: Range[] } {
  const starts: number[] = [];
  const opaque: Range[] = [];
  let start = 0;
  for (const span of spans) {
    const end = start + span.text.length;
    starts.push(start);
    if (!isAuthored(span)) opaque.push({ start, end });
    start = end;
  }
  return { starts, opaque };
}

/** Writes stretches of a text as spans that keep their origin, or name the choice that they were drawn from. */
class DrawnWriter {
  readonly drawn: SpannedText = { spans: [], text: "" };
  readonly #text: string;
  readonly #spans: readonly TextSpan[];
  readonly #starts: readonly number[];
  /** Of the last span, when that is a choice's. */
  #lastSource: ChoiceGroup | null = null;

  constructor({ text, spans }: SpannedText, starts: readonly number[]) {
    this.#text = text;
    this.#spans = spans;
    this.#starts = starts;
  }

  write(start: number, end: number, source: ChoiceGroup | null): void {
    if (start >= end) return;
    for (let n = this.#spanAt(start); n < this.#spans.length; n++) {
      const span = this.#spans[n];
      const spanStart = this.#starts[n] ?? end;
      if (!span || spanStart >= end) return;
      const isWhole = spanStart >= start && spanStart + span.text.length <= end;
      const piece = isWhole ? span.text : span.text.slice(max(start - spanStart, 0), end - spanStart);
      if (source !== null && isAuthored(span)) this.writeLiteral(piece, source);
      else {
        this.drawn.spans.push(isWhole ? span : { text: piece, layer: span.layer, ref: span.ref });
        this.drawn.text += piece;
        this.#lastSource = null;
      }
    }
  }

  /** The last span that begins at `position` or before. */
  #spanAt(position: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Neighbours drawn from one group are one span. */
  writeLiteral(text: string, source: ChoiceGroup | null): void {
    if (text === "" || source === null) return;
    const last = this.drawn.spans.at(-1);
    if (last && this.#lastSource === source) last.text += text;
    else this.drawn.spans.push({ text, layer: "choice", ref: this.#refOf(source) });
    this.drawn.text += text;
    this.#lastSource = source;
  }

  #refOf({ start, end }: ChoiceGroup): string {
    return end - start > maxRef ? `${this.#text.slice(start, start + maxRef - 1)}…` : this.#text.slice(start, end);
  }
}
