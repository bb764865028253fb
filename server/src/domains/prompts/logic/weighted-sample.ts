import type { Picker } from "#domains/libraries/logic/seeded-picker.ts";

/** `count` different positions below `total` in the order drawn, all alike likely. */
export function evenSample(total: number, count: number, pick: Picker): number[] {
  const positions: number[] = [];
  for (let n = 0; n < total; n++) positions.push(n);
  for (let n = 0; n < count; n++) {
    const other = n + pick(total - n);
    const drawn = positions[other] ?? 0;
    positions[other] = positions[n] ?? 0;
    positions[n] = drawn;
  }
  positions.length = count;
  return positions;
}

/** Positions of `count` different weights in the order drawn, the heavier the sooner. `count` is at most that of weights above 0. */
export function weightedSample(weights: readonly number[], count: number, pick: Picker): number[] {
  if (count === 1) return [drawOne(weights, pick)];
  const sums = new SumTree(weights);
  const positions: number[] = [];
  while (positions.length < count) {
    const drawn = sums.find(fraction(pick) * sums.total);
    sums.remove(drawn);
    positions.push(drawn);
  }
  return positions;
}

function drawOne(weights: readonly number[], pick: Picker): number {
  let left = fraction(pick) * weights.reduce((sum, weight) => sum + weight, 0);
  let last = 0;
  for (const [index, weight] of weights.entries()) {
    if (weight === 0) continue;
    if (left < weight) return index;
    left -= weight;
    // Rounding may leave a little over.
    last = index;
  }
  return last;
}

function fraction(pick: Picker): number {
  return pick(2 ** 32) / 2 ** 32;
}

/** Sums of weights in a binary tree, so that drawing all of many options does not take the square of their number. */
class SumTree {
  readonly #sums: Float64Array;
  readonly #leaves: number;

  constructor(weights: readonly number[]) {
    let leaves = 2;
    while (leaves < weights.length) leaves *= 2;
    this.#leaves = leaves;
    this.#sums = new Float64Array(2 * this.#leaves);
    this.#sums.set(weights, this.#leaves);
    for (let node = this.#leaves - 1; node > 0; node--) this.#sumUp(node);
  }

  get total(): number {
    return this.#at(1);
  }

  /** The position at which the running sum passes `target`; never one whose weight is 0. */
  find(target: number): number {
    let node = 1;
    let left = target;
    while (node < this.#leaves) {
      const ofFirst = this.#at(2 * node);
      const goesLeft = this.#at(2 * node + 1) === 0 || (left < ofFirst && ofFirst > 0);
      if (!goesLeft) left -= ofFirst;
      node = goesLeft ? 2 * node : 2 * node + 1;
    }
    return node - this.#leaves;
  }

  remove(position: number): void {
    let node = position + this.#leaves;
    this.#sums[node] = 0;
    for (node >>= 1; node > 0; node >>= 1) this.#sumUp(node);
  }

  /** Summed anew rather than subtracted: what is empty is exactly 0. */
  #sumUp(node: number): void {
    this.#sums[node] = this.#at(2 * node) + this.#at(2 * node + 1);
  }

  #at(node: number): number {
    return this.#sums[node] ?? 0;
  }
}
