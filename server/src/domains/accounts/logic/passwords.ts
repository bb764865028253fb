import { z } from "zod";

/** Length is what makes a password hard to guess; rules about its characters only make it hard to remember. */
export const passwordLength = { min: 10, max: 128 };

export const password = z
  .string()
  .min(passwordLength.min, `a password has at least ${passwordLength.min} characters`)
  .max(passwordLength.max, `at most ${passwordLength.max} characters`);

/** An address as it is stored and looked up. */
export const email = z
  .string()
  .max(320, "at most 320 characters")
  .trim()
  .toLowerCase()
  .pipe(z.email("this is no e-mail address"));
