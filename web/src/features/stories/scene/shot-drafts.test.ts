import { emptyShot, fromDraft, toDraft } from "#features/stories/scene/shot-drafts.ts";

test("names of a shot are written as one text, and blanks between commas are nobody", () => {
  expect(fromDraft({ ...emptyShot, action: "Rain.", foreground: " Mara , , Ilya", background: " " })).toEqual({
    action: "Rain.",
    setting: "",
    foreground: ["Mara", "Ilya"],
    background: [],
    camera: "",
  });
});

test("a stored shot comes back from its draft as it was", () => {
  const stored = { action: "a", setting: "s", foreground: ["Mara", "Ilya"], background: ["Noa"], camera: "c" };
  expect(fromDraft(toDraft(stored))).toEqual(stored);
});
