import type { FastifyInstance } from "fastify";
import type { Deps } from "#app/deps.ts";
import type { Authenticate } from "#domains/accounts/auth/authenticate.ts";
import { viewerOfLink } from "#domains/accounts/auth/signed-link.ts";
import { visibleTakes } from "#domains/takes/visible-takes.ts";
import { loadRecipes } from "#domains/takes/recipes/recipe.service.ts";
import { stringifyJson } from "#lib/json.ts";

type LinkRequest = { Params: { takeId: string } };

/** GET /recipes/:takeId/:filename, by signed URL to who may see it: how a take was made, as a file to lie beside its clips. */
export function registerRecipeRoute(server: FastifyInstance, deps: Deps, authenticate: Authenticate): void {
  server.get<LinkRequest>("/recipes/:takeId/:filename", async (request, reply) => {
    const viewer = await viewerOfLink(request, reply, deps, authenticate);
    if (!viewer) return reply;
    const { takeId } = request.params;
    const isVisible = await deps.db.prisma.take.count({ where: { id: takeId, ...visibleTakes(viewer) } });
    const recipe = isVisible ? (await loadRecipes(deps, [takeId])).get(takeId) : undefined;
    if (!recipe) return reply.code(404).send({ code: "NOT_FOUND", message: "There is no such take." });
    return reply
      .headers({ "content-type": "application/json", "cache-control": "no-store" })
      .send(stringifyJson(recipe, 2));
  });
}
