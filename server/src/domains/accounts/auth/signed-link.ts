import type { FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "#app/deps.ts";
import type { Authenticate } from "#domains/accounts/auth/authenticate.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";

type Query = { expires?: string; signature?: string };

/**
 * Lets in who is somebody and has a link that the API signed; everybody else is answered, and undefined returned. A link alone
 * opens nothing: it may have been passed on, or outlive a membership. What it leads to has to be looked for among what the
 * viewer may see.
 */
export async function viewerOfLink(
  request: FastifyRequest,
  reply: FastifyReply,
  { signedUrls }: Pick<Deps, "signedUrls">,
  authenticate: Authenticate,
): Promise<Viewer | undefined> {
  const path = request.url.split("?")[0] ?? "";
  if (!signedUrls.verify(path, request.query as Query)) {
    await reply
      .code(403)
      .send({ code: "FORBIDDEN", message: "The link is wrong or has expired; ask the API for a new one." });
    return undefined;
  }
  const viewer = await authenticate(request.raw);
  if (viewer) return viewer;
  await reply.code(401).send({ code: "UNAUTHENTICATED", message: "Sign in first." });
  return undefined;
}
