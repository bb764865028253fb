import { normalisePath } from "#domains/queue/logic/normalise-path.ts";

test.each([
  ['"/data/in"\n', "/data/in"],
  ["'C:\\Shots\\day 1\\'", "/mnt/c/Shots/day 1/"],
  ["d:/shots", "/mnt/d/shots"],
  ["\\\\wsl.localhost\\Ubuntu\\home\\me", "/home/me"],
  ["\\\\wsl$\\Debian", "/"],
  ["relative/folder", "relative/folder"],
])("%j means %s", (given, meant) => expect(normalisePath(given)).toBe(meant));
