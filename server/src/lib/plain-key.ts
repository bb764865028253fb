/** What is said of a key that JavaScript's objects do not keep like others: it would vanish from maps on its way. */
export const reservedKeyMessage = "the key __proto__ can't be used; give it another name";

/** Whether objects keep the key like any other. Names such as `constructor` are plain. */
export function isPlainKey(key: string): boolean {
  return key !== "__proto__";
}
