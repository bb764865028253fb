/** Longest name that every common file system takes, in bytes, with room for "__2". */
const maxBytes = 180;
const windowsReserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A file name that is safe on every system and close to the original: no folders, no control or reserved characters, no
 * leading dots. Never empty.
 */
export function safeFilename(name: string): string {
  const base = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  let safe = base
    // oxlint-disable-next-line no-control-regex -- control characters are what is taken out here
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, "_")
    // Marks that turn the direction of writing make "exe.png" of "gnp.exe"; half characters can't be stored.
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu, "_")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  if (safe === "") safe = "file";
  if (windowsReserved.test(safe)) safe = `_${safe}`;
  const { stem, extension } = splitName(safe);
  let short = stem;
  while (Buffer.byteLength(short) + extension.length > maxBytes) short = [...short].slice(0, -1).join("");
  return short + extension;
}

/** The name for the nth file of that name in a folder: `name.ext`, `name__2.ext`, `name__3.ext`. */
export function numberedFilename(name: string, n: number): string {
  if (n <= 1) return name;
  const { stem, extension } = splitName(name);
  return `${stem}__${n}${extension}`;
}

/** The first name in the series that is not taken. */
export function freeFilename(name: string, taken: ReadonlySet<string>): string {
  let n = 1;
  while (taken.has(numberedFilename(name, n))) n += 1;
  return numberedFilename(name, n);
}

export function splitName(name: string): { stem: string; extension: string } {
  const match = /^(.+?)(\.[A-Za-z0-9]{1,10})$/.exec(name);
  return { stem: match?.[1] ?? name, extension: match?.[2] ?? "" };
}
