import "#graphql/scalars.ts";
import "#graphql/errors.ts";
import "#domains/accounts/accounts.graphql.ts";
import "#domains/projects/projects.graphql.ts";
import "#domains/assets/assets.graphql.ts";
import "#domains/machines/machines.graphql.ts";
import "#domains/workflows/workflows.graphql.ts";
import "#domains/workflows/prompt-slots.graphql.ts";
import "#domains/workflows/import-workflow.graphql.ts";
import "#domains/fragments/fragments.graphql.ts";
import "#domains/libraries/libraries.graphql.ts";
import "#domains/libraries/project-libraries.graphql.ts";
import "#domains/prompts/scene-types.graphql.ts";
import "#domains/prompts/scene-type-mutations.graphql.ts";
import "#domains/prompts/characters.graphql.ts";
import "#domains/prompts/overrides.graphql.ts";
import "#domains/prompts/resolution.graphql.ts";
import "#domains/queue/jobs.graphql.ts";
import "#domains/queue/system-status.graphql.ts";
import "#domains/queue/queue-mutations.graphql.ts";
import "#domains/queue/subscriptions.graphql.ts";
import "#domains/takes/takes.graphql.ts";
import { builder } from "#graphql/builder.ts";

/** The whole schema. The one file that knows every domain's types. */
export const schema = builder.toSchema();
