import { frameKeys, framesAsInput } from "#domains/stories/logic/frame-parameters.ts";
import { sceneParams } from "#domains/stories/logic/scene-params.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";

const plain = { poseName: null, maskType: null, depthType: null, width: null, height: null };
const keys = (...names: string[]) => names.map((key) => ({ key, type: "TEXT" as const }));
const film = { name: "film.safetensors", strength: 0.5, enabled: true };
const rain = { name: "rain.safetensors", strength: 1, enabled: true };
const off = { name: "off.safetensors", strength: 1, enabled: false };

test("size and choices go to the parameters of the same keys", () => {
  const pose = { poseName: "sitting", maskType: "person", depthType: "midas", width: 832, height: 480 };
  expect(sceneParams(keys("width", "height", "pose_name", "mask_type", "depth_type", "steps"), pose, [])).toEqual({
    params: { width: 832, height: 480, pose_name: "sitting", mask_type: "person", depth_type: "midas" },
    unused: [],
  });
  expect(sceneParams(keys("resolution"), { ...plain, width: 64, height: 32 }, []).params).toEqual({
    resolution: "64x32",
  });
  expect(sceneParams(keys("width"), pose, []).unused).toEqual([
    "the size 832 × 480",
    'pose_name "sitting"',
    'mask_type "person"',
    'depth_type "midas"',
  ]);
  expect(sceneParams(keys("width", "pose_name"), plain, [])).toEqual({ params: {}, unused: [] });
});

test("LoRAs that are on fill the loaders in their order, and loaders left over are off", () => {
  const loaders = keys(
    "lora_name",
    "lora_strength_model",
    "lora_strength_clip",
    "lora_enabled",
    "lora_name_2",
    "lora_strength_model_2",
    "lora_enabled_2",
  );
  expect(sceneParams(loaders, plain, [off, film])).toEqual({
    params: {
      lora_name: "film.safetensors",
      lora_strength_model: 0.5,
      lora_strength_clip: 0.5,
      lora_enabled: true,
      lora_strength_model_2: 0,
      lora_enabled_2: false,
    },
    unused: [],
  });
  expect(sceneParams(keys("lora_name"), plain, [film, rain]).unused).toEqual(['the LoRA "rain.safetensors"']);
  expect(sceneParams(loaders, plain, []).params).toEqual({});
});

test("a workflow with a parameter for the whole list is given it as JSON", () => {
  expect(sceneParams(keys("loras", "lora_name"), plain, [film, off]).params).toEqual({
    loras: JSON.stringify([film, off]),
  });
});

const image = (key: string, label: string) => ({ key, label, type: "IMAGE" }) as WorkflowParameter;

test("first and last frame are told by name, then by order, and a person may say otherwise", () => {
  const pair = [image("input_image", "First frame"), image("input_image_2", "Last frame")];
  expect(frameKeys(pair)).toEqual({ first: "input_image", last: "input_image_2" });
  expect(frameKeys([image("a", "End image"), image("b", "Input")])).toEqual({ first: "b", last: "a" });
  expect(frameKeys([image("a", "Input"), image("b", "Input")])).toEqual({ first: "a", last: "b" });
  expect(frameKeys([image("a", "Style"), ...pair])).toEqual({ first: "input_image", last: "input_image_2" });
  expect(frameKeys(pair, { first: "input_image_2" })).toEqual({ first: "input_image_2", last: "input_image" });
  expect(frameKeys(pair, { last: "nothing" })).toBeNull();
  expect(frameKeys([image("a", "Input")])).toBeNull();
});

test("the frame of the parameter that takes inputs is the job's input", () => {
  const pair = [image("a", "End image"), image("b", "Input")];
  const frames = { first: "one", last: "two" };
  expect(framesAsInput(pair, { first: "b", last: "a" }, frames)).toEqual({ input: "two", params: { b: "one" } });
  expect(framesAsInput([image("z", "Style"), ...pair], { first: "b", last: "a" }, frames)).toEqual({
    input: "one",
    params: { b: "one", a: "two" },
  });
});
