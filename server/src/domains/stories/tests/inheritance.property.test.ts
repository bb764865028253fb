import fc from "fast-check";
import { continuityDiff } from "#domains/stories/continuity/continuity-diff.service.ts";
import { updateProjectAsset } from "#domains/stories/project-assets.service.ts";
import { createSceneAsset } from "#domains/stories/scene-assets/create-scene-asset.service.ts";
import { inheritSceneAssets } from "#domains/stories/scene-assets/inherit-scene-assets.service.ts";
import {
  deleteSceneAsset,
  lockSceneAssets,
  updateSceneAsset,
} from "#domains/stories/scene-assets/update-scene-asset.service.ts";
import { createScene, deleteScene, reorderScenes } from "#domains/stories/scenes.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { DomainError } from "#lib/domain-error.ts";
import { type ModelAsset, type ModelScene, StoryModel } from "#domains/stories/tests/story-model.ts";
import { makeStoryStudio, type StoryStudio } from "#test/story-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let stories = 0;
beforeAll(async () => {
  // All of a story is read at once here, which nobody else may.
  app = await startTestApp({ config: { limits: { maxCost: 1e9 } } });
});
afterAll(() => app[Symbol.asyncDispose]());

const scenesAtStart = 50;
const tag = fc.constantFrom("wet", "muddy", "torn", "tired");
const text = fc.constantFrom(null, "drenched", "bent");
const at = fc.nat(10_000);

/** What people do; numbers pick one of what is there at that moment. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("inherit" as const), scene: at }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("inheritByChoice" as const),
      scene: at,
      choices: fc.array(fc.constantFrom(null, "CARRY" as const, "RESET" as const, "SKIP" as const), {
        minLength: 6,
        maxLength: 6,
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("startOver" as const), scene: at }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("add" as const), scene: at, asset: at, fromLast: fc.boolean() }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("edit" as const),
      instance: at,
      tags: fc.option(fc.uniqueArray(tag), { nil: undefined }),
      text: fc.option(text, { nil: undefined }),
      image: fc.option(fc.constantFrom(null, 0, 1), { nil: undefined }),
      carryForward: fc.option(fc.boolean(), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lock" as const), instance: at, isLocked: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), instance: at }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("decide" as const),
      asset: at,
      isLocked: fc.boolean(),
      isDeferred: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("move" as const), scene: at, to: at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("deleteScene" as const), scene: at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("insertScene" as const), to: at }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const pick = <Value>(values: readonly Value[], index: number): Value | undefined => values[index % values.length];

interface Told {
  studio: StoryStudio;
  model: StoryModel;
  pictures: string[];
}

/** A branch of 50 scenes with six assets, and the same in the model. */
async function begin(): Promise<Told> {
  stories += 1;
  const studio = await makeStoryStudio(app, `Story ${stories}`);
  const pictures = [await studio.picture(), await studio.picture()];
  const assets: ModelAsset[] = [];
  for (let n = 0; n < 6; n++) {
    const asset = { isLocked: n !== 4, isDeferred: n === 5, imageId: n % 2 === 0 ? (pictures[0] as string) : null };
    assets.push({ id: await studio.asset(`Asset ${n}`, "CHARACTER", asset), ...asset });
  }
  const scenes: ModelScene[] = [];
  for (let n = 0; n < scenesAtStart; n++) scenes.push({ id: await studio.scene(`Scene ${n}`), instances: [] });
  return { studio, model: new StoryModel(assets, scenes), pictures };
}

/** Does a step in the product, then in the model: both agree on whether it can be done. */
async function take({ studio, model, pictures }: Told, { ...each }: Step): Promise<void> {
  const { deps } = app;
  const by = studio.creator;
  const both = async <Value>(
    work: () => Promise<Value>,
    inModel: (value: Value) => void,
    isAllowed: boolean,
  ): Promise<void> => {
    let done: Value;
    try {
      done = await work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      expect({ step: each, refused: error.code, isAllowed }).toMatchObject({ isAllowed: false });
      return;
    }
    expect({ step: each, isAllowed }).toMatchObject({ isAllowed: true });
    inModel(done);
  };
  const scene = "scene" in each ? pick(model.scenes, each.scene) : undefined;
  const instance = "instance" in each ? pick(model.instances(), each.instance) : undefined;
  switch (each.do) {
    case "inherit":
    case "inheritByChoice":
    case "startOver": {
      if (!scene) return;
      const sources = model.sourcesOf(scene);
      const choices =
        each.do === "inheritByChoice" && sources
          ? model.assets.flatMap(({ id }, index) => {
              const choice = each.choices[index];
              return choice && sources.some(({ assetId }) => assetId === id) ? [{ projectAssetId: id, choice }] : [];
            })
          : [];
      const fromProjectAssets = each.do === "startOver";
      return both(
        () => inheritSceneAssets(deps, by, { sceneId: scene.id, choices, fromProjectAssets }),
        ({ sceneAssets }) =>
          model.inherit(
            scene,
            new Map(choices.map(({ projectAssetId, choice }) => [projectAssetId, choice])),
            fromProjectAssets,
            new Map(sceneAssets.map(({ projectAssetId, id }) => [projectAssetId, id])),
          ),
        scene.instances.length === 0 && (fromProjectAssets || sources === null || sources.length > 0),
      );
    }
    case "add": {
      const asset = pick(model.assets, each.asset);
      if (!scene || !asset) return;
      return both(
        () =>
          createSceneAsset(deps, by, {
            sceneId: scene.id,
            projectAssetId: asset.id,
            fromLastAppearance: each.fromLast,
          }),
        ({ id }) => model.add(scene, asset, each.fromLast, id),
        !scene.instances.some(({ assetId }) => assetId === asset.id),
      );
    }
    case "edit": {
      if (!instance) return;
      const imageId = typeof each.image === "number" ? (pictures[each.image] as string) : each.image;
      const isOther =
        (each.text !== undefined && each.text !== instance.text) ||
        (each.tags !== undefined && each.tags.toSorted().join() !== instance.tags.toSorted().join());
      return both(
        () =>
          updateSceneAsset(deps, by, instance.id, {
            statusTags: each.tags,
            descriptionOverride: each.text,
            imageId,
            carryForward: each.carryForward,
          }),
        () => {
          if (each.tags !== undefined) instance.tags = [...each.tags];
          if (each.text !== undefined) instance.text = each.text;
          if (imageId !== undefined) instance.imageId = imageId;
          if (each.carryForward !== undefined) instance.carryForward = each.carryForward;
        },
        !(instance.isLocked && isOther),
      );
    }
    case "lock":
      if (!instance) return;
      return both(
        () => lockSceneAssets(deps, by, [instance.id], each.isLocked, undefined),
        () => (instance.isLocked = each.isLocked),
        true,
      );
    case "remove":
      if (!instance) return;
      return both(
        () => deleteSceneAsset(deps, by, instance.id),
        () => model.remove(instance),
        !instance.isLocked,
      );
    case "decide": {
      const asset = pick(model.assets, each.asset);
      const { isLocked, isDeferred } = each;
      if (!asset) return;
      return both(
        () => updateProjectAsset(deps, by, asset.id, { isLocked, isDeferred }),
        () => Object.assign(asset, { isLocked, isDeferred }),
        true,
      );
    }
    case "move": {
      if (!scene) return;
      const order = model.scenes.filter((other) => other !== scene);
      order.splice(each.to % model.scenes.length, 0, scene);
      return both(
        () =>
          reorderScenes(
            deps,
            by,
            studio.branchId,
            order.map(({ id }) => id),
          ),
        () => (model.scenes = order),
        true,
      );
    }
    case "deleteScene":
      if (!scene) return;
      return both(
        () => deleteScene(deps, by, scene.id),
        () => (model.scenes = model.scenes.filter((other) => other !== scene)),
        true,
      );
    case "insertScene": {
      const number = (each.to % (model.scenes.length + 1)) + 1;
      return both(
        () => createScene(deps, by, { branchId: studio.branchId, title: "New", number }),
        ({ id }) => model.scenes.splice(number - 1, 0, { id, instances: [] }),
        true,
      );
    }
  }
}

/** The whole branch as the API tells it. */
async function asTold({ studio }: Told) {
  const { branch } = await app.execute(
    `query ($id: ID!) { branch(id: $id) { scenes(first: 200) { nodes { id number
       assets { id projectAsset { id } descriptionOverride statusTags carryForward isLocked image { id } inheritedFromNumber
         inheritanceChain(last: 500) { id } } } } } }`,
    { id: studio.ids.branch },
  );
  return branch.scenes.nodes as { id: string; number: number; assets: Record<string, unknown>[] }[];
}

test("after any history of edits, every scene has what a naive reading of the rules gives it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 80, maxLength: 160, size: "max" }), async (steps) => {
      const told = await begin();
      const { model } = told;
      // A film is filled from its beginning, mostly: else few scenes would ever have anything to inherit.
      for (let n = 0; n < scenesAtStart; n++) {
        await take(told, { do: "inherit", scene: n });
        for (const each of steps.slice(n * 2, n * 2 + 2)) await take(told, each);
      }
      for (const each of steps.slice(scenesAtStart * 2)) await take(told, each);
      const scenes = await asTold(told);
      expect(scenes.map(({ id, number }) => [id, number])).toEqual(
        model.scenes.map(({ id }, index) => [encodeId("Scene", id), index + 1]),
      );
      const nullable = (type: string, id: string | null) => (id === null ? null : { id: encodeId(type, id) });
      for (const [index, { assets }] of scenes.entries()) {
        const expected = (model.scenes[index]?.instances ?? []).map((instance) => ({
          id: encodeId("SceneAsset", instance.id),
          projectAsset: { id: encodeId("ProjectAsset", instance.assetId) },
          descriptionOverride: instance.text,
          statusTags: instance.tags,
          carryForward: instance.carryForward,
          isLocked: instance.isLocked,
          image: nullable("Asset", instance.imageId),
          inheritedFromNumber: instance.sourceNumber,
          inheritanceChain: model.chain(instance).map(({ id }) => ({ id: encodeId("SceneAsset", id) })),
        }));
        const byAsset = (rows: Record<string, unknown>[]) =>
          rows.toSorted((a, b) => (JSON.stringify(a["projectAsset"]) < JSON.stringify(b["projectAsset"]) ? -1 : 1));
        expect(byAsset(assets)).toEqual(byAsset(expected));
      }
      // What an empty scene is shown is what it would be given.
      for (const scene of model.scenes.filter(({ instances }) => instances.length === 0).slice(0, 5)) {
        const { entries } = await continuityDiff(app.deps, told.studio.creator, scene.id);
        const shown = entries.flatMap(({ after, projectAsset }) =>
          after ? [[projectAsset.id, after.descriptionOverride, after.statusTags, after.imageId]] : [],
        );
        const given = model.given(scene).map(({ assetId, text, tags, imageId }) => [assetId, text, tags, imageId]);
        expect(shown.toSorted()).toEqual(given.toSorted());
      }
    }),
    // A history of so many steps takes too long to be made shorter: the seed tells which one it was.
    { numRuns: 4, endOnFailure: true },
  );
});
