/**
 * Picks whole numbers below a count, the same sequence for the same seed (of up to 64 bits). Mulberry32: small, even
 * enough for choosing texts, and the same on every machine. Not for secrets.
 */
export function seededPicker(seed: bigint): (count: number) => number {
  let state = mix(Number(BigInt.asUintN(32, seed)) ^ mix(Number(BigInt.asUintN(32, seed >> 32n))));
  return (count) => {
    state = (state + 0x6d2b79f5) | 0;
    return Math.floor((mix(state) / 2 ** 32) * count);
  };
}

/** Spreads the bits of a 32-bit number; 0 stays 0. */
function mix(value: number): number {
  let x = Math.imul(value ^ (value >>> 15), value | 1);
  x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
  return (x ^ (x >>> 14)) >>> 0;
}
