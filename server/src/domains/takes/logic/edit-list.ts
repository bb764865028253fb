/** A clip of a timeline. */
export interface TimelineClip {
  /** Shown in the editor. */
  name: string;
  /** In the timeline's folder of files. */
  filename: string;
  frames: number;
  /** Frames of the file; as many as are shown unless said. */
  fileFrames?: number;
  /** What it is here, for programs that read the timeline. */
  record: Record<string, string>;
}

export interface Timeline {
  name: string;
  /** Frames in a second, of the timeline and all times in it. */
  fps: number;
  /** Folder of the files, beside the timeline. */
  folder: string;
  clips: readonly TimelineClip[];
}

/** OpenTimelineIO: one video track with the clips one after another. */
export function toOtio({ name, fps, folder, clips }: Timeline): object {
  const time = (value: number) => ({ OTIO_SCHEMA: "RationalTime.1", rate: fps, value });
  const range = (frames: number) => ({ OTIO_SCHEMA: "TimeRange.1", start_time: time(0), duration: time(frames) });
  return {
    OTIO_SCHEMA: "Timeline.1",
    name,
    global_start_time: null,
    metadata: {},
    tracks: {
      OTIO_SCHEMA: "Stack.1",
      name: "tracks",
      source_range: null,
      effects: [],
      markers: [],
      enabled: true,
      metadata: {},
      children: [
        {
          OTIO_SCHEMA: "Track.1",
          name: "V1",
          kind: "Video",
          source_range: null,
          effects: [],
          markers: [],
          enabled: true,
          metadata: {},
          children: clips.map((clip) => ({
            OTIO_SCHEMA: "Clip.2",
            name: clip.name,
            source_range: range(clip.frames),
            effects: [],
            markers: [],
            enabled: true,
            metadata: { callsheet: clip.record },
            active_media_reference_key: "DEFAULT_MEDIA",
            media_references: {
              DEFAULT_MEDIA: {
                OTIO_SCHEMA: "ExternalReference.1",
                name: clip.filename,
                target_url: `${folder}/${encodeURIComponent(clip.filename)}`,
                available_range: range(clip.fileFrames ?? clip.frames),
                available_image_bounds: null,
                metadata: {},
              },
            },
          })),
        },
      ],
    },
  };
}

/** CMX 3600, as every editing program reads it: frames are counted in whole frames of a second, without drops. */
export function toEdl({ name, fps, clips }: Timeline): string {
  let at = 0;
  const events = clips.flatMap((clip, index) => {
    const [start, end] = [at, at + clip.frames];
    at = end;
    const times = [0, clip.frames, start, end].map((frames) => timecode(frames, fps)).join(" ");
    return [
      `${String(index + 1).padStart(3, "0")}  AX       V     C        ${times}`,
      `* FROM CLIP NAME: ${oneLine(clip.name)}`,
      `* SOURCE FILE: ${oneLine(clip.filename)}`,
      "",
    ];
  });
  return [`TITLE: ${oneLine(name).slice(0, 70)}`, "FCM: NON-DROP FRAME", "", ...events].join("\r\n");
}

function timecode(frames: number, fps: number): string {
  const rate = Math.max(1, Math.round(fps));
  const secs = Math.floor(frames / rate);
  return [Math.floor(secs / 3_600), Math.floor(secs / 60) % 60, secs % 60, frames % rate]
    .map((value) => String(value).padStart(2, "0"))
    .join(":");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
