import { getOperationAST, parse } from "graphql";

interface Chosen {
  name: string | undefined;
  isSubscription: boolean;
}

/**
 * The operation of a text that is to run. What the editor believes its name to be may be a moment old: a name that the text
 * does not have gives way to its only operation.
 */
export function chooseOperation(query: string, believedName: string | null | undefined): Chosen {
  try {
    const document = parse(query);
    const operation = (believedName && getOperationAST(document, believedName)) || getOperationAST(document);
    if (operation) return { name: operation.name?.value, isSubscription: operation.operation === "subscription" };
  } catch {
    // The server says what is wrong with it.
  }
  return { name: believedName ?? undefined, isSubscription: false };
}
