/** Why a file can't be worked on, as the file's own fault. */
export class Refused extends Error {
  constructor(
    readonly code: "CORRUPT" | "UNSUPPORTED",
    message: string,
  ) {
    super(message);
    this.name = "Refused";
  }
}
