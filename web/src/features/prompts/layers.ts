/** How a layer of a resolved prompt is named and coloured. */
export interface LayerLook {
  key: string;
  label: string;
  className: string;
}

const looks: Record<string, LayerLook> = {
  "slot default": { key: "slot default", label: "Workflow default", className: "text-(--layer-slot)" },
  "scene type": { key: "scene type", label: "Scene type", className: "text-(--layer-scene)" },
  PROJECT: { key: "PROJECT", label: "Project override", className: "text-(--layer-project)" },
  GROUP: { key: "GROUP", label: "Group override", className: "text-(--layer-group)" },
  CHARACTER: { key: "CHARACTER", label: "Character override", className: "text-(--layer-character)" },
  placeholder: { key: "placeholder", label: "Character metadata", className: "text-(--layer-placeholder)" },
  fragment: { key: "fragment", label: "Fragment", className: "text-(--layer-fragment)" },
  library: { key: "library", label: "Library", className: "text-(--layer-library)" },
  choice: {
    key: "choice",
    label: "Drawn choice",
    className: "text-accent-ink underline decoration-dotted underline-offset-4",
  },
};

/** An override's span carries its scope as ref; any other layer is named by itself. */
export function layerLook({ layer, ref }: { layer: string; ref?: string | null }): LayerLook {
  const key = layer === "override scope" && ref ? ref : layer;
  return looks[key] ?? { key, label: key, className: "text-ink" };
}

/** The layers that a text has, each once, in the order in which resolution applies them. */
export function layersOf(spans: readonly { layer: string; ref?: string | null; text: string }[]): LayerLook[] {
  const present = new Map(
    spans.filter((span) => span.text.trim()).map((span) => [layerLook(span).key, layerLook(span)]),
  );
  const order = Object.keys(looks);
  return [...present.values()].toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
}

/** Why a piece of the text is there, in a sentence. */
export function whyText({ layer, ref }: { layer: string; ref?: string | null }): string {
  const { label } = layerLook({ layer, ref: ref ?? null });
  if (layer === "placeholder" && ref) return `From the character's metadata: ${ref}`;
  if (layer === "library" && ref) return `From a library: ${ref}`;
  if (layer === "choice" && ref) return `Drawn by the seed from ${ref}`;
  return `From: ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}
