/** Whether an output of one type may feed an input of another, as the editor sees it. */
export function typesFit(a: string, b: string): boolean {
  if (isAny(a) || isAny(b)) return true;
  const wanted = new Set(b.toLowerCase().split(","));
  return a
    .toLowerCase()
    .split(",")
    .some((type) => wanted.has(type));
}

export function isAny(type: string): boolean {
  return type === "*" || type === "" || type === "0";
}
