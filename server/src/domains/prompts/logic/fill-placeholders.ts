import type { SpanLayer, TextSpan } from "#domains/prompts/logic/resolution-types.ts";

const closeBrace = 0x7d;

/** What the values of one slot can come to: far more than any model reads, and little enough to be read, kept and sent. */
const maxLength = 250_000;
/** Values of one slot. People write dozens; a text of 100,000 characters has room for 33,333, each of which would be a span of its own. */
const maxValues = 2_500;

/** Up to so many characters, looking again takes no longer than remembering. */
const shortText = 100;

/** What values come to, in characters and by number. */
export type ValueAmount = { length: number; values: number };

/** The placeholders of one slot: where their values come from, and which keys had none or did not fit any more. */
export class Placeholders {
  readonly unresolved = new Set<string>();
  /** Longer texts in which nothing was put in, and so nothing ever will be: a library's text can stand in thousands of places. */
  readonly #plain = new Set<string>();
  readonly #valueOf: (key: string) => string | undefined;
  readonly #taken: ValueAmount = { length: 0, values: 0 };

  constructor(valueOf: (key: string) => string | undefined) {
    this.#valueOf = valueOf;
  }

  /** What the values came to so far. */
  get taken(): ValueAmount {
    return { ...this.#taken };
  }

  /** Whether there were more values than a slot can hold. */
  get isFull(): boolean {
    return this.#taken.length > maxLength || this.#taken.values > maxValues;
  }

  /** What the values came to since then. */
  since({ length, values }: ValueAmount): ValueAmount {
    return { length: this.#taken.length - length, values: this.#taken.values - values };
  }

  take(key: string): string | undefined {
    const value = this.isFull ? undefined : this.#valueOf(key);
    if (value !== undefined && this.reserve(value.length, 1)) return value;
    this.unresolved.add(key);
    return undefined;
  }

  /** Before the same texts are gone through again, for keys in another order. */
  restart(): void {
    this.unresolved.clear();
    this.#plain.clear();
  }

  /** Whether it is known that the text stays as it is. */
  isPlain(text: string): boolean {
    return text.length > shortText && this.#plain.has(text);
  }

  keepPlain(text: string): void {
    if (text.length > shortText) this.#plain.add(text);
  }

  /** For so many values together. Once something did not fit, nothing does any more. */
  reserve(length: number, values: number): boolean {
    this.#taken.length += length;
    this.#taken.values += values;
    return !this.isFull;
  }
}

/**
 * Appends authored text to `spans` with its placeholders replaced, in one pass: inserted values are never looked at again.
 * `{key}` with one or more word characters is a placeholder; every other brace, such as that of a choice, is text.
 * Answers the text as appended.
 */
export function fillPlaceholders(
  spans: TextSpan[],
  text: string,
  layer: SpanLayer,
  ref: string | null,
  placeholders: Placeholders,
): string {
  if (placeholders.isPlain(text)) {
    spans.push({ text, layer, ref });
    return text;
  }
  let filled = "";
  let done = 0;
  for (let open = text.indexOf("{"); open !== -1;) {
    let end = open + 1;
    while (isWordCharacter(text.charCodeAt(end))) end++;
    if (end > open + 1 && text.charCodeAt(end) === closeBrace) {
      const key = text.slice(open + 1, end);
      const value = placeholders.take(key);
      if (value !== undefined) {
        const before = text.slice(done, open);
        pushSpan(spans, before, layer, ref);
        pushSpan(spans, value, "placeholder", key);
        filled += before + value;
        done = end + 1;
      }
    }
    open = text.indexOf("{", end);
  }
  if (done === 0) placeholders.keepPlain(text);
  const rest = done === 0 ? text : text.slice(done);
  pushSpan(spans, rest, layer, ref);
  return filled + rest;
}

export function pushSpan(spans: TextSpan[], text: string, layer: SpanLayer, ref: string | null): void {
  if (text !== "") spans.push({ text, layer, ref });
}

/** Whether people wrote the text, so that references and choices in it count. Values of metadata are opaque. */
export function isAuthored({ layer }: TextSpan): boolean {
  return layer !== "placeholder";
}

function isWordCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
  );
}
