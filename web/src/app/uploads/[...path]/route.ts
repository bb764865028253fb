export { forward as HEAD, forward as PATCH, forward as PUT } from "#lib/forward.ts";
