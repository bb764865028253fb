import type { SceneStatus } from "#platform/db/generated/enums.ts";

export type MissingKind = "NO_INSTANCES" | "NO_IMAGE" | "NO_LOCKED_STYLE";

export interface Missing<Instance> {
  kind: MissingKind;
  message: string;
  /** The instance that lacks something; null for what the scene or project lacks. */
  instance: Instance | null;
}

/** What has to be done before a scene's pictures can be rendered. */
export function missingFor<Instance extends { imageId: string | null; name: string }>(
  instances: readonly Instance[],
  hasLockedStyle: boolean,
): Missing<Instance>[] {
  return [
    ...(instances.length > 0
      ? []
      : [{ kind: "NO_INSTANCES" as const, message: "the scene has no assets yet", instance: null }]),
    ...instances
      .filter(({ imageId }) => imageId === null)
      .map((instance) => ({ kind: "NO_IMAGE" as const, message: `${instance.name} has no image`, instance })),
    ...(hasLockedStyle
      ? []
      : [{ kind: "NO_LOCKED_STYLE" as const, message: "the project has no locked visual style", instance: null }]),
  ];
}

const order: readonly SceneStatus[] = ["SCRIPT", "ASSETS", "READY", "RENDERED"];

/** The status that comes after one; null at the end. */
export function nextStatus(status: SceneStatus): SceneStatus | null {
  return order[order.indexOf(status) + 1] ?? null;
}

/** Whether something may be missing for the step out of a status: a script needs nothing to be given its assets. */
export function isGated(status: SceneStatus): boolean {
  return status !== "SCRIPT";
}
