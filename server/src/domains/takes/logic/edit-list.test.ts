import { type Timeline, toEdl, toOtio } from "#domains/takes/logic/edit-list.ts";

const timeline: Timeline = {
  name: "Market",
  fps: 24,
  folder: "media",
  clips: [
    { name: "Walk · Mara", filename: "001 walk mara.mp4", frames: 30, record: { takeId: "a" } },
    { name: "Walk\nOtto", filename: "002.mp4", frames: 24 * 3_600, record: { takeId: "b" } },
  ],
};

test("an edit list says where each clip begins and ends, in its file and in the whole", () => {
  expect(toEdl(timeline).split("\r\n")).toEqual([
    "TITLE: Market",
    "FCM: NON-DROP FRAME",
    "",
    "001  AX       V     C        00:00:00:00 00:00:01:06 00:00:00:00 00:00:01:06",
    "* FROM CLIP NAME: Walk · Mara",
    "* SOURCE FILE: 001 walk mara.mp4",
    "",
    "002  AX       V     C        00:00:00:00 01:00:00:00 00:00:01:06 01:00:01:06",
    "* FROM CLIP NAME: Walk Otto",
    "* SOURCE FILE: 002.mp4",
    "",
  ]);
});

test("rates that are no whole number count in the nearest one", () => {
  expect(toEdl({ ...timeline, fps: 23.976 })).toContain("00:00:01:06");
});

test("OpenTimelineIO has a track of clips that refer to files in media/", () => {
  expect(toOtio(timeline)).toMatchObject({
    OTIO_SCHEMA: "Timeline.1",
    name: "Market",
    tracks: {
      OTIO_SCHEMA: "Stack.1",
      children: [
        {
          OTIO_SCHEMA: "Track.1",
          kind: "Video",
          children: [
            {
              OTIO_SCHEMA: "Clip.2",
              name: "Walk · Mara",
              source_range: { duration: { rate: 24, value: 30 }, start_time: { value: 0 } },
              metadata: { callsheet: { takeId: "a" } },
              media_references: { DEFAULT_MEDIA: { target_url: "media/001%20walk%20mara.mp4" } },
            },
            { name: "Walk\nOtto" },
          ],
        },
      ],
    },
  });
});
