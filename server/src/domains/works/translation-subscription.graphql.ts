import type { Viewer } from "#domains/accounts/viewer.ts";
import { commonBeginning } from "#domains/works/logic/common-beginning.ts";
import { textsOfTranslations } from "#domains/works/translations.loaders.ts";
import { TranslationType } from "#domains/works/translations.graphql.ts";
import { visibleOfChapter, visibleWorks } from "#domains/works/visible-works.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { createSharedLooks } from "#graphql/shared-looks.ts";
import { watchThings } from "#graphql/watch.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { ChapterTranslation } from "#platform/db/generated/client.ts";
import { mapIterator } from "#platform/events/map-iterator.ts";

interface Written {
  translation: ChapterTranslation;
  /** All that is written so far. */
  text: string;
}

const looks = createSharedLooks<Written>(async ({ db }, viewer, id) => {
  const where = { AND: [{ id }, visibleOfChapter(viewer)] };
  const translation = await db.prisma.chapterTranslation.findFirst({ where });
  if (!translation) return null;
  const { rows } = await db.pool.query<{ text: string }>({
    name: "translation-texts",
    text: textsOfTranslations,
    values: [[id]],
  });
  return { translation, text: rows[0]?.text ?? "" };
});

interface TranslationEvent extends Written {
  offset: number;
}

const TranslationEventType = builder.objectRef<TranslationEvent>("ChapterTranslationEvent").implement({
  description: "A translation that came further.",
  fields: (t) => ({
    translation: t.field({
      type: TranslationType,
      description: "The translation as it is now.",
      resolve: ({ translation }) => translation,
    }),
    offset: t.exposeInt("offset", {
      description: "Where `text` belongs, in UTF-16 code units: what the client has from there on is replaced by it.",
    }),
    text: t.string({
      description: "What the translation says from `offset` on. The first event has all of it.",
      resolve: ({ text, offset }) => text.slice(offset),
    }),
  }),
});

builder.subscriptionField("chapterTranslationUpdated", (t) =>
  t.field({
    type: TranslationEventType,
    description:
      "A translation with its text as it is written: first as it is now, then what is new, at most ~10 times a second (coalesced, the last state always delivered).",
    args: { id: t.arg.id({ required: true, description: "Which translation." }) },
    subscribe: async (_root, { id }, { deps, viewer }) => {
      const translationId = requireId("ChapterTranslation", id, ["id"]);
      if (!(await looks.look(deps, viewer as Viewer, translationId)))
        throw new NotFoundError("The translation", ["id"]);
      const states = watchThings(
        [translationId],
        (changed) =>
          deps.bus.subscribe("translation.changed", (event) => {
            looks.forget(deps.bus, event.translationId);
            changed(event.translationId);
          }),
        async (watched) => (await looks.look(deps, viewer as Viewer, watched)) ?? undefined,
        ({ translation, text }) => `${translation.status} ${translation.attempt} ${text.length}`,
      );
      let sent = "";
      return mapIterator(states, ({ translation, text }): Promise<TranslationEvent> => {
        const offset = commonBeginning(sent, text);
        sent = text;
        return Promise.resolve({ translation, text, offset });
      });
    },
    resolve: (event) => event,
  }),
);

builder.subscriptionField("workTranslationUpdated", (t) =>
  t.field({
    type: TranslationType,
    description:
      "Translations of a work's chapters as they come further, each with its state, at most ~10 events a second (coalesced, the last state of each always delivered). Begins with the first change.",
    args: { workId: t.arg.id({ required: true, description: "Which work." }) },
    subscribe: async (_root, args, { deps, viewer }) => {
      const workId = requireId("Work", args.workId, ["workId"]);
      const where = { AND: [{ id: workId }, visibleWorks(viewer)] };
      if ((await deps.db.prisma.work.count({ where })) === 0) throw new NotFoundError("The work", ["workId"]);
      return watchThings(
        null,
        (changed) =>
          deps.bus.subscribe("translation.changed", (event) => {
            if (event.workId !== workId) return;
            looks.forget(deps.bus, event.translationId);
            changed(event.translationId);
          }),
        async (id) => (await looks.look(deps, viewer as Viewer, id))?.translation,
        ({ status }) => status,
      );
    },
    resolve: (translation) => translation,
  }),
);
