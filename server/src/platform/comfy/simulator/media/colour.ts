export function hsl(hue: number, saturation: number, lightness: number): string {
  const turned = ((Math.round(hue) % 360) + 360) % 360;
  return `hsl(${turned},${Math.round(saturation)}%,${Math.round(lightness)}%)`;
}
