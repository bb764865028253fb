/** A library as substitution reads it. Keys are normalised when they are written. */
export type SubstitutionLibrary = {
  name: string;
  delimiter: string;
  /** How many levels of references inside its texts are followed. */
  maxDepth: number;
  entries: Readonly<Record<string, string>>;
};

/** Longest reference, in characters; what stands between two delimiters further apart is text. */
const maxReference = 300;

/** Lower case, spaces and hyphens as underscores; null when something else than `[a-z0-9_]` is left. */
export function normaliseKey(key: string): string | null {
  const normalised = key.toLowerCase().replace(/[ -]/g, "_");
  return /^[a-z0-9_]+$/.test(normalised) ? normalised : null;
}

/** What a reference means among the libraries of one delimiter; the library is null when none has the key. */
export type Target = { library: SubstitutionLibrary | null; key: string; shown: string };

/**
 * The first references in a text, in order of appearance: the n-th, delimiters and all, goes from `starts[n]` to before
 * `ends[n]`. Lists of numbers, not objects: there can be thousands.
 */
export type References = {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly targets: readonly Target[];
  /** Whether the text behind the last of them was not read. */
  readonly areMore: boolean;
};

export const noReferences: References = { starts: [], ends: [], targets: [], areMore: false };

export type ReferenceBounds = {
  /** In one text: what is behind them is not read. */
  references: number;
  /** Different ones: once there are more, no text is read further. */
  targets: number;
};

/** The libraries of one delimiter, in order of attachment. Every text and every key is read once. */
export class ReferenceReader {
  readonly delimiter: string;
  readonly #libraries: SubstitutionLibrary[] = [];
  readonly #targets = new Map<string, Target | null>();
  #targetCount = 0;
  readonly #bounds: ReferenceBounds;
  readonly #texts = new Map<string, References>();

  constructor(delimiter: string, bounds: ReferenceBounds) {
    this.delimiter = delimiter;
    this.#bounds = bounds;
  }

  add(library: SubstitutionLibrary): void {
    this.#libraries.push(library);
  }

  read(text: string): References {
    const first = text.indexOf(this.delimiter);
    if (first === -1) return noReferences;
    let found = this.#texts.get(text);
    if (!found) this.#texts.set(text, (found = this.#scan(text, first)));
    return found;
  }

  #scan(text: string, first: number): References {
    const { delimiter } = this;
    const starts: number[] = [];
    const ends: number[] = [];
    const targets: Target[] = [];
    for (let start = first; start !== -1;) {
      const close = text.indexOf(delimiter, start + delimiter.length);
      if (close === -1) break;
      if (targets.length === this.#bounds.references || this.#targetCount > this.#bounds.targets)
        return { starts, ends, targets, areMore: true };
      const target = this.#targetOf(text.slice(start + delimiter.length, close));
      // What is no reference may be a per cent sign: its partner can still open the next.
      const end = target ? close + delimiter.length : close;
      if (target) {
        starts.push(start);
        ends.push(end);
        targets.push(target);
      }
      start = target ? text.indexOf(delimiter, end) : close;
    }
    return { starts, ends, targets, areMore: false };
  }

  #targetOf(body: string): Target | null {
    if (body.length > maxReference) return null;
    let target = this.#targets.get(body);
    if (target === undefined) {
      const key = parseReference(body);
      this.#targets.set(body, (target = key && lookUp(key, this.#libraries)));
      if (target) this.#targetCount += 1;
    }
    return target;
  }
}

function lookUp({ library: name, key }: LibraryKey, libraries: readonly SubstitutionLibrary[]): Target {
  const named = name === null ? libraries : libraries.filter((library) => normaliseKey(library.name) === name);
  const has = ({ entries }: SubstitutionLibrary): boolean =>
    key === "*" ? Object.keys(entries).length > 0 : Object.hasOwn(entries, key);
  return { library: named.find(has) ?? null, key, shown: name === null ? key : `${name}:${key}` };
}

type LibraryKey = { library: string | null; key: string };

/** What stands between two delimiters, when it is a reference: no space at either end, a key, perhaps a library's name. */
function parseReference(body: string): LibraryKey | null {
  if (body === "" || body !== body.trim()) return null;
  const colon = body.indexOf(":");
  if (colon === -1) {
    const key = normaliseKey(body);
    return key === null ? null : { library: null, key };
  }
  const library = normaliseKey(body.slice(0, colon));
  const rest = body.slice(colon + 1);
  const key = rest === "*" ? "*" : normaliseKey(rest);
  return library === null || key === null ? null : { library, key };
}
