/** Ids of the seeded data: global ones for GraphQL, plain ones for SQL. */
export interface ReadIds {
  sceneTypeId: string;
  characterId: string;
  plain: { sceneTypeId: string; characterId: string };
}

export interface ReadOperation {
  name: string;
  query: string;
  variables(ids: ReadIds): Record<string, unknown>;
  /** Answers one row with one column `data`, shaped like the query's answer. */
  sql: string;
  sqlValues(ids: ReadIds): unknown[];
}

export const operations: ReadOperation[] = [
  {
    name: "workflows",
    query: `query { workflows(first: 50) { totalCount nodes { id name category status currentVersion { number contentHash }
      promptSlots { id nodeId inputName label slotType sortOrder defaultText isLinked isUserEditable } } } }`,
    variables: () => ({}),
    sql: `SELECT json_build_object('workflows', json_build_object('totalCount', (SELECT count(*) FROM workflow), 'nodes', (
      SELECT json_agg(w) FROM (
        SELECT w.id, w.name, w.category, w.status,
          json_build_object('number', v.number, 'contentHash', v.content_hash) AS "currentVersion",
          (SELECT json_agg(json_build_object('id', s.id, 'nodeId', s.node_id, 'inputName', s.input_name, 'label', s.label,
            'slotType', s.slot_type, 'sortOrder', s.sort_order, 'defaultText', coalesce(s.edited_default_text, t.default_text),
            'isLinked', t.is_linked, 'isUserEditable', s.is_user_editable) ORDER BY s.sort_order)
           FROM prompt_slot_text t JOIN prompt_slot s ON s.id = t.slot_id WHERE t.version_id = v.id) AS "promptSlots"
        FROM workflow w JOIN workflow_version v ON v.id = w.current_version_id ORDER BY w.id DESC LIMIT 50) w))) AS data`,
    sqlValues: () => [],
  },
  {
    name: "sceneTypes",
    query: `query { sceneTypes(first: 50) { totalCount nodes { id name generationStrategy workflow { id name }
      promptDefaults { id text clipPosition slot { id label } } } } }`,
    variables: () => ({}),
    sql: `SELECT json_build_object('sceneTypes', json_build_object('totalCount', (SELECT count(*) FROM scene_type), 'nodes', (
      SELECT json_agg(st) FROM (
        SELECT st.id, st.name, st.generation_strategy AS "generationStrategy", json_build_object('id', w.id, 'name', w.name) AS workflow,
          (SELECT json_agg(json_build_object('id', d.id, 'text', d.text, 'clipPosition', d.clip_position,
            'slot', json_build_object('id', s.id, 'label', s.label)) ORDER BY s.sort_order)
           FROM scene_prompt_default d JOIN prompt_slot s ON s.id = d.slot_id WHERE d.scene_type_id = st.id) AS "promptDefaults"
        FROM scene_type st JOIN workflow_version v ON v.id = st.workflow_version_id JOIN workflow w ON w.id = v.workflow_id
        ORDER BY st.id DESC LIMIT 50) st))) AS data`,
    sqlValues: () => [],
  },
  {
    name: "resolvePrompts",
    query: `query ($input: ResolvePromptsInput!) { resolvePrompts(input: $input) { nodeId inputName slotLabel slotType baseText resolvedText
      source unresolvedPlaceholders warnings appliedFragments { fragmentId text isInline scope } spans { text layer ref } } }`,
    variables: ({ sceneTypeId, characterId }) => ({ input: { sceneTypeId, characterId } }),
    // Only loads: what the product computes on top (placeholders, spans, warnings) no statement gives.
    sql: `SELECT json_build_object(
      'character', (SELECT json_build_object('name', c.name, 'metadata', c.metadata) FROM "character" c WHERE c.id = $2),
      'slots', (SELECT json_agg(json_build_object('id', s.id, 'nodeId', s.node_id, 'inputName', s.input_name, 'label', s.label,
         'slotType', s.slot_type, 'defaultText', t.default_text) ORDER BY s.sort_order)
        FROM scene_type st JOIN prompt_slot_text t ON t.version_id = st.workflow_version_id JOIN prompt_slot s ON s.id = t.slot_id WHERE st.id = $1),
      'defaults', (SELECT json_agg(json_build_object('slotId', d.slot_id, 'text', d.text)) FROM scene_prompt_default d WHERE d.scene_type_id = $1),
      'overrides', (SELECT json_agg(json_build_object('slotId', o.slot_id, 'scope', o.scope, 'text', o.text, 'fragments', o.fragments))
        FROM prompt_override o WHERE o.scene_type_id = $1 AND o.target_id IN ($2, (SELECT project_id FROM "character" WHERE id = $2)))) AS data`,
    sqlValues: ({ plain }) => [plain.sceneTypeId, plain.characterId],
  },
  {
    name: "queuePage",
    query: `query { jobs(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes { id name status priority progress createdAt startedAt finishedAt
      counts { total pending active canceling succeeded failed canceled } workflow { id name }
      runs(first: 10) { totalCount nodes { id index status attempt progress currentNode seed createdAt finishedAt error { code message } } } } } }`,
    variables: () => ({}),
    sql: `SELECT json_build_object('jobs', json_build_object('totalCount', (SELECT count(*) FROM job), 'nodes', (
      SELECT json_agg(j) FROM (
        SELECT j.id, j.name, j.status, j.priority, j.created_at AS "createdAt", j.started_at AS "startedAt", j.finished_at AS "finishedAt",
          json_build_object('total', j.total, 'pending', j.pending, 'active', j.active, 'canceling', j.canceling,
            'succeeded', j.succeeded, 'failed', j.failed, 'canceled', j.canceled) AS counts,
          json_build_object('id', w.id, 'name', w.name) AS workflow,
          (SELECT json_agg(json_build_object('id', r.id, 'index', r.index, 'status', r.status, 'attempt', r.attempt, 'progress', r.progress,
             'currentNode', r.current_node, 'seed', r.seed, 'createdAt', r.created_at, 'finishedAt', r.finished_at,
             'error', CASE WHEN r.error IS NULL THEN NULL ELSE json_build_object('code', r.error->>'code', 'message', r.error->>'message') END) ORDER BY r.index)
           FROM (SELECT * FROM run WHERE run.job_id = j.id ORDER BY index LIMIT 10) r) AS runs
        FROM job j JOIN workflow_version v ON v.id = j.workflow_version_id JOIN workflow w ON w.id = v.workflow_id
        ORDER BY j.id DESC LIMIT 100) j))) AS data`,
    sqlValues: () => [],
  },
];
