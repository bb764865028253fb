const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
const pattern = /^(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)_[a-z0-9]{6}$/;

/** What an execution is called in paths: `YYYYMMDD_HHMMSS_rrrrrr`, in UTC. @param random at least six bytes */
export function execIdAt(now: Date, random: Uint8Array): string {
  const [date = "", time = ""] = now.toISOString().split(/[T.]/);
  const suffix = Array.from(random.slice(0, 6), (byte) => letters[byte % letters.length]).join("");
  return `${date.replaceAll("-", "")}_${time.replaceAll(":", "")}_${suffix}`;
}

/** Whether a text has that form, with a moment that there is. */
export function isExecId(text: string): boolean {
  const [, ...parts] = pattern.exec(text) ?? [];
  if (parts.length === 0) return false;
  const [year, month, day, hour, minute, second] = parts.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // A date that does not exist moves on to the next one that does; years before 100 mean 1900 on.
  return year >= 100 && execIdAt(date, new Uint8Array(6)).startsWith(text.slice(0, 15));
}
