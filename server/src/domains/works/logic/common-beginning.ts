/** How many UTF-16 code units two texts have in common from their start; never half a character. */
export function commonBeginning(before: string, after: string): number {
  // Most often one goes on where the other ends.
  if (after.startsWith(before)) return before.length;
  let length = 0;
  while (length < after.length && before.charCodeAt(length) === after.charCodeAt(length)) length += 1;
  const isHalf = length > 0 && /[\uD800-\uDBFF]/.test(after.charAt(length - 1));
  return isHalf ? length - 1 : length;
}
