import fc from "fast-check";
import { execIdAt, isExecId } from "#domains/stories/logic/exec-id.ts";

test("an id tells the moment in UTC and ends with six letters or digits", () => {
  expect(execIdAt(new Date("2026-11-27T23:05:09.999Z"), Uint8Array.of(0, 25, 26, 35, 36, 255))).toBe(
    "20261127_230509_az09ad",
  );
});

test("every id that is made is valid, and nothing that only looks like one", () => {
  const moment = fc.date({ min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(moment, fc.uint8Array({ minLength: 6, maxLength: 6 }), (now, random) =>
      isExecId(execIdAt(now, random)),
    ),
  );
  const wrong = [
    "20261127_230509_az09a",
    "20261127_230509_AZ09ad",
    "20261327_230509_az09ad",
    "20260229_230509_az09ad",
    "20261127_240509_az09ad",
    "20261127-230509-az09ad",
    " 20261127_230509_az09ad",
    "20261127_230509_az09ad\n",
    "../20261127_230509_az09ad",
    "",
  ];
  expect(wrong.filter(isExecId)).toEqual([]);
});
