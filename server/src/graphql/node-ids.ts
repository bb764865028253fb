import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from "@pothos/core";
import { encodeId } from "#graphql/ids.ts";

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      nodeIds: NodeIdsPlugin<Types>;
    }
  }
}

/** Ids of nodes without a promise for each, which the Relay plugin's own field makes: a page can have a thousand of them. */
class NodeIdsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (field.name !== "id") return field;
    const { pothosOptions } = this.builder.configStore.getTypeConfig(field.parentType);
    const { id } = pothosOptions as { id?: { resolve: (node: unknown) => string } };
    return id ? { ...field, resolve: (node) => encodeId(field.parentType, id.resolve(node)) } : field;
  }
}

/** The plugin's name among the builder's. */
export const nodeIds = "nodeIds";
SchemaBuilder.registerPlugin(nodeIds, NodeIdsPlugin);
