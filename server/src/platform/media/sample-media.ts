import sharp, { type Sharp } from "sharp";

const side = 512;

/** A picture for trying things out: soft colours, so that models have something to see. The same bytes each time. */
export function samplePicture(): Promise<Buffer> {
  return frame(0).png().toBuffer();
}

/** A second of video, in which a light moves. */
export async function sampleClip(): Promise<Buffer> {
  // Loaded on demand: an encoder is rarely needed.
  const { registerMediabunnyServer } = await import("@mediabunny/server");
  const { BufferTarget, Mp4OutputFormat, Output, VideoSample, VideoSampleSource } = await import("mediabunny");
  registerMediabunnyServer({ hardwareContext: null });
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const source = new VideoSampleSource({ codec: "avc", bitrate: 1_000_000 });
  const frames = 16;
  output.addVideoTrack(source, { frameRate: frames });
  await output.start();
  for (let index = 0; index < frames; index++) {
    const pixels = await frame(index / frames)
      .resize(256, 256)
      .ensureAlpha()
      .raw()
      .toBuffer();
    const sample = new VideoSample(new Uint8Array(pixels), {
      format: "RGBX",
      codedWidth: 256,
      codedHeight: 256,
      timestamp: index / frames,
      duration: 1 / frames,
    });
    await source.add(sample);
    sample.close();
  }
  await output.finalize();
  if (target.buffer === null) throw new Error("the encoder gave nothing");
  return Buffer.from(target.buffer);
}

/** A second of silence. */
export function sampleSound(): Buffer {
  const rate = 44_100;
  const bytes = rate * 2;
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(bytes, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(bytes, 40);
  return Buffer.concat([header, Buffer.alloc(bytes)]);
}

function frame(progress: number): Sharp {
  const x = Math.round(side * (0.25 + progress / 2));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
    <defs>
      <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#26324a"/><stop offset="1" stop-color="#c98b5a"/></linearGradient>
      <radialGradient id="light"><stop stop-color="#fff3c4"/><stop offset="1" stop-color="#fff3c4" stop-opacity="0"/></radialGradient>
    </defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="${x}" cy="200" r="120" fill="url(#light)"/>
    <path d="M0 400 Q128 320 256 390 T512 360 V512 H0 Z" fill="#1b2230"/>
  </svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}
