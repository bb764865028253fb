import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { type DocumentNode, print } from "graphql";

/** A document: typed, as GraphQL Code Generator or gql.tada make it, or text. */
export type Document<Data, Variables> = TypedDocumentNode<Data, Variables> | string;

/** Variables may be left out where the document demands none. */
export type VariablesOf<Variables> = {} extends Variables ? [variables?: Variables] : [variables: Variables];

const texts = new WeakMap<DocumentNode, string>();

/** A document as text. */
export function textOf(document: DocumentNode | string): string {
  if (typeof document === "string") return document;
  const known = texts.get(document);
  if (known !== undefined) return known;
  const text = print(document);
  texts.set(document, text);
  return text;
}

/** What automatic persisted queries know a text by. */
export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
