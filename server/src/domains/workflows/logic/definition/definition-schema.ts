import { z } from "zod";
import { type JsonValue } from "#lib/json.ts";

/** Ids of nodes are texts; YAML reads those of digits as numbers. */
const nodeId = z.union([z.string(), z.number(), z.bigint()], "must be the id of a node").transform(String);
const oneOrMany = <Schema extends z.ZodType>(item: Schema) =>
  z.union([z.array(item).min(1), item.transform((value) => [value])]);
const value = z.custom<JsonValue>((given) => given !== undefined, "needs a value");
const scalar = z.union([z.string(), z.number(), z.bigint(), z.boolean()], "must be a text, number or boolean");
const number = z.union([z.number(), z.bigint()], "must be a number").transform(Number);
const text = z.string("must be a text");
const key = text
  .trim()
  .regex(/^[A-Za-z_][\w.-]{0,79}$/, "must begin with a letter and hold letters, digits, _ . and - only");

/** Nodes with the fields that are meant; without fields the usual ones of what is bound. */
const placeObject = z.looseObject({
  node: nodeId.optional(),
  nodes: oneOrMany(nodeId).optional(),
  field: text.optional(),
  fields: oneOrMany(text).optional(),
});
/** Also `12` and `12.image`. */
const place = z.union([nodeId, placeObject], "must be a node id, node.field, or an object of nodes and field");
export type RawPlace = z.output<typeof place>;
const places = oneOrMany(place);

const visibleWhen = z.union([
  z.strictObject({ key, equals: value }),
  z
    .record(z.string(), value)
    .refine((given) => Object.keys(given).length === 1, "names one parameter and its value")
    .transform((given) => ({ key: Object.keys(given)[0] as string, equals: Object.values(given)[0] as JsonValue })),
]);

const types = {
  text: "TEXT",
  string: "TEXT",
  int: "INT",
  integer: "INT",
  float: "FLOAT",
  number: "FLOAT",
  bool: "BOOLEAN",
  boolean: "BOOLEAN",
  select: "SELECT",
  choice: "SELECT",
  enum: "SELECT",
  seed: "SEED",
  image: "IMAGE",
  video: "VIDEO",
  audio: "AUDIO",
} as const;

export const widgets = [
  "text",
  "textarea",
  "number",
  "slider",
  "checkbox",
  "select",
  "seed",
  "image",
  "video",
  "audio",
  "hidden",
] as const;
export const parameterCategories = ["generation", "quality", "content"] as const;

const parameter = placeObject.extend({
  key: key.optional(),
  name: text.optional(),
  label: text.max(200).optional(),
  type: z
    .string("must be a text")
    .transform((given) => given.trim().toLowerCase())
    .pipe(
      z.enum(
        Object.keys(types) as (keyof typeof types)[],
        "must be text, int, float, bool, select, seed, image, video or audio",
      ),
    )
    .transform((given) => types[given]),
  default: value.nullish(),
  min: number.nullish(),
  max: number.nullish(),
  step: number.nullish(),
  options: z.array(scalar).min(1).max(2_000).nullish(),
  options_source: text.max(80).optional(),
  category: z.enum(parameterCategories).optional(),
  help: text.max(1_000).optional(),
  description: text.max(1_000).optional(),
  group: text.max(80).optional(),
  order: z.number().int().optional(),
  placeholder: text.max(500).optional(),
  widget: z.enum(widgets).optional(),
  multiline: z.boolean().optional(),
  visible_when: visibleWhen.optional(),
});
export type RawParameter = z.output<typeof parameter>;

/** Things with names may be listed too, each with its name (or key) in it. */
const named = <Schema extends z.ZodType>(item: Schema) =>
  z.preprocess(
    (given) => {
      if (!Array.isArray(given)) return given;
      const entries = given.map((each: unknown, index) => {
        const { name, key: id } = (each ?? {}) as { name?: unknown; key?: unknown };
        const own = id ?? name;
        return [typeof own === "string" ? own : String(index + 1), each] as const;
      });
      return Object.fromEntries(entries);
    },
    z.record(z.string(), item),
  );

const switchState = z.looseObject({
  label: text.optional(),
  set: z.record(z.string(), value).optional(),
  bypass: oneOrMany(nodeId).optional(),
  mute: oneOrMany(nodeId).optional(),
});
export type RawSwitchState = z.output<typeof switchState>;
const graphSwitch = z.looseObject({
  label: text.max(200).optional(),
  help: text.max(1_000).optional(),
  group: text.max(80).optional(),
  default: scalar.transform(String).optional(),
  states: named(switchState),
});

const loraGroup = z.looseObject({
  enable: key.optional(),
  label: text.max(200).optional(),
  help: text.max(1_000).optional(),
  default: z.boolean().optional(),
  nodes: oneOrMany(nodeId),
});

const outlet = z.union([
  z.strictObject({ node: nodeId, output: z.number().int().min(0).default(0) }),
  z.tuple([nodeId, z.number().int().min(0)]).transform(([node, output]) => ({ node, output })),
  nodeId.transform((node) => ({ node, output: 0 })),
]);
const stage = z.strictObject({
  nodes: oneOrMany(nodeId),
  in: z.record(z.string(), places).default({}),
  out: z.record(z.string(), outlet).default({}),
  prompt: places.optional(),
  negative: places.optional(),
  seed: places.optional(),
});
export type RawStage = z.output<typeof stage>;
const seedMode = z.enum(["same", "increment"]).default("same");
const stageTemplate = z.union([
  z.strictObject({ stages: z.array(stage).min(1).max(32), seed_mode: seedMode }),
  stage.extend({ seed_mode: seedMode }).transform(({ seed_mode, ...only }) => ({ stages: [only], seed_mode })),
]);
export type RawStageTemplate = z.output<typeof stageTemplate>;

const categories = ["VIDEO_GEN", "IMAGE_GEN", "VIDEO_UPSCALE", "IMAGE_UPSCALE", "OTHER"] as const;

export const definitionSchema = z.looseObject({
  name: text.optional(),
  description: text.optional(),
  category: text
    .transform((given) =>
      given
        .trim()
        .toUpperCase()
        .replaceAll(/[\s-]+/g, "_"),
    )
    .pipe(z.enum(categories, `must be one of ${categories.join(", ")}`))
    .optional(),
  input_type: text
    .transform((given) => given.trim().toUpperCase())
    .pipe(z.enum(["IMAGE", "VIDEO", "NONE"], "must be image, video or none"))
    .optional(),
  input_extensions: z
    .array(
      text
        .trim()
        .regex(/^\.?[A-Za-z0-9]{1,10}$/, "must be an extension such as .png")
        .transform((given) => `.${given.replace(/^\./, "").toLowerCase()}`),
    )
    .max(50)
    .optional(),
  template: text.trim().min(1).optional(),
  template_inline: z
    .union([text, z.record(z.string(), value)], "must be a graph, as an object or as JSON text")
    .optional(),
  /** `discover: false` leaves the parameters that are not declared out. */
  discover: z.boolean().default(true),
  parameters: z.union([z.array(parameter), z.record(z.string(), parameter)]).default([]),
  file_bindings: z
    .looseObject({
      load_image: places.optional(),
      load_video: places.optional(),
      input_file: places.optional(),
      output_prefix: places.optional(),
      seed: places.optional(),
    })
    .default({}),
  switch_states: z.union([named(graphSwitch), named(switchState)]).default({}),
  lora_groups: z
    .union([z.record(z.string(), loraGroup), z.array(loraGroup.extend({ name: text.optional() }))])
    .default([]),
  stage_template: stageTemplate.optional(),
  move_processed: z.boolean().default(false),
});
export type RawDefinition = z.output<typeof definitionSchema>;
