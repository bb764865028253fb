/** Longest folder or file name part that we make; file systems stop at 255 bytes. */
const maxSegmentLength = 100;

/**
 * Output prefixes of a job's inputs: `prefixes[input][try - 1]`, each `{prefix}/{stem}_try{NN}`, and one list of
 * `{prefix}/prompt_try{NN}` where there are no inputs. No two are the same, not even on file systems that ignore case:
 * equal stems get `__2`, `__3`…
 */
export function planPrefixes(prefix: string, filenames: readonly string[], tries: number): string[][] {
  const folder = prefix
    .split(/[/\\]+/)
    .map(safeName)
    .filter((name) => name !== "");
  const used = new Set<string>();
  const stems =
    filenames.length === 0 ? ["prompt"] : filenames.map((filename) => safeName(stemOf(filename)) || "input");
  return stems.map((stem) => {
    const own = unused(stem, used);
    return Array.from({ length: tries }, (_, index) =>
      [...folder, `${own}_try${String(index + 1).padStart(2, "0")}`].join("/"),
    );
  });
}

/** File name without folder and extension; a name that begins with its only dot is all stem. */
export function stemOf(filename: string): string {
  const name = filename.split(/[/\\]/).at(-1) ?? "";
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}

/** ComfyUI expands `%tokens%` in prefixes, and Windows machines refuse the rest of these. "." and ".." become empty. */
function safeName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must go
  const plain = name.normalize("NFC").replace(/[\u0000-\u001f\u007f<>:"|?*%/\\]/g, "_");
  return plain.slice(0, maxSegmentLength).replace(/^[. ]+|[. ]+$/g, "");
}

function unused(stem: string, used: Set<string>): string {
  let candidate = stem;
  for (let n = 2; used.has(candidate.toLowerCase()); n++) candidate = `${stem}__${n}`;
  used.add(candidate.toLowerCase());
  return candidate;
}
