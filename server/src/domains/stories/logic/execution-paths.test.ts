import { posix } from "node:path";
import fc from "fast-check";
import {
  executionFolder,
  imageFilename,
  parseImageFilename,
  parseTransitionFilename,
  transitionFilename,
} from "#domains/stories/logic/execution-paths.ts";
import { outputPath, type OutputPathWish } from "#domains/stories/logic/output-path.ts";
import { isReservedName } from "#domains/stories/logic/reserved-names.ts";
import { sceneSlug, storySlug } from "#domains/stories/logic/slugs.ts";
import { ValidationError } from "#lib/domain-error.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.constantFrom("to_", "_00", "a_to_b", "COM1", ".."),
);
const slug = text.map(sceneSlug);
const order = fc.nat(600);
const jobId = "0198c0de-0000-7000-8000-000000000000";
const place = { story: "market", jobId, execId: "20261127_120000_abc123" };
const wish: OutputPathWish = { place, order: 0, sceneName: "Quay", variant: 0, extension: "png", root: "/out" };

test("any scene name makes a slug of a-z, 0-9 and hyphens, which stays what it is", () => {
  fc.assert(
    fc.property(text, (title) => {
      const made = sceneSlug(title);
      expect(made).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(made.length).toBeLessThanOrEqual(80);
      expect(sceneSlug(made)).toBe(made);
    }),
    { numRuns: 500 },
  );
  expect(["Quay at dawn", "Ünder_the  bridge!", "__", "夜市", "ＦＩＬＭ №5"].map(sceneSlug)).toEqual([
    "quay-at-dawn",
    "under-the-bridge",
    "scene",
    "scene",
    "film-no5",
  ]);
});

test("order, slug and variant survive being a file name", () => {
  fc.assert(
    fc.property(order, slug, fc.nat(99), (number, name, variant) => {
      const image = { order: number, slug: name, variant };
      expect(parseImageFilename(imageFilename(image))).toEqual(image);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(order, slug, slug, (number, name, nextSlug) => {
      const transition = { order: number, slug: name, nextSlug };
      expect(parseTransitionFilename(transitionFilename(transition))).toEqual(transition);
    }),
    { numRuns: 500 },
  );
  const others = [
    "000_quay.png",
    "0_quay_00.png",
    "000_quay_0.png",
    "0001_quay_00.png",
    "000_Quay_00.png",
    "000__00.png",
    "",
  ];
  expect(others.map(parseImageFilename)).toEqual(others.map(() => null));
  expect(parseTransitionFilename("000_a_to_002_b.mp4")).toBeNull();
});

test("plain sorting is story order, then variant", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(order, fc.nat(99)), { selector: String, maxLength: 30 }),
      slug,
      (pairs, name) => {
        const byNumber = pairs.toSorted(([a, x], [b, y]) => a - b || x - y);
        const names = pairs.map(([number, variant]) => imageFilename({ order: number, slug: name, variant }));
        expect(names.toSorted()).toEqual(
          byNumber.map(([number, variant]) => imageFilename({ order: number, slug: name, variant })),
        );
      },
    ),
  );
});

test("the story's folder is the project's name, with the branch's unless that is the main one", () => {
  expect(storySlug("Night Market", null)).toBe("night-market");
  expect(storySlug("Night Market", "Director's cut")).toBe("night-market-director-s-cut");
  expect(storySlug("CON", null)).toBe("story-con");
  fc.assert(fc.property(text, fc.option(text), (project, branch) => !isReservedName(storySlug(project, branch))));
});

test("an output path is told in every form", () => {
  const folder = `stories/market/jobs/${jobId}/executions/20261127_120000_abc123`;
  expect(outputPath({ ...wish, order: 4, variant: 2 })).toEqual({
    absoluteDirectory: `/out/${folder}/images`,
    relativeDirectory: `${folder}/images`,
    filePath: `${folder}/images/004_quay_02.png`,
    filePathWithoutExtension: `${folder}/images/004_quay_02`,
    baseName: "004_quay_02.png",
    baseNameWithoutExtension: "004_quay_02",
  });
  expect(outputPath({ ...wish, nextSceneName: "Bridge" }).filePath).toBe(`${folder}/videos/000_quay_to_001_bridge.mp4`);
  expect(outputPath({ ...wish, place: { jobId }, order: 12 })).toMatchObject({
    relativeDirectory: `jobs/${jobId}`,
    filePathWithoutExtension: `jobs/${jobId}/012_quay`,
    baseName: "012_quay.png",
  });
  expect(outputPath({ ...wish, root: "/" }).absoluteDirectory).toBe(`/${folder}/images`);
  expect(outputPath({ ...wish, root: "D:\\ComfyUI\\output\\" }).absoluteDirectory).toBe(
    `D:/ComfyUI/output/${folder}/images`,
  );
});

test.each([
  [{ sceneName: "" }, "sceneName"],
  [{ sceneName: "  " }, "sceneName"],
  [{ sceneName: ".." }, "sceneName"],
  [{ sceneName: "../../etc" }, "sceneName"],
  [{ sceneName: "a//b" }, "sceneName"],
  [{ sceneName: "NUL" }, "sceneName"],
  [{ sceneName: "lpt1.png" }, "sceneName"],
  [{ nextSceneName: "com²" }, "nextSceneName"],
  [{ order: -1 }, "sceneOrder"],
  [{ order: 0.5 }, "sceneOrder"],
  [{ variant: 1_000 }, "variant"],
  [{ place: { jobId }, extension: "" }, "extension"],
  [{ place: { jobId }, extension: "a/b" }, "extension"],
  [{ place: { ...place, story: "con" } }, "story"],
  [{ place: { ...place, story: ".." } }, "story"],
  [{ place: { jobId: "" } }, "jobId"],
  [{ root: "output" }, "root"],
  [{ root: "/out/../etc" }, "root"],
  [{ root: "/out//x" }, "root"],
  [{ root: "C:/aux/x" }, "root"],
  [{ root: "" }, "root"],
] as [Partial<OutputPathWish>, string][])("%j is refused for its %s", (given, field) => {
  expect(() => outputPath({ ...wish, ...given })).toThrow(
    expect.objectContaining({ kind: "ValidationError", path: [field] }),
  );
});

test("whatever names and folders are given, an output stays in its folder or is refused", () => {
  const root = fc.oneof(
    text,
    text.map((each) => `/${each}`),
    fc.constant("/out"),
  );
  fc.assert(
    fc.property(text, fc.option(text, { nil: undefined }), root, text, (sceneName, nextSceneName, root, extension) => {
      for (const each of [place, { jobId }]) {
        const folder = "execId" in each ? executionFolder(each) : `jobs/${jobId}`;
        try {
          const made = outputPath({ ...wish, place: each, sceneName, nextSceneName, root, extension });
          expect(posix.normalize(made.filePath)).toBe(made.filePath);
          expect(made.filePath.startsWith(`${folder}/`)).toBe(true);
          expect(made.filePath.split("/").every((part) => part !== "" && !isReservedName(part))).toBe(true);
          expect(posix.normalize(made.absoluteDirectory).endsWith(`/${made.relativeDirectory}`)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ValidationError);
        }
      }
    }),
    { numRuns: 500 },
  );
});
