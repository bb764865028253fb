import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import {
  addCharacterImages,
  removeCharacterImages,
  reorderCharacterImages,
} from "#domains/prompts/character-images.service.ts";
import { CharacterType } from "#domains/prompts/characters.graphql.ts";
import { characterImagesLoader } from "#domains/prompts/prompts.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

builder.objectField(CharacterType, "images", (t) =>
  t.field({
    type: [AssetType],
    description: "Its reference images, the most important first.",
    resolve: async (character, _args, context) => {
      const images = await characterImagesLoader(context).load(character.id);
      const assets = await Promise.all(images.map(({ assetId }) => assetLoader(context).load(assetId)));
      return assets.filter((asset) => asset !== null);
    },
  }),
);

const changes = {
  addCharacterImages: {
    change: addCharacterImages,
    description: "Adds reference images behind those that a character has; one that is there already stays.",
    assets: "Pictures of the character's project.",
  },
  removeCharacterImages: {
    change: removeCharacterImages,
    description: "Takes reference images away from a character; the files stay.",
    assets: "Those to take away.",
  },
  reorderCharacterImages: {
    change: reorderCharacterImages,
    description: "Puts the reference images of a character into another order.",
    assets: "All of its images, the most important first.",
  },
};

for (const [name, { change, description, assets }] of Object.entries(changes)) {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  mutation(name, {
    description,
    input: builder.inputType(`${type}Input`, {
      description: "Which character, and which images.",
      fields: (t) => ({
        characterId: t.id({ required: true, description: "The character." }),
        assetIds: t.idList({ required: true, description: assets }),
      }),
    }),
    payload: payloadOf(`${type}Payload`, "character", CharacterType, "The character with its images."),
    resolve: async (input, { deps, viewer }) => ({
      character: await change(
        deps,
        viewer,
        requireId("Character", input.characterId, ["characterId"]),
        input.assetIds.map((id, index) => requireId("Asset", id, ["assetIds", String(index)])),
      ),
    }),
  });
}
