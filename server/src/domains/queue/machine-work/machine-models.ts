import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { modelFiles } from "#domains/workflows/logic/model-files.ts";
import { graphLoader } from "#domains/workflows/workflows.loaders.ts";
import type { Context } from "#graphql/context.ts";
import { parseJson } from "#lib/json.ts";
import type { Db } from "#platform/db/client.ts";

/** Versions whose models are remembered: graphs are large, and machines are told of every second. */
const maxVersions = 200;
const known = new WeakMap<Db, Map<string, Promise<string[]>>>();

/** Names of the model files in a version's graph, without folder and extension. The graph of a version never changes. */
export function modelsOfVersion(context: Context, versionId: string): Promise<string[]> {
  const { db } = context.deps;
  const byVersion = known.get(db) ?? new Map<string, Promise<string[]>>();
  known.set(db, byVersion);
  let models = byVersion.get(versionId);
  if (!models) {
    models = graphLoader(context)
      .load(versionId)
      .then((json) => modelFiles(parseJson(json ?? "{}") as unknown as ApiGraph));
    byVersion.set(versionId, models);
    // What failed is tried again by the next one.
    models.catch(() => byVersion.delete(versionId));
    if (byVersion.size > maxVersions) byVersion.delete(byVersion.keys().next().value as string);
  }
  return models;
}
