import type { SpanLayer, TextSpan } from "#domains/prompts/logic/resolution-types.ts";

const closeBrace = 0x7d;

/** Where the values of placeholders come from, and which keys had none. */
export type Placeholders = { valueOf: (key: string) => string | undefined; unresolved: Set<string> };

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
  { valueOf, unresolved }: Placeholders,
): string {
  let filled = "";
  let done = 0;
  for (let open = text.indexOf("{"); open !== -1;) {
    let end = open + 1;
    while (isWordCharacter(text.charCodeAt(end))) end++;
    if (end > open + 1 && text.charCodeAt(end) === closeBrace) {
      const key = text.slice(open + 1, end);
      const value = valueOf(key);
      if (value === undefined) unresolved.add(key);
      else {
        const before = text.slice(done, open);
        pushSpan(spans, before, layer, ref);
        pushSpan(spans, value, "placeholder", key);
        filled += before + value;
        done = end + 1;
      }
    }
    open = text.indexOf("{", end);
  }
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
