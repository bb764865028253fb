export interface ModelAsset {
  id: string;
  imageId: string | null;
  isLocked: boolean;
  isDeferred: boolean;
}

interface ModelState {
  assetId: string;
  text: string | null;
  tags: string[];
  imageId: string | null;
  carryForward: boolean;
  source: ModelInstance | null;
  sourceNumber: number | null;
}

interface ModelInstance extends ModelState {
  id: string;
  isLocked: boolean;
}

export interface ModelScene {
  id: string;
  instances: ModelInstance[];
}

/** The rules of inheritance as the documents say them, for scenes in a plain list: slow, and easy to see through. */
export class StoryModel {
  constructor(
    readonly assets: ModelAsset[],
    public scenes: ModelScene[],
  ) {}

  instances(): ModelInstance[] {
    return this.scenes.flatMap(({ instances }) => instances);
  }

  /** What the scene before has; null for the first scene. */
  sourcesOf(scene: ModelScene): ModelInstance[] | null {
    const index = this.scenes.indexOf(scene);
    return index === 0 ? null : (this.scenes[index - 1] as ModelScene).instances;
  }

  /** What the scene would be given if nobody chose anything. */
  given(scene: ModelScene): ModelState[] {
    const sources = this.sourcesOf(scene);
    return sources ? sources.map((source) => this.following(source, source.carryForward)) : this.start();
  }

  inherit(
    scene: ModelScene,
    choices: ReadonlyMap<string, "CARRY" | "RESET" | "SKIP">,
    fromProjectAssets: boolean,
    ids: ReadonlyMap<string, string>,
  ): void {
    const sources = fromProjectAssets ? null : this.sourcesOf(scene);
    const states = sources
      ? sources
          .filter(({ assetId }) => choices.get(assetId) !== "SKIP")
          .map((source) => {
            const choice = choices.get(source.assetId);
            return this.following(source, choice ? choice === "CARRY" : source.carryForward);
          })
      : this.start();
    // As many as were made, of the same assets.
    if (states.length !== ids.size) throw new Error(`${ids.size} were made, ${states.length} should have been`);
    scene.instances = states.map((state) => ({ ...state, id: this.idIn(ids, state.assetId), isLocked: false }));
  }

  add(scene: ModelScene, asset: ModelAsset, fromLast: boolean, id: string): void {
    let last: ModelInstance | null = null;
    for (const earlier of this.scenes.slice(0, this.scenes.indexOf(scene)))
      last = earlier.instances.find(({ assetId }) => assetId === asset.id) ?? last;
    const state = fromLast && last ? this.following(last, last.carryForward) : this.fresh(asset);
    scene.instances.push({ ...state, id, isLocked: false });
  }

  remove(instance: ModelInstance): void {
    for (const scene of this.scenes) scene.instances = scene.instances.filter((other) => other !== instance);
  }

  /** From the root on: as long as each source is still there, in an earlier scene. */
  chain(instance: ModelInstance): ModelInstance[] {
    const { source } = instance;
    return source && this.numberOf(source) > 0 && this.numberOf(source) < this.numberOf(instance)
      ? [...this.chain(source), instance]
      : [instance];
  }

  private start(): ModelState[] {
    return this.assets.filter(({ isLocked, isDeferred }) => isLocked && !isDeferred).map((asset) => this.fresh(asset));
  }

  private fresh({ id, imageId }: ModelAsset): ModelState {
    return { assetId: id, text: null, tags: [], imageId, carryForward: true, source: null, sourceNumber: null };
  }

  private following(source: ModelInstance, carries: boolean): ModelState {
    const asset = this.assets.find(({ id }) => id === source.assetId) as ModelAsset;
    const { carryForward } = source;
    const record = { carryForward, source, sourceNumber: this.numberOf(source) };
    return carries
      ? { assetId: asset.id, text: source.text, tags: [...source.tags], imageId: source.imageId, ...record }
      : { ...this.fresh(asset), ...record };
  }

  private numberOf(instance: ModelInstance): number {
    return this.scenes.findIndex(({ instances }) => instances.includes(instance)) + 1;
  }

  private idIn(ids: ReadonlyMap<string, string>, assetId: string): string {
    const id = ids.get(assetId);
    if (id === undefined) throw new Error("an asset was left out");
    return id;
  }
}
