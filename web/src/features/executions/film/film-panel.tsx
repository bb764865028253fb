"use client";

import { Download } from "lucide-react";
import { useRef } from "react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { formatSeconds, plural } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Button } from "#ui/button.tsx";
import { Stage } from "#ui/media/stage.tsx";
import { Panel } from "#ui/panel.tsx";

const FilmPanelFields = graphql(`
  fragment FilmPanel on Execution {
    id
    status
    frameCount
    durationSecs
    isReencoded
    film {
      id
      ...PictureFields
    }
  }
`);

/** The film, with the player's keys, once there is one. */
export function FilmPanel({ execution }: { execution: FragmentType<typeof FilmPanelFields> }) {
  const { status, film: asset, frameCount, durationSecs, isReencoded } = readFragment(FilmPanelFields, execution);
  const scope = useRef<HTMLDivElement>(null);
  if (!asset) return null;
  const film = toPicture(asset);
  return (
    <Panel
      title="Film"
      actions={
        <Button asChild variant="quiet" size="sm">
          <a href={film.url} download={film.name}>
            <Download aria-hidden />
            Download
          </a>
        </Button>
      }
    >
      {status !== "SUCCEEDED" && (
        <p className="mb-2 text-warn">The former film; it stays until the next one is joined.</p>
      )}
      <div ref={scope} className="h-[min(64dvh,720px)] rounded-md bg-sunken max-sm:h-[48dvh]">
        <Stage key={film.id} pictures={[film]} scope={scope} />
      </div>
      <p className="mt-2 flex flex-wrap gap-x-4 text-ink-2">
        {durationSecs != null && <span>{formatSeconds(durationSecs)}</span>}
        {frameCount != null && <span>{plural(frameCount, "frame")}</span>}
        {film.width && film.height && <span>{`${film.width} × ${film.height}`}</span>}
        {isReencoded != null && (
          <span>{isReencoded ? "encoded again to join the clips" : "joined without encoding again"}</span>
        )}
      </p>
    </Panel>
  );
}
