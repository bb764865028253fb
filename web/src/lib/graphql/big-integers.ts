/** A whole number of a JSON text outside of its strings: digits of a fraction are no number of their own. */
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const bigInteger = /^-?\d{16,}$/;
const longDigits = /\d{16}/;

/**
 * Puts integers that a JavaScript number cannot hold in quotes, so that seeds up to 2^64-1 survive JSON.parse. A graph
 * may be megabytes with hundreds of thousands of strings: they are passed over, and only what may be too big is looked at.
 * @param json text of a JSON document
 */
export function quoteBigIntegers(json: string): string {
  if (!longDigits.test(json)) return json;
  const pieces: string[] = [];
  let copied = 0;
  for (let at = 0; at < json.length;) {
    const quote = json.indexOf('"', at);
    const end = quote === -1 ? json.length : quote;
    const between = end - at < 16 ? "" : json.slice(at, end);
    if (longDigits.test(between)) {
      pieces.push(json.slice(copied, at), between.replace(number, quoted));
      copied = end;
    }
    at = quote === -1 ? end : endOfString(json, quote);
  }
  pieces.push(json.slice(copied));
  return pieces.join("");
}

const quoted = (digits: string): string =>
  bigInteger.test(digits) && !Number.isSafeInteger(Number(digits)) ? `"${digits}"` : digits;

/** Behind the quote that ends the string, which an odd number of backslashes does not stand before. */
function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (json[quote - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
  }
  return json.length;
}

/** `fetch` for GraphQL answers with exact integers. */
export const exactFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const text = quoteBigIntegers(await response.text());
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(text, { status: response.status, statusText: response.statusText, headers });
};
