/**
 * Where Submit opens in a new workspace with the exact settings of a run: workflow, values, texts, input file, seed, size
 * and pool, ready to be changed. Any page that shows a run may link there.
 */
export function remixHref(runId: string): string {
  return `/generate?remix=${encodeURIComponent(runId)}`;
}
