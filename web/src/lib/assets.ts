const served = /^\/(assets|thumbnails|uploads|previews|recipes|timelines|executions)\//;

/**
 * The address of a file of the studio on this page's own origin. The API may answer with absolute URLs of its
 * own; the web server passes these paths on, so that pictures need no second origin.
 */
export function sameOrigin(url: string): string {
  if (url.startsWith("/")) return url;
  try {
    const { pathname, search } = new URL(url);
    return served.test(pathname) ? pathname + search : url;
  } catch {
    return url;
  }
}
