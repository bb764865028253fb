import { z } from "zod";
import { storableText } from "#lib/storable-text.ts";

const names = z.array(storableText(200).trim().min(1, "a character in a shot needs a name")).max(50).default([]);

const shot = z.object({
  number: z.number().int().min(1, "shots are numbered from 1").max(100_000),
  action: storableText(5_000).default(""),
  setting: storableText(2_000).default(""),
  foreground: names,
  background: names,
  camera: storableText(1_000).default(""),
});

/** What is seen between two cuts. */
export type Shot = z.output<typeof shot>;

/** The shots of a scene; one without a number has its place in the list. */
export const shotList = z
  .array(z.unknown())
  .max(200, "a scene has at most 200 shots")
  .transform((shots) =>
    shots.map((each, index) => {
      const given = each as { number?: number | null };
      return { ...given, number: given.number ?? index + 1 };
    }),
  )
  .pipe(z.array(shot))
  .superRefine((shots, context) => {
    const seen = new Set<number>();
    for (const [index, { number }] of shots.entries()) {
      if (seen.has(number))
        context.addIssue({ code: "custom", path: [index, "number"], message: `two shots have the number ${number}` });
      seen.add(number);
    }
  });

/** All texts of shots in which somebody can be named. */
export function textsOfShots(shots: readonly Shot[]): string[] {
  return shots.flatMap(({ action, setting, foreground, background }) => [
    action,
    setting,
    ...foreground,
    ...background,
  ]);
}
