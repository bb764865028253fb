import { pictureFilename, pictureFolder } from "#domains/stories/logic/picture-place.ts";

test("a picture lies under project, branch and scene, whatever their names", () => {
  expect(pictureFolder({ project: "Night Market", branch: "main", number: 7, title: "Rain" })).toBe(
    "Night Market/main/007 Rain/scene-assets",
  );
  expect(pictureFolder({ project: "a/b", branch: "..", number: 1_000, title: "con: x" })).toBe(
    "a_b/file/1000 con_ x/scene-assets",
  );
});

test("it is called like its asset, with the ending of its file", () => {
  expect(pictureFilename("Mara / young", "ComfyUI_00001_.PNG")).toBe("Mara _ young.png");
  expect(pictureFilename("Mara", "output")).toBe("Mara");
});
