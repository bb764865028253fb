import { AsyncLocalStorage } from "node:async_hooks";

interface Studio {
  api: string;
  web: string;
  /** A folder of the server that jobs may take their inputs from. */
  inputs: string;
}

/** The studio of this worker: nobody else uses it at the same time. The start of the run puts them in the environment. */
function ownStudio(): Studio {
  const studios = JSON.parse(process.env["CALLSHEET_E2E_STUDIOS"] ?? "[]") as Studio[];
  const worker = Number(process.env["JEST_WORKER_ID"] ?? 1) - 1;
  return studios[worker % studios.length] ?? { api: "", web: "", inputs: "" };
}

const { api: apiUrl, web: webUrl, inputs: inputsFolder } = ownStudio();
export { inputsFolder, webUrl };

/** A name that no other test has. */
export function unique(name: string): string {
  return `${name} ${Math.random().toString(36).slice(2, 7)}`;
}

const elsewhere = new AsyncLocalStorage<{ api: string; key: string }>();

/** Everything that is asked within `asking` goes to another studio, with somebody's key. */
export function askingIn<Value>(api: string, key: string, asking: () => Promise<Value>): Promise<Value> {
  return elsewhere.run({ api, key }, asking);
}

/** Asks the API as any tool would. @throws when the answer has errors */
export async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const { api, key } = elsewhere.getStore() ?? { api: apiUrl, key: null };
  const response = await fetch(`${api}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: Data;
    errors?: { message: string }[];
  };
  if (errors) throw new Error(errors.map((error) => error.message).join("\n"));
  return data;
}

/** A mutation with the root field `name`. @throws when it gives one of the error types */
export async function change<Payload>(
  name: string,
  inputType: string,
  input: object,
  selection: string,
): Promise<Payload> {
  const query = `mutation ($input: ${inputType}!) { ${name}(input: $input) {
    __typename ... on Error { message } ... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Payload { ${selection} } } }`;
  const data = await ask<Record<string, Payload & { __typename: string; message?: string }>>(query, { input });
  const payload = data[name];
  if (!payload || payload.message) throw new Error(`${name}: ${payload?.message ?? "no result"}`);
  return payload;
}

export interface ImportedWorkflow {
  id: string;
  name: string;
  promptSlots: { id: string; nodeId: string; label: string }[];
}

export async function importWorkflow(name: string, graph: object): Promise<ImportedWorkflow> {
  const { workflow } = await change<{ workflow: ImportedWorkflow }>(
    "importWorkflow",
    "ImportWorkflowInput",
    { name, source: JSON.stringify(graph) },
    "workflow { id name promptSlots { id nodeId label } }",
  );
  return workflow;
}

export async function submitJob(input: object): Promise<{ id: string; name: string }> {
  const { job } = await change<{ job: { id: string; name: string } }>(
    "submitJob",
    "SubmitJobInput",
    input,
    "job { id name }",
  );
  return job;
}

export async function createSceneType(name: string, workflowId: string, part: object = {}): Promise<{ id: string }> {
  const { sceneType } = await change<{ sceneType: { id: string } }>(
    "createSceneType",
    "CreateSceneTypeInput",
    { name, workflowId, generationStrategy: "WORKFLOW_MANAGED", ...part },
    "sceneType { id }",
  );
  return sceneType;
}

/** A character in a project of its own. */
export async function createCharacter(name: string, metadata: object): Promise<{ id: string }> {
  const { project } = await change<{ project: { id: string } }>(
    "createProject",
    "CreateProjectInput",
    { name: `Project of ${name}` },
    "project { id }",
  );
  const { character } = await change<{ character: { id: string } }>(
    "createCharacter",
    "CreateCharacterInput",
    { projectId: project.id, name, metadata },
    "character { id }",
  );
  return character;
}

export async function createFragment(text: string): Promise<{ id: string }> {
  const { fragment } = await change<{ fragment: { id: string } }>(
    "createFragment",
    "CreateFragmentInput",
    { text },
    "fragment { id }",
  );
  return fragment;
}

export async function setSlot(id: string, part: object): Promise<void> {
  await change("updatePromptSlot", "UpdatePromptSlotInput", { id, ...part }, "promptSlot { id }");
}

export async function setSceneDefault(sceneTypeId: string, slotId: string, text: string): Promise<void> {
  await change(
    "setScenePromptDefault",
    "SetScenePromptDefaultInput",
    { sceneTypeId, slotId, text },
    "promptDefault { id }",
  );
}

export async function resumeQueue(): Promise<void> {
  await ask("mutation { resumeQueue(input: {}) { __typename } }");
}

/** The job's status, read again until it is one of these. */
export async function jobReaches(id: string, ...statuses: string[]): Promise<string> {
  return eventually(async () => {
    const { job } = await ask<{ job: { status: string } }>("query ($id: ID!) { job(id: $id) { status } }", { id });
    if (!statuses.includes(job.status)) throw new Error(`The job is ${job.status}, not ${statuses.join(" or ")}`);
    return job.status;
  });
}

/** Tries until it does not throw; the last error after `limitMs`. */
export async function eventually<Value>(attempt: () => Promise<Value>, limitMs = 45_000): Promise<Value> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export async function generateTake(input: object): Promise<{ take: { id: string }; job: { id: string } }> {
  return change("generateTake", "GenerateTakeInput", input, "take { id } job { id }");
}

export async function createLibrary(input: object): Promise<{ id: string; name: string }> {
  const { library } = await change<{ library: { id: string; name: string } }>(
    "createLibrary",
    "CreateLibraryInput",
    input,
    "library { id name }",
  );
  return library;
}

export async function openLibraryDraft(input: object): Promise<void> {
  const query = "mutation ($input: OpenLibraryDraftInput!) { openLibraryDraft(input: $input) { __typename } }";
  const { openLibraryDraft: outcome } = await ask<{ openLibraryDraft: { __typename: string } }>(query, { input });
  if (outcome.__typename !== "LibraryDraftPayload") throw new Error(outcome.__typename);
}

/** Changes a library as another tool would. */
export async function updateLibrary(id: string, part: object): Promise<void> {
  await change("updateLibrary", "UpdateLibraryInput", { id, ...part }, "library { id }");
}

export async function deleteLibrary(id: string): Promise<void> {
  await change("deleteLibrary", "DeleteLibraryInput", { id }, "deletedId");
}

export async function compareVariants(input: object): Promise<{ id: string; jobIds: string[] }> {
  const { comparison } = await change<{
    comparison: { id: string; variants: { take: { job: { id: string } | null } }[] };
  }>("compareVariants", "CompareVariantsInput", input, "comparison { id variants { take { job { id } } } }");
  return { id: comparison.id, jobIds: comparison.variants.flatMap(({ take }) => take.job?.id ?? []) };
}

/** The ids of a job's outputs, newest first. */
export async function outputsOf(jobId: string): Promise<string[]> {
  const { job } = await ask<{ job: { latestOutputs: { id: string }[] } }>(
    "query ($id: ID!) { job(id: $id) { latestOutputs(first: 8) { id } } }",
    { id: jobId },
  );
  return job.latestOutputs.map(({ id }) => id);
}

/** The take, read again until it is in this state. */
export async function takeReaches(id: string, status: string): Promise<void> {
  await eventually(async () => {
    const { node } = await ask<{ node: { status: string } }>(
      "query ($id: ID!) { node(id: $id) { ... on Take { status } } }",
      { id },
    );
    if (node.status !== status) throw new Error(`The take is ${node.status}, not ${status}`);
  });
}
