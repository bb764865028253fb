import type { Deps } from "#app/deps.ts";
import type { PromptSnapshot } from "#domains/queue/submit/submit-input.ts";
import { imageFilename, sourceFilename, transitionFilename } from "#domains/stories/logic/execution-paths.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";
import type { Execution } from "#platform/db/generated/client.ts";

/** What an execution is and how each of its files was made, as metadata.json. Null when it is gone. Four statements. */
export async function executionMetadata({ db }: Pick<Deps, "db">, executionId: string): Promise<JsonObject | null> {
  const execution = await db.prisma.execution.findUnique({
    where: { id: executionId },
    include: {
      branch: { select: { name: true, project: { select: { name: true } } } },
      scenes: { orderBy: { order: "asc" }, include: { images: { orderBy: { variant: "asc" } } } },
      transitions: { orderBy: { order: "asc" } },
    },
  });
  if (!execution) return null;
  const { scenes, transitions } = execution;
  const made = [...scenes.flatMap(({ images }) => images), ...transitions];
  const runIds = made.flatMap(({ runId }) => runId ?? []);
  const graphs = await db.prisma.runGraph.findMany({
    where: { runId: { in: runIds } },
    select: { runId: true, prompts: true },
  });
  const promptsOfRun = new Map(graphs.map(({ runId, prompts }) => [runId, prompts]));
  const howMade = ({ runId, seed, prompts }: (typeof made)[number]): JsonObject => {
    const texts = promptsOfRun.get(runId ?? "") ?? prompts;
    return { run: runId, seed: seed.toFixed(), prompts: (texts as unknown as PromptSnapshot[]).map(plain) };
  };
  const images = scenes.flatMap(({ order, slug, chosenVariant, images: ofScene }) =>
    ofScene
      .filter(({ assetId }) => assetId !== null)
      .map((image): JsonObject => {
        const { variant } = image;
        const file = `images/${imageFilename({ order, slug, variant })}`;
        return { file, scene: slug, order, variant, isChosen: variant === chosenVariant, ...howMade(image) };
      }),
  );
  const videos = transitions
    .filter(({ assetId }) => assetId !== null)
    .map((transition): JsonObject => {
      const { order, frameCount, durationSecs } = transition;
      const [from, to] = [scenes[order], scenes[order + 1]];
      const [slug, nextSlug] = [from?.slug ?? "", to?.slug ?? ""];
      return {
        file: `videos/${transitionFilename({ order, slug, nextSlug })}`,
        scene: slug,
        order,
        nextScene: nextSlug,
        variant: from?.chosenVariant ?? 0,
        nextVariant: to?.chosenVariant ?? 0,
        frameCount,
        durationSecs,
        ...howMade(transition),
      };
    });
  return {
    execId: execution.execId,
    inputHash: execution.inputHash,
    timestamp: execution.createdAt.toISOString(),
    story: execution.story,
    project: execution.branch.project.name,
    branch: execution.branch.name,
    jobId: execution.jobId,
    sceneCount: scenes.length,
    variants: execution.variants,
    input: `input/${sourceFilename(execution.inputHash)}`,
    scenes: scenes.map(({ order, slug, title }) => ({ order, slug, title })),
    film: execution.status === "SUCCEEDED" ? filmOf(execution) : null,
    files: [...images, ...videos],
  };
}

/** The film as it is told there. */
export function filmOf({ frameCount, durationSecs, isReencoded }: FilmFigures): JsonObject {
  return { file: "final.mp4", frameCount, durationSecs, isReencoded };
}

type FilmFigures = Pick<Execution, "frameCount" | "durationSecs" | "isReencoded">;

function plain({ nodeId, inputName, slotLabel, text }: PromptSnapshot): JsonValue {
  return { nodeId, inputName, slotLabel, text };
}
