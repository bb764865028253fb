import { relative } from "node:path";
import { styleText } from "node:util";
import type { Config } from "#app/config.ts";
import type { LlmSettings } from "#platform/llm/llm.ts";
import type { Machine } from "#platform/db/generated/client.ts";

type Row = [label: string, text: string];

/** What a person wants to know once everything runs. */
export function summary(
  config: Config,
  machines: Pick<Machine, "name" | "url" | "isSimulator" | "isEnabled">[],
): string {
  const enabled = machines.filter((machine) => machine.isEnabled);
  const rows: Row[] = [
    ["Web", link(`http://localhost:${config.webPort}`)],
    ["GraphQL", link(`http://localhost:${config.port}/graphql`)],
    ...enabled.map((machine, index): Row => [
      index === 0 ? (enabled.length === 1 ? "Machine" : "Machines") : "",
      machine.isSimulator
        ? `${machine.url}  ${paint("yellow", "simulator: draws labelled placeholders, needs no GPU")}`
        : `${machine.url}  ${machine.name === new URL(machine.url).host ? "" : machine.name}`.trimEnd(),
    ]),
    ...(config.llm ? [["LLM", languageModel(config.llm)] satisfies Row] : []),
    ["State", relative(process.cwd(), config.stateDir) || "."],
    ...(config.s3 ? [["Files", `bucket ${config.s3.bucket}`] satisfies Row] : []),
  ];
  if (enabled.length === 0) rows.push(["Machines", "none yet; add one in the web client"]);
  const lines = rows.map(([label, text]) => `  ${paint("dim", label.padEnd(9))} ${text}`);
  const isDemo = enabled.length > 0 && enabled.every((machine) => machine.isSimulator);
  const hint = isDemo ? ["", `  To use your ComfyUI:  COMFY_URLS=http://127.0.0.1:8188 npm start`] : [];
  return ["", `  ${paint("bold", "Callsheet is ready")}  ·  Ctrl-C stops it`, "", ...lines, ...hint, ""].join("\n");
}

function languageModel({ isSimulated, baseUrl }: LlmSettings): string {
  return isSimulated ? paint("yellow", "simulator: writes labelled placeholders, needs no model") : baseUrl;
}

function link(url: string): string {
  return paint("cyan", url);
}

/** Colour for terminals that want it; plain text for files and pipes. */
function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return process.stdout.isTTY && !process.env["NO_COLOR"] ? styleText(style, text) : text;
}
