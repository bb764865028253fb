import { z } from "zod";

const maxLabels = 20;

/** One word, so that it can be written anywhere. */
export const label = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,39}$/,
    "a label is a word of lower-case letters, digits, dots, dashes or underscores, 40 at most",
  );

/** Labels in alphabetical order, each once. */
export const labels = z
  .array(label)
  .max(maxLabels, `${maxLabels} labels at most`)
  .transform((given) => [...new Set(given)].toSorted());

export const hasLabels = (machine: { labels: readonly string[] }, required: readonly string[]): boolean =>
  required.every((each) => machine.labels.includes(each));
