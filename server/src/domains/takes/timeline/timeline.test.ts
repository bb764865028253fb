import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { reviewTake } from "#domains/takes/review-take.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { isInReview, startTakeStudio, type TakeStudio } from "#test/take-studio.ts";

let studio: TakeStudio;
beforeAll(async () => {
  studio = await startTakeStudio({ roles: { api: true, worker: true } });
});
afterAll(() => studio[Symbol.asyncDispose]());

const timeline = () =>
  studio.execute(
    `query ($id: ID!) { timeline(projectId: $id) { name fps edl otio zipUrl clips { name filename frames take { id } asset { id } } } }`,
    { id: encodeId("Project", studio.projectId) },
    { errors: "return" },
  );
const approved = async (input: Parameters<TakeStudio["generate"]>[0]): Promise<string> => {
  const { id } = await studio.untilTake((await studio.generate(input)).id, isInReview);
  await reviewTake(studio.deps, studio.admin, { takeId: id, verdict: "APPROVED" });
  return id;
};

test("approved takes become a timeline with their files, recipes, OTIO and EDL", async () => {
  expect((await timeline()).errors).toMatchObject([{ message: expect.stringContaining("no approved take") }]);
  const sceneTypeId = await studio.sceneType("Scene 10", {});
  const second = await studio.sceneType("Scene 2", {});
  const otto = await studio.character("Otto: 1/2");
  const takes = [
    await approved({ sceneTypeId: second }),
    await approved({ sceneTypeId }),
    await approved({ sceneTypeId, characterId: otto }),
  ];
  await studio.untilTake((await studio.generate({ sceneTypeId: second })).id, isInReview);
  const { data, errors } = await timeline();
  expect(errors).toBeUndefined();
  expect(data.timeline).toMatchObject({ name: "Market", fps: 8 });
  expect(data.timeline.clips.map(({ name, frames, take }: any) => [name, frames, take.id])).toEqual([
    ["Scene 2 · Mara", 9, encodeId("Take", takes[0] ?? "")],
    ["Scene 10 · Mara", 9, encodeId("Take", takes[1] ?? "")],
    ["Scene 10 · Otto: 1/2", 9, encodeId("Take", takes[2] ?? "")],
  ]);
  const answer = await fetch(`${studio.url}${data.timeline.zipUrl}`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/zip"]);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const text = (name: string): string => Buffer.from(files[name] ?? "").toString("utf8");
  const otio = JSON.parse(text("timeline.otio"));
  expect(otio).toEqual(data.timeline.otio);
  expect(text("timeline.edl")).toBe(data.timeline.edl);
  const names: string[] = data.timeline.clips.map(({ filename }: { filename: string }) => filename);
  expect(Object.keys(files).toSorted()).toEqual(
    ["timeline.edl", "timeline.otio", ...names.flatMap((name) => [`media/${name}`, `media/${name}.json`])].toSorted(),
  );
  for (const clip of otio.tracks.children[0].children) {
    const path = decodeURIComponent(clip.media_references.DEFAULT_MEDIA.target_url);
    const sha256 = createHash("sha256")
      .update(files[path] ?? "")
      .digest("hex");
    const { takeId } = clip.metadata.callsheet;
    const artifact = await studio.deps.db.prisma.artifact.findFirst({ where: { takeId, asset: { sha256 } } });
    expect(artifact).toMatchObject({ isPrimary: true });
    expect(JSON.parse(text(`${path}.json`)).callsheet.takeId).toBe(takeId);
  }
  expect((await fetch(`${studio.url}${data.timeline.zipUrl.split("?")[0]}`)).status).toBe(403);
});
