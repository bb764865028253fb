import {
  executionFolder,
  type ExecutionPlace,
  imageFilename,
  paddedOrder,
  transitionFilename,
} from "#domains/stories/logic/execution-paths.ts";
import { isReservedName } from "#domains/stories/logic/reserved-names.ts";
import { sceneSlug } from "#domains/stories/logic/slugs.ts";
import { ValidationError } from "#lib/domain-error.ts";

/** Every form in which nodes that save files want to be told where; parts are joined with `/`. */
export interface OutputPath {
  absoluteDirectory: string;
  relativeDirectory: string;
  filePath: string;
  filePathWithoutExtension: string;
  baseName: string;
  baseNameWithoutExtension: string;
}

export interface OutputPathWish {
  /** Without an execution the plain layout of a job. */
  place: ExecutionPlace | { jobId: string };
  /** From 0. */
  order: number;
  sceneName: string;
  /** For the clip to the next scene: its name. */
  nextSceneName?: string | undefined;
  variant: number;
  /** Of the plain layout. */
  extension: string;
  /** An absolute directory under which all of it lies. */
  root: string;
}

const limits = { order: 9_999, variant: 999 };

/**
 * Where an output of a scene lies: `…/images/{order}_{scene}_{variant}.png`, `…/videos/{order}_{scene}_to_….mp4`, or
 * `jobs/{jobId}/{order}_{scene}` without an execution.
 * @throws ValidationError for empty parts, `..`, and names that Windows keeps for itself
 */
export function outputPath(wish: OutputPathWish): OutputPath {
  const { place, order, sceneName, nextSceneName, variant, extension, root } = wish;
  requireCount(order, "sceneOrder", limits.order);
  requireCount(variant, "variant", limits.variant);
  requireName(sceneName, "sceneName");
  if (nextSceneName !== undefined) requireName(nextSceneName, "nextSceneName");
  for (const [field, part] of Object.entries(place)) requirePlain(part, field);
  requirePlain(extension, "extension");
  const slug = sceneSlug(sceneName);
  const [directory, baseName] =
    "execId" in place
      ? nextSceneName === undefined
        ? [`${executionFolder(place)}/images`, imageFilename({ order, slug, variant })]
        : [`${executionFolder(place)}/videos`, transitionFilename({ order, slug, nextSlug: sceneSlug(nextSceneName) })]
      : [`jobs/${place.jobId}`, `${paddedOrder(order)}_${slug}.${extension}`];
  const stem = baseName.slice(0, baseName.lastIndexOf("."));
  return {
    absoluteDirectory: `${requireRoot(root)}/${directory}`,
    relativeDirectory: directory,
    filePath: `${directory}/${baseName}`,
    filePathWithoutExtension: `${directory}/${stem}`,
    baseName,
    baseNameWithoutExtension: stem,
  };
}

const refuse = (field: string, message: string): ValidationError => ValidationError.at([field], `${field}: ${message}`);

function requireCount(value: number, field: string, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max) throw refuse(field, `a whole number from 0 to ${max}`);
}

/** A name for people, which becomes a slug: what of it reads as a path must be one that leads nowhere else. */
function requireName(name: string, field: string): void {
  for (const part of name.split(/[/\\]/).map((each) => each.trim())) {
    if (part === "") throw refuse(field, "a name, and each part of it between slashes, needs a character");
    if (/^\.+$/.test(part)) throw refuse(field, `"${part.slice(0, 20)}" leads out of the folder`);
    if (isReservedName(part)) throw refuse(field, `Windows keeps the name "${part.slice(0, 80)}" for a device`);
  }
}

/** A part that stands in the path as it is. */
function requirePlain(part: string, field: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,199}$/.test(part))
    throw refuse(field, 'letters of a to z, digits, "-" and "_", at least one of them');
  if (isReservedName(part)) throw refuse(field, `Windows keeps the name "${part}" for a device`);
}

/** Of POSIX or of Windows, whose backslashes become slashes; without one at its end. */
function requireRoot(root: string): string {
  const slashed = root.replaceAll("\\", "/");
  const plain = slashed.length > 1 ? slashed.replace(/\/$/, "") : slashed;
  const [, start = "", rest = ""] = /^([A-Za-z]:|\/)?\/?(.*)$/s.exec(plain) ?? [];
  if (start === "") throw refuse("root", "an absolute directory, such as /srv/output");
  if (rest === "") return start === "/" ? "" : start;
  for (const part of rest.split("/")) {
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused here
    if (part.trim() === "" || /^\.+$/.test(part.trim()) || /[\u0000-\u001f\u007f<>"|?*:]/.test(part))
      throw refuse("root", "a directory without empty parts, `..` and signs that no path may have");
    if (isReservedName(part)) throw refuse("root", `Windows keeps the name "${part.slice(0, 80)}" for a device`);
  }
  return plain;
}
