import { MachineType } from "#domains/machines/machines.graphql.ts";
import { listSavedWorkflows, type SavedWorkflow } from "#domains/machines/saved-workflows.service.ts";
import { builder } from "#graphql/builder.ts";

const SavedWorkflowType = builder.objectRef<SavedWorkflow>("SavedWorkflow").implement({
  description: "A workflow file that somebody saved on a machine; import it with machineId and machineFile.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Path below the machine's workflows folder." }),
    bytes: t.int({
      nullable: true,
      description: "Size of the file, when the machine tells it.",
      resolve: ({ bytes }) => bytes,
    }),
    modifiedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was last saved, when the machine tells it.",
      resolve: ({ modifiedAt }) => modifiedAt,
    }),
  }),
});

builder.objectField(MachineType, "savedWorkflows", (t) =>
  t.field({
    type: [SavedWorkflowType],
    nullable: true,
    description:
      "Workflow files that people saved on it, by name, asked of it at this moment; for ADMINs, who import them.",
    authScopes: { admin: true },
    complexity: 100,
    resolve: (machine) => listSavedWorkflows(machine),
  }),
);
