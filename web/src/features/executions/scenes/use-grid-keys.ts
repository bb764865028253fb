import type { KeyboardEvent, RefObject } from "react";

interface Acts {
  onChoose: (sceneId: string, variant: number) => void;
  onOpen: (imageId: string) => void;
}

/** Keys of the grid: arrows go from image to image, digits choose in the scene that has the focus, O opens the large view. */
export function useGridKeys(grid: RefObject<HTMLElement | null>, { onChoose, onOpen }: Acts) {
  return (event: KeyboardEvent) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const { scene, variant, image } = event.target.dataset;
    if (scene === undefined || variant === undefined) return;
    const rows = [...(grid.current?.querySelectorAll("[data-row]") ?? [])];
    const row = rows.findIndex((each) => each.contains(event.target as Node));
    const at = Number(variant);
    const focus = (toRow: number, to: number) => {
      const places = [...(rows[toRow]?.querySelectorAll<HTMLElement>("[data-variant]") ?? [])];
      const place = places[Math.min(to, places.length - 1)];
      place?.focus();
      place?.scrollIntoView({ block: "nearest" });
    };
    const acts: Record<string, () => void> = {
      ArrowLeft: () => at > 0 && focus(row, at - 1),
      ArrowRight: () => focus(row, at + 1),
      ArrowUp: () => focus(row - 1, at),
      ArrowDown: () => focus(row + 1, at),
      o: () => image && onOpen(image),
    };
    const act = /^[1-9]$/.test(key) ? () => onChoose(scene, Number(key) - 1) : acts[key];
    if (!act) return;
    event.preventDefault();
    act();
  };
}
