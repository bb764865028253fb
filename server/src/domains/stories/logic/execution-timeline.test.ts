import { executionTimeline } from "#domains/stories/logic/execution-timeline.ts";

const scenes = ["One", "Two", "Three"].map((title) => ({ title, slug: title.toLowerCase() }));
const clip = (order: number, frameCount: number | null = 9) => ({
  id: `t${order}`,
  order,
  frameCount,
  durationSecs: frameCount === null ? null : frameCount / 8,
});

test("a film's timeline shows each clip without the frame that the next begins with", () => {
  expect(executionTimeline("film", scenes, [clip(0), clip(1, 5)])).toEqual({
    name: "film",
    fps: 8,
    folder: "videos",
    clips: [
      {
        name: "One to Two",
        filename: "000_one_to_001_two.mp4",
        frames: 8,
        fileFrames: 9,
        record: { transitionId: "t0" },
      },
      {
        name: "Two to Three",
        filename: "001_two_to_002_three.mp4",
        frames: 5,
        fileFrames: 5,
        record: { transitionId: "t1" },
      },
    ],
  });
});

test("there is none before all clips are there", () => {
  expect(executionTimeline("film", scenes, [clip(0), clip(1, null)])).toBeNull();
  expect(executionTimeline("film", scenes, [clip(0, null), clip(1)])).toBeNull();
  expect(executionTimeline("film", scenes, [])).toBeNull();
});
