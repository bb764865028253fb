import { spawnSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type RecipeStudio, startRecipeStudio } from "#test/cookbook/recipe-studio.ts";
import { beginnings, listed, readme, recipes, type Script } from "#test/cookbook/read-recipes.ts";
import { type Outcome, runScript } from "#test/support/run-script.ts";

// Inside the workspace, where the client package is found.
const built = fileURLToPath(new URL("../../dist/test/cookbook/", import.meta.url));
const compiler = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
const options = {
  extends: "../../../../tsconfig.base.json",
  compilerOptions: {
    lib: ["dom", "dom.iterable", "ES2023", "ESNext.Disposable"],
    types: ["node"],
    noEmit: false,
    noUnusedLocals: false,
    allowImportingTsExtensions: false,
    skipLibCheck: false,
  },
};

const hasTools = spawnSync("bash", ["-c", "command -v curl && command -v jq"]).status === 0;

let studio: RecipeStudio;
let compiled: Outcome;
beforeAll(async () => {
  await rm(built, { recursive: true, force: true });
  await mkdir(built, { recursive: true });
  await writeFile(join(built, "tsconfig.json"), JSON.stringify(options));
  for (const { name, ts } of recipes) await writeFile(join(built, `${name}.ts`), beginnings.ts + ts.text);
  await writeFile(join(built, "readme.ts"), readme);
  compiled = await runScript(process.execPath, [compiler, "--project", "."], { cwd: built });
  studio = await startRecipeStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());

test("each recipe is in TypeScript and for a shell, says what it prints, and is in the list", () => {
  expect(recipes.length).toBeGreaterThanOrEqual(20);
  expect(listed).toEqual(recipes.map(({ name, title }) => `[${title}](${name}.md)`));
  for (const { name, title, ts, sh } of recipes)
    expect({ name, isWhole: [title, ts.text, ts.prints, sh.text, sh.prints].every((part) => part !== "") }).toEqual({
      name,
      isWhole: true,
    });
});

test("the recipes in TypeScript are well typed, and so is the package's README", () => {
  expect(compiled).toEqual({ code: 0, out: "", err: "" });
});

test.each(recipes)("$name does in TypeScript what it says", async ({ name, ts }) => {
  expectToPrint(
    ts,
    await runScript(process.execPath, [join(built, `${name}.js`)], { cwd: studio.folder, env: studio.env }),
  );
});

(hasTools ? test : test.skip).each(recipes)("$name does with curl what it says", async ({ sh }) => {
  const script = `set -euo pipefail\n${beginnings.sh}\n${sh.text}`;
  expectToPrint(sh, await runScript("bash", ["-c", script], { cwd: studio.folder, env: studio.env }));
});

function expectToPrint({ prints }: Script, { code, out, err }: Outcome): void {
  const lines = prints.trimEnd().split("\n");
  const pattern = lines.map((line) => line.split("…").map(escaped).join(".*")).join("\n");
  expect({ code, err, out: out.trimEnd() }).toEqual({
    code: 0,
    err: "",
    out: expect.stringMatching(new RegExp(`^${pattern}$`)),
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
