import { type LogLine, withNews } from "./log-lines.ts";

const line = (cursor: string): LogLine => ({ cursor, at: "", attempt: 1, level: "INFO", message: "same words" });

test("lines that come once more after a reconnect are shown once, also those that say the same", () => {
  const before = ["1", "2", "3"].map(line);
  expect(withNews(before, ["2", "3", "4"].map(line)).map(({ cursor }) => cursor)).toEqual(["1", "2", "3", "4"]);
});
