/** What a new studio holds, so that every page shows something and every button does something. */
export const demoStudio = {
  project: "Night Market",
  workflows: [
    { file: "text-to-image.json", name: "Text to image", description: "One picture from a description." },
    { file: "image-to-image.json", name: "Image to image", description: "Changes a picture, keeping its composition." },
    { file: "image-to-video.json", name: "Image to video", description: "A short clip that begins with a picture." },
    { file: "first-last-frame.json", name: "First to last frame", description: "A clip from one picture to another." },
    { file: "lantern-portrait.yaml", name: "Lantern portrait", description: undefined },
    { file: "walk-on.yaml", name: "Walk-on", description: undefined },
    { file: "two-clips.yaml", name: "Two clips", description: undefined },
    { file: "image-upscale.json", name: "Image upscale", description: "Enlarges a picture 1.5 times." },
  ],
  characters: [
    { name: "Mara", metadata: { age: "34", hair_color: "red", role: "lantern seller" } },
    { name: "Ilya", metadata: { age: "61", hair_color: "grey", role: "tea merchant" } },
    { name: "Noa", metadata: { age: "19", hair_color: "black", role: "courier" } },
  ],
  fragments: [
    { text: "warm lantern light from the left", category: "light", tags: ["night"] },
    { text: "rain on the cobbles, soft reflections", category: "place", tags: ["night", "weather"] },
    { text: "35mm film still, shallow depth of field", category: "look", tags: ["camera"] },
    { text: "close-up, eye level", category: "look", tags: ["camera"] },
    { text: "crowd out of focus in the background", category: "place", tags: ["people"] },
  ],
  libraries: [
    {
      name: "Looks",
      entries: {
        film: "35mm film still, %grain%",
        grain: "fine grain, muted colours",
        hero: "%film%, %light%",
        light: "one warm lantern in the dark",
      },
    },
  ],
  sceneTypes: [
    {
      name: "Portrait at the stall",
      workflow: "Text to image",
      positive: "portrait of a person behind a market stall at night, looking into the camera",
      negative: "blurry, low contrast, distorted hands, watermark, text",
      pinned: ["warm lantern light from the left", "35mm film still, shallow depth of field"],
    },
    {
      name: "First snow",
      workflow: "Image to image",
      positive: "the same person in the first snow of the year, breath in the cold air",
      negative: "summer, green leaves, watermark, text",
      pinned: [],
    },
    {
      name: "Into the crowd",
      workflow: "Image to video",
      positive: "turns around and walks slowly into the crowd, steady camera",
      negative: "still picture, flicker, extra limbs, subtitles",
      pinned: ["crowd out of focus in the background"],
    },
  ],
  overrides: [
    {
      sceneType: "Portrait at the stall",
      character: "Mara",
      text: "portrait of a red-haired woman between hanging paper lanterns, amused, looking into the camera",
      fragments: ["rain on the cobbles, soft reflections"],
    },
    {
      sceneType: "Portrait at the stall",
      character: "Ilya",
      text: null,
      fragments: ["close-up, eye level"],
    },
  ],
} as const;
