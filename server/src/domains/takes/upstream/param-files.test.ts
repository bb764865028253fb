import { v7 as uuidv7 } from "uuid";
import { paramContent, paramHashes } from "#domains/takes/upstream/param-files.ts";
import { encodeId } from "#graphql/ids.ts";

test("parameters that name files count by the bytes, all others by their values", () => {
  const [one, copy] = [uuidv7(), uuidv7()];
  const hashes = new Map([one, copy].map((id) => [id, "aa"]));
  const contentOf = (id: string) => {
    const params = { steps: 4, mask: encodeId("Asset", id), text: "a mask" };
    return paramContent(params, paramHashes(params, hashes));
  };
  expect(contentOf(one)).toEqual({ steps: 4, mask: { sha256: "aa" }, text: "a mask" });
  expect(contentOf(copy)).toEqual(contentOf(one));
});
