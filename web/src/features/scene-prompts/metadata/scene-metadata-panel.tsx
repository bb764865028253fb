"use client";

import { Ellipsis, FileDown, FileUp } from "lucide-react";
import { Editable } from "#ui/editable.tsx";
import { toast } from "#ui/toast.tsx";
import { LoraList } from "#features/scene-prompts/metadata/lora-list.tsx";
import { ImportSceneMetadata, SceneMetadataFields } from "#features/scene-prompts/metadata/metadata-operations.ts";
import { PoseFields } from "#features/scene-prompts/metadata/pose-fields.tsx";
import { useJsonFile } from "#features/scene-prompts/use-json-file.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { download } from "#lib/download.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { DropdownMenu, MenuItem } from "#ui/dropdown-menu.tsx";
import { Panel } from "#ui/panel.tsx";

/** Pose, mask, depth, size and LoRAs of a scene, with their files. */
export function SceneMetadataPanel(props: { scene: FragmentType<typeof SceneMetadataFields> }) {
  const { id: sceneId, metadata } = readFragment(SceneMetadataFields, props.scene);
  const { run, failure } = useAction(ImportSceneMetadata);
  const { choose, input } = useJsonFile((name, content) => {
    const take = async () => {
      // A list is loras.json, all else is read as pose.json.
      const files = Array.isArray(content) ? { loras: content } : { pose: content };
      if (await run({ input: { sceneId, ...files } })) toast.success(`${name} is imported`);
    };
    void take();
  });
  const save = (name: string, content: unknown) => download(name, `${JSON.stringify(content, null, 2)}\n`);
  return (
    <Panel
      title="Rendered with"
      actions={
        <>
          <Button needs="CREATOR" size="sm" onClick={choose}>
            <FileUp aria-hidden />
            Import a file
          </Button>
          <DropdownMenu
            trigger={
              <Button aria-label="Export pose and LoRAs" size="icon" variant="quiet">
                <Ellipsis aria-hidden />
              </Button>
            }
          >
            <MenuItem icon={<FileDown />} onSelect={() => save("pose.json", metadata.poseFile)}>
              Export pose.json
            </MenuItem>
            <MenuItem icon={<FileDown />} onSelect={() => save("loras.json", metadata.loraFile)}>
              Export loras.json
            </MenuItem>
          </DropdownMenu>
        </>
      }
    >
      {input}
      <Editable needs="CREATOR">
        <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <PoseFields
            sceneId={sceneId}
            poseName={metadata.poseName ?? ""}
            maskType={metadata.maskType ?? ""}
            depthType={metadata.depthType ?? ""}
            resolution={metadata.resolution ?? null}
          />
          <LoraList sceneId={sceneId} loras={metadata.loras} />
        </div>
      </Editable>
      <div className="mt-3 empty:hidden">
        <FailureNotice failure={failure} />
      </div>
    </Panel>
  );
}
