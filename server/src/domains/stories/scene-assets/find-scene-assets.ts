import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { normaliseStatusTags } from "#domains/stories/logic/status-tags.ts";
import { cursorId, notACursor, type Page } from "#graphql/connection.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { escapeLike, isStorable, searchTerm } from "#lib/storable-text.ts";
import type { SceneAsset } from "#platform/db/generated/client.ts";
import type { Prisma } from "#platform/db/generated/client.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";

export interface SceneAssetFilter {
  tags?: readonly string[] | undefined;
  tagMatch: "ANY" | "ALL";
  types?: readonly ProjectAssetType[] | undefined;
  /** Part of the name, of the description that stands, or of a tag. */
  search?: string | undefined;
  fromScene?: number | undefined;
  toScene?: number | undefined;
}

const tagList = z.array(z.string().max(60)).max(50, "at most 50 tags");

/** Instances of a branch that a filter lets through, as a condition. @throws ValidationError */
export function sceneAssetsWhere(branchId: string, filter: SceneAssetFilter): Prisma.SceneAssetWhereInput {
  const tags = normaliseStatusTags(parseInput(tagList, filter.tags ?? [], ["tags"])).filter((tag) => isStorable(tag));
  const { types, tagMatch, fromScene, toScene } = filter;
  if (fromScene !== undefined && toScene !== undefined && fromScene > toScene)
    throw ValidationError.at(["toScene"], "toScene comes before fromScene");
  const term = searchTerm(filter.search);
  const contains = term && { contains: escapeLike(term), mode: "insensitive" as const };
  return {
    scene: {
      branchId,
      number: {
        ...(fromScene === undefined ? {} : { gte: fromScene }),
        ...(toScene === undefined ? {} : { lte: toScene }),
      },
    },
    ...(tags.length === 0 ? {} : { statusTags: tagMatch === "ALL" ? { hasEvery: tags } : { hasSome: tags } }),
    ...(types && types.length > 0 ? { projectAsset: { type: { in: [...types] } } } : {}),
    ...(contains && term
      ? {
          OR: [
            { projectAsset: { name: contains } },
            { descriptionOverride: contains },
            { descriptionOverride: null, projectAsset: { description: contains } },
            { statusTags: { has: term.toLowerCase() } },
          ],
        }
      : {}),
  };
}

export type FoundSceneAsset = SceneAsset & { scene: { number: number } };

/** A page of them in story order, within a scene in the order in which they were added. */
export async function findSceneAssets(
  { db }: Pick<Deps, "db">,
  where: Prisma.SceneAssetWhereInput,
  page: Page,
): Promise<FoundSceneAsset[]> {
  const direction = page.backward ? ("desc" as const) : ("asc" as const);
  const rows = await db.prisma.sceneAsset.findMany({
    where: { AND: [where, behind(page)] },
    orderBy: [{ scene: { number: direction } }, { id: direction }],
    take: page.take,
    include: { scene: { select: { number: true } } },
  });
  return page.backward ? rows.toReversed() : rows;
}

export function cursorOfSceneAsset({ id, scene }: FoundSceneAsset): string[] {
  return [id, String(scene.number)];
}

function behind(page: Page): Prisma.SceneAssetWhereInput {
  const id = cursorId(page);
  if (id === null) return {};
  const place = page.cursor?.[1] ?? "";
  if (!/^-?\d{1,9}$/.test(place)) throw notACursor(page);
  const number = Number(place);
  return page.backward
    ? { OR: [{ scene: { number: { lt: number } } }, { scene: { number }, id: { lt: id } }] }
    : { OR: [{ scene: { number: { gt: number } } }, { scene: { number }, id: { gt: id } }] };
}
