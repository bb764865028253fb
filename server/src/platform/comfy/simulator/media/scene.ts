import { hsl } from "./colour.ts";
import { between, type Random, randomFrom } from "./random.ts";
import { figure, forest, skyline, water } from "./scene-parts.ts";

/** What a sampler was asked for: all that a simulated picture is drawn from. */
export type SceneSpec = {
  prompt: string;
  negative: string;
  /** As text: seeds go beyond what a number holds. */
  seed: string;
  steps: number;
  model: string;
  /** What decides the composition; a second pass over a picture keeps the first one's. */
  composition: string;
};

type Palette = { hue: number; isNight: boolean; isWarm: boolean };

/**
 * A landscape of shapes as SVG, 1000 units wide. The seed and the prompt decide where things are and their colours;
 * a few words of the prompt decide what is in it.
 */
export function sceneSvg(spec: SceneSpec, width: number, height: number): string {
  const random = randomFrom(spec.composition);
  const tall = Math.round((1000 * height) / width);
  const says = (words: RegExp) => words.test(spec.prompt);
  const palette: Palette = {
    hue: between(random, 0, 360),
    isNight: says(/\b(night|moon|star|dark|neon|cyber)/i),
    isWarm: says(/sunset|dawn|sunrise|desert|autumn|golden|fire|warm/i),
  };
  if (palette.isWarm) palette.hue = between(random, 8, 40);
  const horizon = tall * between(random, 0.52, 0.7);
  const parts = [sky(palette, tall), light(random, palette, horizon), palette.isNight ? stars(random, horizon) : clouds(random, horizon)];
  for (let ridge = 0; ridge < 4; ridge += 1) parts.push(hills(random, palette, horizon, tall, ridge));
  if (says(/\b(city|street|town|tower|building|neon|cyber)/i)) parts.push(skyline(random, palette.hue, horizon, tall));
  if (says(/\b(sea|ocean|water|lake|river|beach|boat|ship|lighthouse|coast)/i)) parts.push(water(random, palette.hue, tall));
  if (says(/\b(forest|tree|wood|jungle|garden|park)/i)) parts.push(forest(random, palette.hue, tall));
  if (says(/portrait|woman|man\b|girl|boy|face|person|people|hero|character|detective|dancer|child|king|queen/i)) {
    parts.push(figure(random, palette.hue, tall));
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 1000 ${tall}"` +
    ` preserveAspectRatio="none">${parts.join("")}</svg>`
  );
}

function sky({ hue, isNight }: Palette, tall: number): string {
  const [top, middle, low] = isNight ? [10, 18, 34] : [38, 62, 84];
  const stops = [
    `<stop offset="0" stop-color="${hsl(hue + 30, 55, top)}"/>`,
    `<stop offset="0.55" stop-color="${hsl(hue, 60, middle)}"/>`,
    `<stop offset="1" stop-color="${hsl(hue - 30, 75, low)}"/>`,
  ];
  return (
    `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">${stops.join("")}</linearGradient></defs>` +
    `<rect width="1000" height="${tall}" fill="url(#sky)"/>`
  );
}

function light(random: Random, { hue, isNight }: Palette, horizon: number): string {
  const x = between(random, 150, 850);
  const y = horizon * between(random, 0.3, 0.8);
  const radius = between(random, 40, 95);
  const colour = isNight ? hsl(hue + 180, 20, 90) : hsl(hue - 20, 95, 80);
  const halo = [3.2, 2.2, 1.5].map(
    (factor) => `<circle cx="${x}" cy="${y}" r="${radius * factor}" fill="${colour}" fill-opacity="0.12"/>`,
  );
  return `${halo.join("")}<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/>`;
}

function stars(random: Random, horizon: number): string {
  return Array.from({ length: 90 }, () => {
    const [x, y, size] = [random() * 1000, random() * horizon, between(random, 0.6, 2.4)];
    return `<circle cx="${x}" cy="${y}" r="${size}" fill="#fff" fill-opacity="${between(random, 0.3, 0.95)}"/>`;
  }).join("");
}

function clouds(random: Random, horizon: number): string {
  return Array.from({ length: 5 }, () => {
    const [x, y, size] = [random() * 1000, horizon * between(random, 0.1, 0.7), between(random, 60, 170)];
    return `<ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size / 6}" fill="#fff" fill-opacity="0.22"/>`;
  }).join("");
}

/** Nearer ridges are lower, darker and rougher. */
function hills(random: Random, { hue, isNight }: Palette, horizon: number, tall: number, ridge: number): string {
  const base = horizon + ((tall - horizon) * ridge) / 4;
  const height = between(random, 30, 110) * (1 - ridge * 0.12);
  const [slow, fast] = [between(random, 1.2, 2.6), between(random, 4, 8)];
  const [phase, shift] = [random() * 6.3, random() * 6.3];
  let path = `M0 ${tall}`;
  for (let x = 0; x <= 1000; x += 20) {
    const wave = Math.sin((x / 1000) * slow * 6.3 + phase) + 0.35 * Math.sin((x / 1000) * fast * 6.3 + shift);
    path += `L${x} ${(base - height * (0.6 + 0.5 * wave)).toFixed(1)}`;
  }
  const lightness = (isNight ? 24 : 52) - ridge * (isNight ? 5 : 11);
  return `<path d="${path}L1000 ${tall}z" fill="${hsl(hue + 150 + ridge * 8, 32 + ridge * 4, lightness)}"/>`;
}
