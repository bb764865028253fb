import type { Deps } from "#app/deps.ts";

/** Lists of a machine by the name that parameters give as their source: node class and input that show the list. */
export const optionSources: Readonly<Record<string, readonly [classType: string, inputName: string][]>> = {
  checkpoints: [["CheckpointLoaderSimple", "ckpt_name"]],
  diffusion_models: [["UNETLoader", "unet_name"]],
  loras: [
    ["LoraLoader", "lora_name"],
    ["LoraLoaderModelOnly", "lora_name"],
  ],
  vae: [["VAELoader", "vae_name"]],
  text_encoders: [["CLIPLoader", "clip_name"]],
  clip_vision: [["CLIPVisionLoader", "clip_name"]],
  controlnet: [["ControlNetLoader", "control_net_name"]],
  style_models: [["StyleModelLoader", "style_model_name"]],
  upscale_models: [["UpscaleModelLoader", "model_name"]],
  samplers: [["KSampler", "sampler_name"]],
  schedulers: [["KSampler", "scheduler"]],
  upscale_methods: [
    ["ImageScale", "upscale_method"],
    ["ImageScaleBy", "upscale_method"],
    ["LatentUpscale", "upscale_method"],
  ],
};

/** Also `Class.input`, for what custom nodes list. */
function inputsOf(source: string): readonly [string, string][] {
  if (Object.hasOwn(optionSources, source)) return optionSources[source] ?? [];
  const dot = source.lastIndexOf(".");
  return dot > 0 ? [[source.slice(0, dot), source.slice(dot + 1)]] : [];
}

/** Whether machines can be asked for it. */
export const isOptionSource = (source: string): boolean => inputsOf(source).length > 0;

/**
 * What the enabled machines of a pool offer, put together, by source. Sources that no machine knows are left out.
 * One statement: the definitions are large, and each machine's are unpacked once.
 */
export async function machineOptions(
  { db }: Pick<Deps, "db">,
  pool: string,
  sources: readonly string[],
): Promise<Map<string, string[]>> {
  const wanted = sources.map((source) => ({ source, inputs: inputsOf(source) }));
  const classes = [...new Set(wanted.flatMap(({ inputs }) => inputs.map(([classType]) => classType)))];
  if (classes.length === 0) return new Map();
  const { rows } = await db.pool.query<{ classType: string; input: NodeInputs | null }>({
    name: "machine-options",
    text: `SELECT node.key AS "classType", node.value -> 'input' AS input
           FROM machine m JOIN machine_definitions d ON d.machine_id = m.id, json_each(d.object_info) AS node
           WHERE m.is_enabled AND $1 = ANY(m.pools) AND node.key = ANY($2)
           ORDER BY m.name`,
    values: [pool, classes],
  });
  const found = new Map<string, string[]>();
  for (const { source, inputs } of wanted) {
    const choices = inputs.flatMap(([classType, inputName]) =>
      rows.filter((row) => row.classType === classType).flatMap((row) => choicesOf(row.input, inputName)),
    );
    if (choices.length > 0) found.set(source, [...new Set(choices)]);
  }
  return found;
}

type NodeInputs = { required?: Record<string, unknown>; optional?: Record<string, unknown> };

/** Both shapes in which servers write combos: `[[values], …]` and `["COMBO", {options: [values]}]`. */
function choicesOf(inputs: NodeInputs | null, inputName: string): string[] {
  const spec: unknown = inputs?.required?.[inputName] ?? inputs?.optional?.[inputName];
  if (!Array.isArray(spec)) return [];
  const [type, rest] = spec as [unknown, { options?: unknown } | undefined];
  const values: unknown = Array.isArray(type) ? type : rest?.options;
  return Array.isArray(values) ? values.map(String) : [];
}
