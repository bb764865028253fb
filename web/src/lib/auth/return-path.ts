/** Pages of people who are not signed in: nobody wants to return to them. */
export const doorPaths: readonly string[] = ["/sign-in", "/join"];

/**
 * Where to go after signing in: a path of the studio, whatever somebody put into the link. Anything else is the queue.
 * @param wanted path with search and hash
 */
export function returnPath(wanted: string | null | undefined): string {
  // A base that nobody has: what leaves it is no path. Browsers take "/\" for "//", and drop tabs and line breaks.
  const base = "http://studio.invalid";
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, base)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, base);
  if (origin !== base || pathname.startsWith("//") || doorPaths.includes(pathname)) return "/";
  return `${pathname}${search}${hash}`;
}

/** The sign-in page, and from there back to where the person is. */
export function signInPath({ pathname, search, hash }: Pick<Location, "pathname" | "search" | "hash">): string {
  const here = returnPath(`${pathname}${search}${hash}`);
  return here === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(here)}`;
}
