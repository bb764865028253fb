import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import { toEdl, toOtio } from "#domains/takes/logic/edit-list.ts";
import { type ProjectClip, type ProjectTimeline, projectTimeline } from "#domains/takes/timeline/timeline.service.ts";
import { takeLoader, TakeType } from "#domains/takes/takes.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";

/** As long as links to files live, in seconds. */
const linkLifetimeSecs = 86_400;

const ClipType = builder.objectRef<ProjectClip>("TimelineClip").implement({
  description: "An approved take in a timeline.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Scene type and character." }),
    filename: t.exposeString("filename", { description: "Its name in the zip's folder media/." }),
    frames: t.exposeInt("frames", { description: "How long it is, in frames of the timeline." }),
    take: t.field({
      type: TakeType,
      description: "The take.",
      resolve: async ({ takeId }, _args, context) => expectLoaded(await takeLoader(context).load(takeId), "The take"),
    }),
    asset: t.field({
      type: AssetType,
      description: "The file.",
      resolve: async ({ assetId }, _args, context) =>
        expectLoaded(await assetLoader(context).load(assetId), "The asset"),
    }),
  }),
});

const TimelineType = builder.objectRef<ProjectTimeline & { projectId: string }>("Timeline").implement({
  description: "A project's approved takes one after another, for an editing program.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "The project's." }),
    fps: t.exposeFloat("fps", { description: "Frames in a second: the first clip's rate." }),
    clips: t.field({ type: [ClipType], description: "By scene type, then character.", resolve: ({ clips }) => clips }),
    otio: t.field({
      type: "JSON",
      description: "As OpenTimelineIO; files are named as in the zip.",
      resolve: (timeline) => toOtio(timeline),
    }),
    edl: t.string({ description: "As an edit list (CMX 3600).", resolve: (timeline) => toEdl(timeline) }),
    zipUrl: t.string({
      description: "All files with their recipes, and the timeline in both forms: signed, valid for a day.",
      resolve: ({ projectId }, _args, { deps }) =>
        deps.signedUrls.sign(`/timelines/${projectId}/timeline.zip`, linkLifetimeSecs),
    }),
  }),
});

builder.queryField("timeline", (t) =>
  t.field({
    type: TimelineType,
    nullable: true,
    description: "A project's approved takes as a timeline, of several for one scene type and character the newest.",
    complexity: { field: 20, multiplier: 100 },
    args: { projectId: t.arg.id({ required: true, description: "The project." }) },
    resolve: async (_root, { projectId }, { deps, viewer }) => {
      if (!viewer) return null;
      const id = requireId("Project", projectId, ["projectId"]);
      return { ...(await projectTimeline(deps, viewer, id)), projectId: id };
    },
  }),
);
