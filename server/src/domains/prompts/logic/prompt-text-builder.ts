import type { SpanLayer, TextSpan } from "#domains/prompts/logic/resolution-types.ts";

const closeBrace = 0x7d;

/** A text under construction that remembers where each piece of it came from. */
export class PromptTextBuilder {
  text = "";
  readonly spans: TextSpan[] = [];
  readonly unresolved = new Set<string>();
  readonly #valueOf: (key: string) => string | undefined;

  /** `valueOf` answers a placeholder's value, undefined when there is none. */
  constructor(valueOf: (key: string) => string | undefined) {
    this.#valueOf = valueOf;
  }

  /**
   * Appends authored text with its placeholders replaced, in one pass: inserted values are never looked at again.
   * `{key}` with one or more word characters is a placeholder; every other brace, such as that of a choice, is text.
   * Answers the text as appended.
   */
  appendAuthored(text: string, layer: SpanLayer, ref: string | null): string {
    let appended = "";
    let done = 0;
    for (let open = text.indexOf("{"); open !== -1;) {
      let end = open + 1;
      while (isWordCharacter(text.charCodeAt(end))) end++;
      if (end > open + 1 && text.charCodeAt(end) === closeBrace) {
        const key = text.slice(open + 1, end);
        const value = this.#valueOf(key);
        if (value === undefined) this.unresolved.add(key);
        else {
          const before = text.slice(done, open);
          this.append(before, layer, ref);
          this.append(value, "placeholder", key);
          appended += before + value;
          done = end + 1;
        }
      }
      open = text.indexOf("{", end);
    }
    const rest = done === 0 ? text : text.slice(done);
    this.append(rest, layer, ref);
    return appended + rest;
  }

  append(text: string, layer: SpanLayer, ref: string | null): void {
    if (text === "") return;
    this.text += text;
    this.spans.push({ text, layer, ref });
  }

  /** Undoes everything appended since the text had this many spans and this content. */
  rewind(spanCount: number, text: string): void {
    this.spans.length = spanCount;
    this.text = text;
  }
}

function isWordCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
  );
}
