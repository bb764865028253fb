export { forward as GET, forward as HEAD } from "#lib/forward.ts";
