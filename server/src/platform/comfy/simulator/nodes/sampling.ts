import { previewJpeg } from "../media/render.ts";
import type { SceneSpec } from "../media/scene.ts";
import type { NodeContext } from "../node-definition.ts";
import type { GuiderValue, LatentValue } from "./values.ts";

export type SamplingTask = GuiderValue & {
  latent: LatentValue;
  seed: string;
  /** Steps to report; the whole schedule may be longer. */
  steps: number;
  denoise: number;
  /** False for a pass that goes on where another one stopped. */
  addsNoise: boolean;
};

/** Pretends to sample: takes its time, tells its steps, and leaves a note in the latent of what to draw. */
export async function sample(task: SamplingTask, context: NodeContext): Promise<LatentValue> {
  const { latent } = task;
  const scene = sceneOf(task);
  // At full speed one preview says as much as all of them, and costs less.
  const previewEvery = context.stepMs === 0 ? task.steps : 1;
  for (let step = 1; step <= task.steps; step += 1) {
    await context.sleep(context.stepMs);
    const shows = context.wantsPreviews && step % previewEvery === 0;
    const image = shows ? await previewJpeg(scene, latent.width, latent.height, step / task.steps) : undefined;
    context.report(step, task.steps, image === undefined ? undefined : { format: "jpeg", image });
  }
  const strength = task.addsNoise ? task.denoise : (latent.strength ?? 1);
  return { ...latent, scene, strength };
}

/** Over an earlier scene, a weak pass or one that goes on keeps its composition. */
function sceneOf({ model, positive, negative, latent, seed, steps, denoise, addsNoise }: SamplingTask): SceneSpec {
  const before = denoise < 1 || !addsNoise ? latent.scene : undefined;
  const names = [model.name, ...model.loras].map((name) => name.replace(/\.\w+$/, ""));
  return {
    prompt: positive.text,
    negative: negative.text,
    seed: before !== undefined && !addsNoise ? before.seed : seed,
    steps,
    model: names.join(" + "),
    composition: before?.composition ?? `${positive.text}\0${seed}`,
  };
}
