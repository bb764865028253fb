import fc from "fast-check";
import { reaches } from "#domains/accounts/logic/roles.ts";
import { asMemberWith, type Viewer } from "#domains/accounts/viewer.ts";
import { Role } from "#platform/db/generated/enums.ts";

const role = fc.constantFrom(...Object.values(Role));
const viewer = fc
  .record({ role, projectRoles: fc.dictionary(fc.uuid(), role) })
  .map((given): Viewer => ({ userId: "x", name: "x", projectIds: Object.keys(given.projectRoles), ...given }));

test("who writes sees exactly the projects in which the role is reached, and no others", () => {
  fc.assert(
    fc.property(viewer, role, (given, needed) => {
      const expected = Object.entries(given.projectRoles ?? {}).flatMap(([id, own]) =>
        reaches(own, needed) ? [id] : [],
      );
      expect(asMemberWith(given, needed).projectIds).toEqual(expected);
    }),
  );
});

test("ADMIN of the studio writes everywhere, and a key that may not writes nowhere", () => {
  const admin: Viewer = { userId: "x", name: "x", role: "ADMIN", projectIds: "all" };
  expect(asMemberWith(admin, "ADMIN")).toBe(admin);
  expect(asMemberWith({ ...admin, role: "VIEWER", isProgram: true }, "CREATOR").projectIds).toEqual([]);
});
