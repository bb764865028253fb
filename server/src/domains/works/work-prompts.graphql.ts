import { userLoader, UserType } from "#domains/accounts/accounts.graphql.ts";
import { numberPage, versionPageLoader } from "#domains/works/work-pages.loaders.ts";
import { WorkType } from "#domains/works/works.graphql.ts";
import {
  latestVersionLoader,
  promptOfWorkLoader,
  promptVersionLoader,
  workLoader,
  workPromptLoader,
} from "#domains/works/works.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { readPage, toConnection } from "#graphql/connection.ts";
import { expectLoaded } from "#graphql/loader.ts";
import type { PromptVersion, WorkPrompt } from "#platform/db/generated/client.ts";

export const WorkPromptType = builder.objectRef<WorkPrompt>("WorkPrompt");
export const PromptVersionType = builder.objectRef<PromptVersion>("PromptVersion");

builder.node(WorkPromptType, {
  description: "How a work's chapters are translated. It has versions, which are appended and never change.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => workPromptLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "What it is called." }),
    work: t.field({
      type: WorkType,
      description: "The work that it belongs to.",
      resolve: async ({ workId }, _args, context) => expectLoaded(await workLoader(context).load(workId), "The work"),
    }),
    latestVersion: t.field({
      type: PromptVersionType,
      description: "The version that holds: what is translated from now on is made with it.",
      resolve: async ({ id }, _args, context) =>
        expectLoaded(await latestVersionLoader(context).load(id), "The version"),
    }),
    versions: t.connection(
      {
        type: PromptVersionType,
        description: "Its versions, the newest first.",
        resolve: async ({ id, lastNumber }, args, context) => {
          const page = readPage(args);
          const rows = await versionPageLoader(context).load(id, numberPage(page));
          const inOrder = page.backward ? rows.toReversed() : rows;
          // No number is left out, and no version is ever deleted.
          return toConnection(
            page,
            inOrder,
            ({ number }) => [String(number)],
            () => lastNumber,
          );
        },
      },
      { name: "PromptVersionConnection", description: "A page of versions of a prompt." },
      { name: "PromptVersionEdge", description: "A version in a page." },
    ),
    createdAt: t.field({ type: "DateTime", description: "When it was made.", resolve: ({ createdAt }) => createdAt }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last renamed or given another version.",
      resolve: ({ updatedAt }) => updatedAt,
    }),
  }),
});

builder.node(PromptVersionType, {
  description: "A prompt as it was from one moment on. It never changes.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => promptVersionLoader(context).load(id),
  fields: (t) => ({
    number: t.exposeInt("number", { description: "Counts from 1, without gaps; never given twice." }),
    model: t.exposeString("model", { description: "The language model that is asked." }),
    template: t.exposeString("template", {
      description: "What it is told: {name} is a variable, {{ and }} are braces. See docs/translation.md.",
    }),
    parameters: t.field({
      type: "JSON",
      description: "What the model is called with, such as temperature and max_tokens; all are variables, too.",
      resolve: ({ parameters }) => parameters,
    }),
    metadata: t.field({
      type: "JSON",
      description: "Whatever people note down with it.",
      resolve: ({ metadata }) => metadata,
    }),
    author: t.field({
      type: UserType,
      description: "Who appended it.",
      resolve: async ({ createdById }, _args, context) =>
        expectLoaded(await userLoader(context).load(createdById), "The author of the version"),
    }),
    revertedFrom: t.field({
      type: PromptVersionType,
      nullable: true,
      description: "The earlier version that it is a copy of; null when it is none.",
      resolve: ({ revertedFromId }, _args, context) =>
        revertedFromId === null ? null : promptVersionLoader(context).load(revertedFromId),
    }),
    isLatest: t.boolean({
      description: "Whether it is the one that holds.",
      resolve: async ({ promptId, number }, _args, context) =>
        (await workPromptLoader(context).load(promptId))?.lastNumber === number,
    }),
    prompt: t.field({
      type: WorkPromptType,
      description: "The prompt that it is a version of.",
      resolve: async ({ promptId }, _args, context) =>
        expectLoaded(await workPromptLoader(context).load(promptId), "The prompt"),
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was appended.",
      resolve: ({ createdAt }) => createdAt,
    }),
  }),
});

builder.objectField(WorkType, "prompt", (t) =>
  t.field({
    type: WorkPromptType,
    nullable: true,
    description: "How its chapters are translated; null when it has no prompt yet (seedDefaultPrompts gives it one).",
    resolve: ({ id }, _args, context) => promptOfWorkLoader(context).load(id),
  }),
);
