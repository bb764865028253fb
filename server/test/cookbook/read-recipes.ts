import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../docs/cookbook/", import.meta.url));

export type Language = "ts" | "sh";

export interface Script {
  text: string;
  /** What the document says that it prints; `…` stands for anything in a line. */
  prints: string;
}

export type Recipe = { name: string; title: string } & Record<Language, Script>;

/** What every script of a language begins with: docs/cookbook/README.md. */
export const beginnings: Record<Language, string> = (({ ts, sh }) => ({ ts: ts.text, sh: sh.text }))(
  scriptsOf(read("README.md")),
);

/** What the client package says of its use. */
export const readme = scriptsOf(readFileSync(`${folder}../../client/README.md`, "utf8")).ts.text;

/** The links of its table. */
export const listed: string[] = [...read("README.md").matchAll(/^\| (\[.+\]\(.+\)) \|/gm)].map(
  ([, link]) => link ?? "",
);

/** The recipes of docs/cookbook in their order. */
export const recipes: Recipe[] = readdirSync(folder)
  .filter((file) => file.endsWith(".md") && file !== "README.md")
  .toSorted()
  .map((file) => {
    const text = read(file);
    return { name: file.replace(".md", ""), title: /^# (.+)$/m.exec(text)?.[1] ?? "", ...scriptsOf(text) };
  });

function read(file: string): string {
  return readFileSync(`${folder}${file}`, "utf8");
}

/** The blocks of one language belong together, and so does what they print. */
function scriptsOf(markdown: string): Record<Language, Script> {
  const scripts: Record<Language, Script> = { ts: { text: "", prints: "" }, sh: { text: "", prints: "" } };
  let script: Script | undefined;
  for (const [, language, body] of markdown.matchAll(/^```(ts|sh|text)\n([^]*?)^```$/gm)) {
    if (language === "text") {
      if (script) script.prints += body;
    } else {
      script = scripts[language as Language];
      script.text += body;
    }
  }
  return scripts;
}
