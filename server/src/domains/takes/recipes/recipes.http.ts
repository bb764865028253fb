import type { FastifyInstance } from "fastify";
import type { Deps } from "#app/deps.ts";
import { loadRecipes } from "#domains/takes/recipes/recipe.service.ts";
import { stringifyJson } from "#lib/json.ts";

type SignedRequest = { Params: { takeId: string }; Querystring: { expires?: string; signature?: string } };

/** GET /recipes/:takeId/:filename, by signed URL: how a take was made, as a file to lie beside its clips. */
export function registerRecipeRoute(server: FastifyInstance, deps: Deps): void {
  server.get<SignedRequest>("/recipes/:takeId/:filename", async (request, reply) => {
    const path = request.url.split("?")[0] ?? "";
    if (!deps.signedUrls.verify(path, request.query)) {
      return reply
        .code(403)
        .send({ code: "FORBIDDEN", message: "The link is wrong or has expired; ask the API for a new one." });
    }
    const { takeId } = request.params;
    const recipe = (await loadRecipes(deps, [takeId])).get(takeId);
    if (!recipe) return reply.code(404).send({ code: "NOT_FOUND", message: "There is no such take." });
    return reply
      .headers({ "content-type": "application/json", "cache-control": "no-store", "x-content-type-options": "nosniff" })
      .send(stringifyJson(recipe, 2));
  });
}
