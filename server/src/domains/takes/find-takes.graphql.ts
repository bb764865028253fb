import { visibleTakes } from "#domains/takes/visible-takes.ts";
import { TakeStatusType } from "#domains/takes/takes.enums.graphql.ts";
import { TakeType } from "#domains/takes/takes.graphql.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { optionalId } from "#graphql/ids.ts";
import type { Prisma } from "#platform/db/generated/client.ts";
import type { TakeStatus } from "#platform/db/generated/enums.ts";

interface TakeFilter {
  sceneTypeId?: string | null | undefined;
  characterId?: string | null | undefined;
  projectId?: string | null | undefined;
}

/** @throws NotFoundError for ids that are none */
function whereOf(viewer: Viewer | null, { sceneTypeId, characterId, projectId }: TakeFilter): Prisma.TakeWhereInput {
  const sceneType = optionalId("SceneType", sceneTypeId, ["sceneTypeId"]);
  const character = optionalId("Character", characterId, ["characterId"]);
  const project = optionalId("Project", projectId, ["projectId"]);
  return {
    AND: [
      visibleTakes(viewer),
      sceneType ? { sceneTypeId: sceneType } : {},
      character ? { characterId: character } : {},
      project ? { character: { projectId: project } } : {},
    ],
  };
}

const CountType = builder.objectRef<{ status: TakeStatus; count: number }>("TakeStatusCount").implement({
  description: "How many takes are in a state.",
  fields: (t) => ({
    status: t.field({ type: TakeStatusType, description: "The state.", resolve: ({ status }) => status }),
    count: t.exposeInt("count", { description: "How many." }),
  }),
});

builder.queryFields((t) => ({
  takes: t.connection(
    {
      type: TakeType,
      description: "Takes, newest first.",
      args: {
        sceneTypeId: t.arg.id({ description: "Only of this scene type." }),
        characterId: t.arg.id({ description: "Only for this character." }),
        projectId: t.arg.id({ description: "Only of this project." }),
        status: t.arg({ type: [TakeStatusType], description: "Only in one of these states." }),
      },
      resolve: (_root, { sceneTypeId, characterId, projectId, status, ...args }, { deps, viewer }) => {
        const where = {
          AND: [
            whereOf(viewer, { sceneTypeId, characterId, projectId }),
            status?.length ? { status: { in: [...status] } } : {},
          ],
        };
        return idConnection(
          args,
          (page) => deps.db.prisma.take.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => deps.db.prisma.take.count({ where }),
        );
      },
    },
    { name: "TakeConnection", description: "A page of takes." },
    { name: "TakeEdge", description: "A take in a page." },
  ),
  takeCounts: t.field({
    type: [CountType],
    description: "How many takes there are in each state; states without any are left out. One statement.",
    complexity: 10,
    args: {
      sceneTypeId: t.arg.id({ description: "Only of this scene type." }),
      characterId: t.arg.id({ description: "Only for this character." }),
      projectId: t.arg.id({ description: "Only of this project." }),
    },
    resolve: async (_root, filter, { deps, viewer }) => {
      const where = whereOf(viewer, filter);
      const groups = await deps.db.prisma.take.groupBy({ by: ["status"], where, _count: true });
      return groups.map(({ status, _count: count }) => ({ status, count }));
    },
  }),
}));
