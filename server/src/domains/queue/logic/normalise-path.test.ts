import fc from "fast-check";
import { normalisePath } from "#domains/queue/logic/normalise-path.ts";

test.each([
  ['"/data/in"\n', "/data/in"],
  ["'C:\\Shots\\day 1\\'", "/mnt/c/Shots/day 1/"],
  ["“/data/in”", "/data/in"],
  ["/data/\r\nin", "/data/in"],
  ["d:/shots", "/mnt/d/shots"],
  ["E:", "/mnt/e"],
  ["e:\\", "/mnt/e/"],
  ["\\\\wsl.localhost\\Ubuntu\\home\\me", "/home/me"],
  ["//wsl.localhost/Ubuntu/home/me", "/home/me"],
  ["\\\\wsl$\\Debian", "/"],
  ["\\\\WSL$\\Debian\\srv", "/srv"],
  ["\\\\server\\share\\x", "\\\\server\\share\\x"],
  ["relative/folder", "relative/folder"],
  ["c:relative", "c:relative"],
])("%j means %s", (given, meant) => expect(normalisePath(given)).toBe(meant));

const part = fc.stringMatching(/^[A-Za-z0-9_.(ä][A-Za-z0-9_. ()äß-]{0,12}[A-Za-z0-9_)ß]$/);
const parts = fc.array(part, { minLength: 1, maxLength: 5 });
const drive = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
const slash = fc.constantFrom("\\", "/");

describe("for any path", () => {
  test("Windows spelling becomes the mount of its drive", () => {
    fc.assert(
      fc.property(drive, slash, parts, (letter, by, names) => {
        expect(normalisePath(`${letter}:${by}${names.join(by)}`)).toBe(
          `/mnt/${letter.toLowerCase()}/${names.join("/")}`,
        );
      }),
    );
  });

  test("both WSL spellings mean the path inside, whatever the distribution", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("wsl.localhost", "wsl$", "WSL.LOCALHOST"),
        slash,
        part,
        parts,
        (host, by, distro, names) => {
          expect(normalisePath(`${by}${by}${host}${by}${distro}${by}${names.join(by)}`)).toBe(`/${names.join("/")}`);
        },
      ),
    );
  });

  test("quotes and blanks around it, and line ends anywhere, change nothing", () => {
    const wrapping = fc.constantFrom(['"', '"'], ["'", "'"], [" ", "\t"], ['"', '"\r\n'], ["\n", "\n"], ["“", "”"]);
    fc.assert(
      fc.property(parts, wrapping, fc.nat(), (names, [before, after], at) => {
        const path = `/${names.join("/")}`;
        const cut = at % path.length;
        expect(normalisePath(`${before}${path.slice(0, cut)}\n${path.slice(cut)}${after}`)).toBe(path);
      }),
    );
  });

  test("doing it twice is doing it once, and no line end is left", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const once = normalisePath(text);
        expect(normalisePath(once)).toBe(once);
        expect(once).not.toMatch(/[\r\n]/);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(..."\\/:\"' \nCcwsl.$localhost"), { maxLength: 30 }), (letters) => {
        const once = normalisePath(letters.join(""));
        expect(normalisePath(once)).toBe(once);
      }),
    );
  });
});
