import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { sentence } from "#lib/format.ts";
import { showValue } from "#lib/show-value.ts";
import { Panel } from "#ui/panel.tsx";
import { Table, Td, Th } from "#ui/table.tsx";

const ParameterTableFields = graphql(`
  fragment ParameterTable on Workflow {
    id
    parameters {
      key
      label
      type
      default
      min
      max
      options
      bindings {
        nodeId
        inputName
      }
      ui {
        group
        order
      }
    }
  }
`);

export function ParameterTable(props: { workflow: FragmentType<typeof ParameterTableFields> }) {
  const { parameters } = readFragment(ParameterTableFields, props.workflow);
  if (parameters.length === 0) {
    return (
      <Panel title="Parameters">
        <p className="text-ink-2">No settings were found in the graph.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Parameters">
      <Table label="Parameters">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Type</Th>
            <Th>Default</Th>
            <Th>Allowed</Th>
            <Th>Goes to</Th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((parameter) => (
            <tr key={parameter.key}>
              <Td>
                <span className="font-medium">{parameter.label}</span>
                <code className="block font-mono text-sm text-ink-3">{parameter.key}</code>
              </Td>
              <Td>{sentence(parameter.type)}</Td>
              <Td className="max-w-56 truncate">{showValue(parameter.default) || "–"}</Td>
              <Td>{allowed(parameter)}</Td>
              <Td className="font-mono text-sm text-ink-2">
                {parameter.bindings.map((binding) => (
                  <span
                    key={`${binding.nodeId}.${binding.inputName}`}
                    className="block"
                  >{`${binding.nodeId}.${binding.inputName}`}</span>
                ))}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function allowed({
  type,
  min,
  max,
  options,
}: {
  type: string;
  min?: number | null;
  max?: number | null;
  options?: string[] | null;
}): string {
  if (options) return options.length > 4 ? `${options.length} choices` : options.join(", ");
  if (type === "SEED" || (min == null && max == null)) return "–";
  return `${min ?? "…"} to ${max ?? "…"}`;
}
