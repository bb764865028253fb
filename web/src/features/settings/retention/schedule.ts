const daily = /^(\d{1,2}) (\d{1,2}) \* \* \*$/;

/** A cron pattern as people say it, where it is a plain one; else the pattern itself. */
export function scheduleInWords(cron: string): string {
  const [, minute, hour] = daily.exec(cron.trim()) ?? [];
  if (minute === undefined || hour === undefined) return `by the schedule ${cron}, in the server's time`;
  return `every day at ${hour.padStart(2, "0")}:${minute.padStart(2, "0")}, in the server's time`;
}
