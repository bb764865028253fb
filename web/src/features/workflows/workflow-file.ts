export interface WorkflowSource {
  name: string;
  text: string;
}

const limit = 5 * 1024 * 1024;

/** The text of a workflow file, and a name made from the file's. Rejects with a message for people. */
export async function readWorkflowFile(file: File): Promise<WorkflowSource> {
  if (!/\.(json|ya?ml|txt)$/i.test(file.name) && file.type !== "application/json") {
    throw new Error(`${file.name} is not a workflow file. Drop a graph as JSON, exported in API format.`);
  }
  if (file.size > limit) throw new Error(`${file.name} is larger than 5 MiB, the most a workflow may have.`);
  return { name: nameFromFile(file.name), text: await file.text() };
}

/** `flux_dev-api.json` gives `flux dev`. */
export function nameFromFile(filename: string): string {
  const stem = filename
    .replace(/\.[^.]+$/, "")
    .replace(/[._-]+/g, " ")
    .trim();
  return stem.replace(/ api$/i, "") || "Workflow";
}
