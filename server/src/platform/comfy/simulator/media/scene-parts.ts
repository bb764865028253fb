import { hsl } from "./colour.ts";
import { between, type Random } from "./random.ts";

export function skyline(random: Random, hue: number, horizon: number, tall: number): string {
  let svg = "";
  for (let x = -20; x < 1000; ) {
    const width = between(random, 35, 95);
    const top = horizon - between(random, 40, 300) * (tall / 1000);
    svg += `<rect x="${x}" y="${top}" width="${width}" height="${tall - top}" fill="${hsl(hue + 200, 25, 14)}"/>`;
    for (let y = top + 12; y < horizon + 60; y += 22) {
      for (let window = x + 8; window < x + width - 10; window += 16) {
        if (random() < 0.45) svg += `<rect x="${window}" y="${y}" width="7" height="10" fill="${hsl(45, 90, 70)}"/>`;
      }
    }
    x += width + between(random, 2, 18);
  }
  return svg;
}

export function water(random: Random, hue: number, tall: number): string {
  const top = tall * 0.72;
  let svg = `<rect x="0" y="${top}" width="1000" height="${tall - top}" fill="${hsl(hue + 190, 55, 38)}"/>`;
  for (let wave = 0; wave < 40; wave += 1) {
    const y = between(random, top + 6, tall);
    const length = between(random, 30, 160) * ((y - top) / (tall - top) + 0.3);
    const x = random() * 1000;
    svg += `<rect x="${x}" y="${y}" width="${length}" height="3" rx="1.5" fill="#fff" fill-opacity="0.22"/>`;
  }
  return svg;
}

export function forest(random: Random, hue: number, tall: number): string {
  const trees = Array.from({ length: 34 }, () => ({ x: random() * 1000, size: between(random, 0.6, 1.5) }));
  return trees
    .toSorted((a, b) => a.size - b.size)
    .map(({ x, size }) => {
      const base = tall * (0.78 + size * 0.13);
      const [height, width] = [150 * size, 46 * size];
      const colour = hsl(hue + 130, 35, 30 - size * 10);
      return [0, 0.28, 0.56]
        .map((step) => {
          const top = base - height + height * step;
          const half = width * (0.5 + step * 0.7);
          return `<path d="M${x} ${top}L${x + half} ${top + height * 0.5}L${x - half} ${top + height * 0.5}z" fill="${colour}"/>`;
        })
        .join("");
    })
    .join("");
}

/** Head and shoulders against the light. */
export function figure(random: Random, hue: number, tall: number): string {
  const x = between(random, 360, 640);
  const size = Math.min(tall, 1000) * between(random, 0.24, 0.32);
  const head = tall * 0.5;
  const coat = hsl(hue + between(random, 140, 220), 38, 22);
  const skin = hsl(between(random, 18, 32), 45, between(random, 45, 72));
  const hair = hsl(between(random, 10, 45), 40, between(random, 12, 40));
  const shoulders = `M${x - size} ${tall}Q${x - size} ${head + size * 0.8} ${x} ${head + size * 0.75}Q${x + size} ${head + size * 0.8} ${x + size} ${tall}z`;
  return (
    `<ellipse cx="${x}" cy="${head - size * 0.06}" rx="${size * 0.5}" ry="${size * 0.6}" fill="${hair}"/>` +
    `<rect x="${x - size * 0.14}" y="${head + size * 0.3}" width="${size * 0.28}" height="${size * 0.5}" fill="${skin}"/>` +
    `<ellipse cx="${x}" cy="${head + size * 0.06}" rx="${size * 0.38}" ry="${size * 0.48}" fill="${skin}"/>` +
    `<path d="${shoulders}" fill="${coat}"/>`
  );
}
