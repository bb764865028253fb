/** A whole string or a whole number of a JSON text: digits of a fraction are no number of their own. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const bigInteger = /^-?\d{16,}$/;

/**
 * Puts integers that a JavaScript number cannot hold in quotes, so that seeds up to 2^64-1 survive JSON.parse.
 * @param json text of a JSON document
 */
export function quoteBigIntegers(json: string): string {
  if (!/\d{16}/.test(json)) return json;
  return json.replace(token, (match) =>
    bigInteger.test(match) && !Number.isSafeInteger(Number(match)) ? `"${match}"` : match,
  );
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
