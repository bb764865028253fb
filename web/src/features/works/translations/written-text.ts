/** What a translation says after an event: from `offset` on its text is replaced. */
export function withWritten(before: string, { offset, text }: { offset: number; text: string }): string {
  return before.slice(0, offset) + text;
}
