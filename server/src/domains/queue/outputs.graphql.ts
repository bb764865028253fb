import { ownedBy } from "#domains/accounts/viewer.ts";
import { AssetType } from "#domains/assets/assets.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { optionalId } from "#graphql/ids.ts";

builder.queryFields((t) => ({
  outputs: t.connection(
    {
      type: AssetType,
      description: "Output assets, newest first.",
      args: { workflowId: t.arg.id({ description: "Only what this workflow made." }) },
      resolve: (_root, { workflowId, ...args }, { deps, viewer }) => {
        const workflow = optionalId("Workflow", workflowId, ["workflowId"]);
        const where = {
          AND: [
            { kind: "OUTPUT" as const },
            viewer ? ownedBy(viewer) : { id: "" },
            workflow ? { runOutputs: { some: { run: { job: { workflowVersion: { workflowId: workflow } } } } } } : {},
          ],
        };
        return idConnection(
          args,
          (page) =>
            deps.db.prisma.asset.findMany({ ...page, where: { AND: [page.where, where] }, include: { blob: true } }),
          () => deps.db.prisma.asset.count({ where }),
        );
      },
    },
    { name: "AssetConnection", description: "A page of assets." },
    { name: "AssetEdge", description: "An asset in a page." },
  ),
}));
