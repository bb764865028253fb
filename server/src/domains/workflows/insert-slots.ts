import { v7 as uuidv7 } from "uuid";
import type { DetectedSlot } from "#domains/workflows/logic/slots.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { PromptSlot } from "#platform/db/generated/client.ts";

/** Graphs of thousands of nodes have thousands of slots: one statement with all of them as JSON takes a tenth of the time. */
export async function insertSlots(
  tx: PrismaTx,
  workflowId: string,
  slots: readonly DetectedSlot[],
): Promise<PromptSlot[]> {
  if (slots.length === 0) return [];
  const rows = JSON.stringify(
    slots.map(({ nodeId, inputName, slotType, label, description, sortOrder }) => ({
      id: uuidv7(),
      node_id: nodeId,
      input_name: inputName,
      slot_type: slotType,
      label,
      description,
      sort_order: sortOrder,
    })),
  );
  return tx.$queryRaw<PromptSlot[]>`
    INSERT INTO prompt_slot (id, workflow_id, node_id, input_name, slot_type, label, description, sort_order, updated_at)
    SELECT id, ${workflowId}::uuid, node_id, input_name, slot_type::"SlotType", label, description, sort_order, now()
    FROM json_to_recordset(${rows}::json) AS slot(id uuid, node_id text, input_name text, slot_type text, label text, description text, sort_order int)
    ORDER BY sort_order
    RETURNING id, workflow_id AS "workflowId", node_id AS "nodeId", input_name AS "inputName", slot_type AS "slotType", label,
      description, sort_order AS "sortOrder", is_user_editable AS "isUserEditable",
      edited_default_text AS "editedDefaultText", created_at AS "createdAt", updated_at AS "updatedAt"`;
}

/** What a version says of its slots; the rows of a version that is known already stay. */
export async function insertSlotTexts(
  tx: PrismaTx,
  versionId: string,
  texts: readonly { slotId: string; defaultText: string | null; isLinked: boolean }[],
): Promise<void> {
  if (texts.length === 0) return;
  const rows = JSON.stringify(
    texts.map(({ slotId, defaultText, isLinked }) => ({
      slot_id: slotId,
      default_text: defaultText,
      is_linked: isLinked,
    })),
  );
  await tx.$executeRaw`
    INSERT INTO prompt_slot_text (version_id, slot_id, default_text, is_linked)
    SELECT ${versionId}::uuid, slot_id, default_text, is_linked
    FROM json_to_recordset(${rows}::json) AS slot_text(slot_id uuid, default_text text, is_linked boolean)
    ON CONFLICT DO NOTHING`;
}
