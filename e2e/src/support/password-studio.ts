import { startOwnStudio } from "./own-studio.ts";

/** The product with people who sign in. */
export interface PasswordStudio extends AsyncDisposable {
  web: string;
  /** By which the first administrator comes in. */
  firstLink: string;
}

/** @throws when the product ends at its start */
export async function startPasswordStudio(): Promise<PasswordStudio> {
  // The last that the console says at a first start, when the product is ready.
  const settings = { AUTH_MODE: "password", CALLSHEET_TRUSTED_PROXIES: "127.0.0.1" };
  const studio = await startOwnStudio(settings, /(http:\S+\/join#\S+)\s/);
  return {
    web: studio.web,
    firstLink: studio.said[1] ?? "",
    [Symbol.asyncDispose]: () => studio[Symbol.asyncDispose](),
  };
}
