import fc from "fast-check";
import { lower, reaches } from "#domains/accounts/logic/roles.ts";
import { Role } from "#platform/db/generated/enums.ts";

const role = fc.constantFrom(...Object.values(Role));

test("whoever two rules bind may do what both allow, and nothing else", () => {
  fc.assert(
    fc.property(role, role, role, (one, other, needed) => {
      expect(reaches(lower(one, other), needed)).toBe(reaches(one, needed) && reaches(other, needed));
    }),
  );
});
