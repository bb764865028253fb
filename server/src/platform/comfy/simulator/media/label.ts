import sharp from "sharp";
import { letterHeight, letterPath, letterWidth } from "./lettering.ts";
import { fromRaw, type Raw, toRaw } from "./picture.ts";

/**
 * Puts a strip along the bottom that says what the picture is: first of all that it comes from the simulator.
 * @param lines the second and later ones are left out of small pictures
 */
export async function labelled(raw: Raw, lines: readonly string[]): Promise<Raw> {
  const overlay = await strip(raw.width, raw.height, lines);
  const { data, width, height } = overlay;
  const input = { input: data, raw: { width, height, channels: 4 as const }, left: 0, top: raw.height - height };
  return toRaw(fromRaw(raw).composite([input]).removeAlpha());
}

/** The strip alone, with alpha. */
export async function strip(width: number, pictureHeight: number, lines: readonly string[]): Promise<Raw> {
  const scale = Math.max(1, Math.floor(Math.min(width, pictureHeight) / 280));
  const pad = 3 * scale;
  const lineHeight = (letterHeight + 4) * scale;
  const room = Math.max(1, Math.floor((pictureHeight * 0.25) / lineHeight));
  const shown = lines.slice(0, room);
  const height = Math.min(pictureHeight, pad + shown.length * lineHeight);
  const letters = Math.max(1, Math.floor((width - 2 * pad) / (letterWidth * scale)));
  const paths = shown.map((line, index) => {
    const fill = index === 0 ? "#ffd479" : "#f4f1ea";
    return `<path fill="${fill}" d="${letterPath(fit(line, letters), pad, pad + index * lineHeight, scale)}"/>`;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" shape-rendering="crispEdges">` +
    `<rect width="${width}" height="${height}" fill="#0b0d12" fill-opacity="0.72"/>${paths.join("")}</svg>`;
  return toRaw(sharp(Buffer.from(svg)).ensureAlpha());
}

function fit(line: string, letters: number): string {
  return line.length <= letters ? line : `${line.slice(0, Math.max(1, letters - 3))}...`;
}
