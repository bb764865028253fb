import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type DocumentNode, Kind, parse, print, visit } from "graphql";
import { z } from "zod";
import { ConfigError } from "#app/config-error.ts";
import type { TrustedDocuments } from "#graphql/admission.ts";

/** From the product's root: what its web client and its command line ask, as the build puts them there. */
const own = ["server/dist/documents/web.json", "server/dist/documents/cli.json"];

/** Names or hashes with the text of each document, as GraphQL Code Generator's `persistedDocuments` and our build write it. */
const manifest = z.record(z.string(), z.string());

/**
 * Reads the files of CALLSHEET_TRUSTED_DOCUMENTS; `own` stands for those of the product.
 * @throws ConfigError that names the file which can't be read, and why
 */
export async function readTrustedDocuments(files: readonly string[]): Promise<TrustedDocuments> {
  const hashes = new Set<string>();
  for (const file of files.flatMap((each) => (each === "own" ? own : [each]))) {
    for (const hash of await hashesIn(file)) hashes.add(hash);
  }
  return { has: (document) => hashes.has(hashOf(document)) };
}

async function hashesIn(file: string): Promise<string[]> {
  try {
    return Object.values(manifest.parse(JSON.parse(await readFile(file, "utf8")))).map((text) => hashOf(parse(text)));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new ConfigError([`CALLSHEET_TRUSTED_DOCUMENTS: ${file}: ${why}`]);
  }
}

/**
 * Of what a document asks, whatever its spaces, comments and order of fragments. Caching clients add `__typename` to every
 * selection before they send, so it does not count.
 */
function hashOf(document: DocumentNode): string {
  const bare = visit(document, {
    SelectionSet: (node) => {
      const selections = node.selections.filter(
        (selection) => selection.kind !== Kind.FIELD || selection.name.value !== "__typename" || selection.alias,
      );
      return selections.length === 0 ? undefined : { ...node, selections };
    },
  });
  const parts = bare.definitions.map((definition) => print(definition)).toSorted();
  return createHash("sha256").update(parts.join("\n")).digest("base64");
}
