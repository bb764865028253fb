import { type DomainError, UnavailableError } from "#lib/domain-error.ts";

/** Why a translation failed, for people, as it is stored. */
export interface TranslationError {
  code: string;
  message: string;
  hint: string | null;
}

export function translationError(error: DomainError): TranslationError {
  const hint = error instanceof UnavailableError ? error.hint : null;
  return { code: error.code, message: error.message, hint };
}

/** Of a work without a prompt. */
export const promptMissing = {
  code: "PROMPT_MISSING",
  message: "The work has no prompt yet",
  hint: "Write one, or give it the usual one.",
};
