import type { Inputs, NodeDefinition } from "../node-definition.ts";
import { choice, flag, float, int, link, seed } from "./define.ts";
import { samplerNames, schedulerNames } from "./sampler-names.ts";
import { sample } from "./sampling.ts";
import { conditioning, type GuiderValue, latent, modelOf, type NoiseValue, type SigmasValue } from "./values.ts";

const category = "model/sampling";
const cfg = float(8, 0, 100, { step: 0.1, round: 0.01 });
const denoise = float(1, 0, 1, { step: 0.01 });
const steps = int(20, 1, 10_000);
const guided: Inputs = { positive: link("CONDITIONING"), negative: link("CONDITIONING"), latent_image: link("LATENT") };
const twoLatents = [{ type: "LATENT", name: "output" }, { type: "LATENT", name: "denoised_output" }];

function guiderOf(inputs: Record<string, unknown>): GuiderValue {
  return {
    model: modelOf(inputs["model"]),
    positive: conditioning(inputs["positive"]),
    negative: conditioning(inputs["negative"]),
  };
}

/** A small value that only carries what was chosen. */
function note(name: string, displayName: string, type: string, required: Inputs, value: (inputs: Record<string, unknown>) => unknown): NodeDefinition {
  return {
    name,
    displayName,
    category: `${category}/custom`,
    isModern: true,
    required,
    outputs: [{ type }],
    execute: (inputs) => ({ outputs: [value(inputs)] }),
  };
}

export const samplerNodes: NodeDefinition[] = [
  {
    name: "KSampler",
    displayName: "KSampler",
    category,
    required: {
      model: link("MODEL"),
      seed: seed(),
      steps,
      cfg,
      sampler_name: choice(samplerNames),
      scheduler: choice(schedulerNames),
      ...guided,
      denoise,
    },
    outputs: [{ type: "LATENT" }],
    execute: async (inputs, context) => {
      const task = {
        ...guiderOf(inputs),
        latent: latent(inputs["latent_image"]),
        seed: String(inputs["seed"]),
        steps: Number(inputs["steps"]),
        denoise: Number(inputs["denoise"]),
        addsNoise: true,
      };
      return { outputs: [await sample(task, context)] };
    },
  },
  {
    name: "KSamplerAdvanced",
    displayName: "KSampler (Advanced)",
    category,
    required: {
      model: link("MODEL"),
      add_noise: choice(["enable", "disable"]),
      noise_seed: seed(),
      steps,
      cfg,
      sampler_name: choice(samplerNames),
      scheduler: choice(schedulerNames),
      ...guided,
      start_at_step: int(0, 0, 10_000),
      end_at_step: int(10_000, 0, 10_000),
      return_with_leftover_noise: choice(["disable", "enable"]),
    },
    outputs: [{ type: "LATENT" }],
    execute: async (inputs, context) => {
      const all = Number(inputs["steps"]);
      const count = Math.min(all, Number(inputs["end_at_step"])) - Number(inputs["start_at_step"]);
      const task = {
        ...guiderOf(inputs),
        latent: latent(inputs["latent_image"]),
        seed: String(inputs["noise_seed"]),
        steps: Math.max(1, count),
        denoise: Math.max(1, count) / all,
        addsNoise: inputs["add_noise"] === "enable",
      };
      return { outputs: [await sample(task, context)] };
    },
  },
  {
    name: "SamplerCustom",
    displayName: "SamplerCustom",
    category: `${category}/custom`,
    isModern: true,
    required: {
      model: link("MODEL"),
      add_noise: flag(true),
      noise_seed: seed(),
      cfg,
      ...guided,
      sampler: link("SAMPLER"),
      sigmas: link("SIGMAS"),
    },
    outputs: twoLatents,
    execute: async (inputs, context) => {
      const sigmas = inputs["sigmas"] as SigmasValue;
      const task = {
        ...guiderOf(inputs),
        ...sigmas,
        latent: latent(inputs["latent_image"]),
        seed: String(inputs["noise_seed"]),
        addsNoise: inputs["add_noise"] === true,
      };
      const result = await sample(task, context);
      return { outputs: [result, result] };
    },
  },
  {
    name: "SamplerCustomAdvanced",
    displayName: "SamplerCustomAdvanced",
    category: `${category}/custom`,
    isModern: true,
    required: {
      noise: link("NOISE"),
      guider: link("GUIDER"),
      sampler: link("SAMPLER"),
      sigmas: link("SIGMAS"),
      latent_image: link("LATENT"),
    },
    outputs: twoLatents,
    execute: async (inputs, context) => {
      const noise = inputs["noise"] as NoiseValue;
      const task = {
        ...(inputs["guider"] as GuiderValue),
        ...(inputs["sigmas"] as SigmasValue),
        latent: latent(inputs["latent_image"]),
        seed: noise.seed,
        addsNoise: noise.seed !== "",
      };
      const result = await sample(task, context);
      return { outputs: [result, result] };
    },
  },
  note("RandomNoise", "RandomNoise", "NOISE", { noise_seed: seed() }, (inputs) => ({ seed: String(inputs["noise_seed"]) })),
  note("DisableNoise", "DisableNoise", "NOISE", {}, () => ({ seed: "" })),
  note("KSamplerSelect", "KSamplerSelect", "SAMPLER", { sampler_name: choice(samplerNames) }, (inputs) => inputs["sampler_name"]),
  note("BasicGuider", "Basic Guider", "GUIDER", { model: link("MODEL"), conditioning: link("CONDITIONING") }, (inputs) =>
    guiderOf({ model: inputs["model"], positive: inputs["conditioning"] }),
  ),
  note(
    "CFGGuider",
    "CFG Guider",
    "GUIDER",
    { model: link("MODEL"), positive: link("CONDITIONING"), negative: link("CONDITIONING"), cfg },
    guiderOf,
  ),
  note(
    "BasicScheduler",
    "BasicScheduler",
    "SIGMAS",
    { model: link("MODEL"), scheduler: choice(schedulerNames), steps, denoise },
    (inputs) => ({ steps: Number(inputs["steps"]), denoise: Number(inputs["denoise"]) }),
  ),
];
