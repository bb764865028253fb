/** What is to be imported: a text, a picture or clip that carries its graph, or a file saved on a machine. */
export interface WorkflowSource {
  name: string;
  text: string;
  /** A file that ComfyUI wrote its graph into; it is uploaded, and the server reads the graph. */
  media?: File;
}

const limit = 5 * 1024 * 1024;
const textFile = /\.(json|ya?ml|txt)$/i;
const mediaFile = /\.(png|webp|jpe?g|gif|avif|mp4|webm|mov|mkv|flac|mp3|opus)$/i;

/** For the file chooser. */
export const acceptedFiles = ".json,.yaml,.yml,application/json,.png,.webp,.mp4,.webm,.mov,.flac,image/*,video/*";

/** The source in a workflow file, and a name made from the file's. Rejects with a message for people. */
export async function readWorkflowFile(file: File): Promise<WorkflowSource> {
  const name = nameFromFile(file.name);
  if (textFile.test(file.name) || file.type === "application/json") {
    if (file.size > limit) throw new Error(`${file.name} is larger than 5 MiB, the most a workflow may have.`);
    return { name, text: await file.text() };
  }
  if (mediaFile.test(file.name) || /^(image|video|audio)\//.test(file.type)) return { name, text: "", media: file };
  throw new Error(
    `${file.name} is not a workflow file. Drop a graph as JSON or YAML, or a picture or clip that ComfyUI saved.`,
  );
}

/** `flux_dev-api.json` gives `flux dev`. */
export function nameFromFile(filename: string): string {
  const stem = filename
    .replace(/^.*\//, "")
    .replace(/\.[^.]+$/, "")
    .replace(/[._-]+/g, " ")
    .trim();
  return stem.replace(/ api$/i, "") || "Workflow";
}
