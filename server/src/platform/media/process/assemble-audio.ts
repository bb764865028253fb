import {
  AudioSample,
  AudioSampleSink,
  AudioSampleSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  type InputAudioTrack,
  type Output,
  QUALITY_HIGH,
} from "mediabunny";
import { bytesOf } from "#platform/media/process/may-copy.ts";
import { lengthOf, moved, type Part } from "#platform/media/process/part.ts";

interface AudioWriter {
  /** @param at second of the whole at which the part begins */
  write(part: Part, at: number): Promise<void>;
}

/** Adds a track for the sound of the parts; null when none has any. Where some have none it is silent. */
export async function audioWriter(
  parts: readonly Part[],
  output: Output,
  codec: "aac" | "opus",
): Promise<AudioWriter | null> {
  const tracks = parts.flatMap(({ clip }) => clip.audio ?? []);
  const [first] = tracks;
  if (!first) return null;
  if (tracks.length === parts.length && (await isOneKind(tracks))) {
    const source = new EncodedAudioPacketSource((await first.getCodec()) as never);
    const decoderConfig = await first.getDecoderConfig();
    output.addAudioTrack(source);
    return {
      write: async (part, at) => {
        const start = part.clip.places[0]?.timestamp ?? 0;
        const end = start + lengthOf(part);
        for await (const packet of new EncodedPacketSink(part.clip.audio as InputAudioTrack).packets()) {
          if (packet.timestamp >= start && packet.timestamp + packet.duration <= end + 1e-3)
            await source.add(moved(packet, at - start), decoderConfig ? { decoderConfig } : undefined);
        }
      },
    };
  }
  const [numberOfChannels, sampleRate] = [await first.getNumberOfChannels(), await first.getSampleRate()];
  const source = new AudioSampleSource({ codec, bitrate: QUALITY_HIGH, transform: { numberOfChannels, sampleRate } });
  output.addAudioTrack(source);
  const silence = (timestamp: number, secs: number): AudioSample =>
    new AudioSample({
      data: new Float32Array(Math.round(secs * sampleRate) * numberOfChannels),
      format: "f32",
      numberOfChannels,
      sampleRate,
      timestamp,
    });
  return {
    write: async (part, at) => {
      const { audio, places } = part.clip;
      const start = places[0]?.timestamp ?? 0;
      const length = lengthOf(part);
      if (!audio) return addAndClose(source, silence(at, length));
      for await (const sample of new AudioSampleSink(audio).samples(start, start + length)) {
        sample.setTimestamp(at + sample.timestamp - start);
        await addAndClose(source, sample);
      }
    },
  };
}

async function addAndClose(source: AudioSampleSource, sample: AudioSample): Promise<void> {
  await source.add(sample);
  sample.close();
}

async function isOneKind(tracks: readonly InputAudioTrack[]): Promise<boolean> {
  const marks = await Promise.all(
    tracks.map(async (track) => {
      const config = await track.getDecoderConfig();
      if (!config) return null;
      const { codec, numberOfChannels, sampleRate, description } = config;
      const setUp = description ? bytesOf(description).toString("base64") : "";
      return `${codec} ${numberOfChannels} ${sampleRate} ${setUp}`;
    }),
  );
  return !marks.includes(null) && new Set(marks).size === 1;
}
