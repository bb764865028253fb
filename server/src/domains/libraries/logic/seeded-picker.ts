// Looked up once: these run for every choice of a long text, and globals are slow to reach inside a vm context.
const { floor, imul } = Math;

const step = 0x6d2b79f5;

/** Picks whole numbers below a count. */
export type Picker = (count: number) => number;

/** The same sequence of picks for the same seed (of up to 64 bits), on every machine. Not for secrets. */
export function seededPicker(seed: bigint): Picker {
  return pickerFrom(foldSeed(seed));
}

/** A seed of up to 64 bits as 32 well-spread ones, for those who go on with more than the seed. */
export function foldSeed(seed: bigint): number {
  return mix(Number(BigInt.asUintN(32, seed)) ^ mix(Number(BigInt.asUintN(32, seed >> 32n))));
}

/** Mulberry32: small, and even enough for choosing texts. */
export function pickerFrom(start: number): Picker {
  let state = start;
  return (count) => {
    const picked = firstPick(state, count);
    state = (state + step) | 0;
    return picked;
  };
}

/** What `pickerFrom(start)` picks first, for those who pick only once. */
export function firstPick(start: number, count: number): number {
  return floor((mix((start + step) | 0) / 2 ** 32) * count);
}

/** Spreads the bits of a 32-bit number; 0 stays 0. */
export function mix(value: number): number {
  let x = imul(value ^ (value >>> 15), value | 1);
  x ^= x + imul(x ^ (x >>> 7), x | 61);
  return (x ^ (x >>> 14)) >>> 0;
}
