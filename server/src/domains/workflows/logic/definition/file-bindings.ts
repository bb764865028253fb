import type { RawDefinition } from "#domains/workflows/logic/definition/definition-schema.ts";
import { bindingsOf, type DefinitionContext, note } from "#domains/workflows/logic/definition/places.ts";
import { guessInputKind, type WorkflowInputKind } from "#domains/workflows/logic/input-kind.ts";
import type { ParameterBinding, ParameterType, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";

export type FileBindings = {
  inputKind: WorkflowInputKind;
  input: ParameterBinding[] | null;
  outputPrefix: ParameterBinding[] | null;
  seed: ParameterBinding[] | null;
  /** Loaders that were bound and are no declared parameter yet. */
  parameters: WorkflowParameter[];
};

const imageFields = ["image", "file", "path"];
const videoFields = ["video", "file", "image", "path"];
const anyFields = ["image", "video", "file", "audio", "path"];

/** Where a run's file, output prefix and seed go, as the definition says. */
export function readFileBindings(
  context: DefinitionContext,
  { file_bindings: raw, input_type: type }: RawDefinition,
  declared: readonly WorkflowParameter[],
): FileBindings {
  const bound = (name: "load_image" | "load_video" | "input_file" | "output_prefix" | "seed", usual: string[]) => {
    const places = raw[name];
    return places ? bindingsOf(context, places, usual, ["file_bindings", name]) : null;
  };
  const loaders = {
    load_image: bound("load_image", imageFields),
    load_video: bound("load_video", videoFields),
    input_file: bound("input_file", anyFields),
  };
  const inputKind = type ?? guessedKind(context, loaders);
  const input =
    (inputKind === "VIDEO" ? loaders.load_video : inputKind === "IMAGE" ? loaders.load_image : null) ??
    (inputKind === "NONE" ? null : loaders.input_file);
  if (type && type !== "NONE" && !input && !hasLoader(context, declared, type)) {
    note(
      context,
      ["input_type"],
      `input_type: nothing in the graph takes the ${type.toLowerCase()}; bind it with file_bindings.load_${type.toLowerCase()}.`,
    );
  }
  const kindOfFile = inputKind === "VIDEO" ? "VIDEO" : "IMAGE";
  return {
    inputKind,
    input,
    outputPrefix: bound("output_prefix", ["filename_prefix"]),
    seed: bound("seed", ["seed", "noise_seed"]),
    parameters: [
      ...loader("input_image", "Input image", "IMAGE", loaders.load_image),
      ...loader("input_video", "Input video", "VIDEO", loaders.load_video),
      ...loader("input_file", "Input file", kindOfFile, loaders.input_file),
    ],
  };
}

function guessedKind(
  { graph }: DefinitionContext,
  loaders: Record<"load_image" | "load_video" | "input_file", ParameterBinding[] | null>,
): WorkflowInputKind {
  if (loaders.load_video) return "VIDEO";
  if (loaders.load_image) return "IMAGE";
  const guessed = guessInputKind(graph);
  return guessed === "NONE" && loaders.input_file ? "IMAGE" : guessed;
}

function hasLoader(
  { graph }: DefinitionContext,
  declared: readonly WorkflowParameter[],
  type: "IMAGE" | "VIDEO",
): boolean {
  return guessInputKind(graph) === type || declared.some((parameter) => parameter.type === type);
}

function loader(
  key: string,
  label: string,
  type: ParameterType & ("IMAGE" | "VIDEO"),
  bindings: ParameterBinding[] | null,
): WorkflowParameter[] {
  if (!bindings || bindings.length === 0) return [];
  return [
    {
      key,
      label,
      type,
      default: null,
      min: null,
      max: null,
      step: null,
      options: null,
      category: "content",
      bindings,
      ui: {
        widget: type === "IMAGE" ? "image" : "video",
        multiline: false,
        placeholder: null,
        help: null,
        group: "Input",
        order: 0,
        optionsSource: null,
        visibleWhen: null,
      },
    },
  ];
}
