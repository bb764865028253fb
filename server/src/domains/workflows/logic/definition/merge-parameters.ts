import type { ParameterBinding, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";

/**
 * The declared parameters, then what was discovered beside them: inputs that a declared one takes are its alone, and a
 * key belongs to the one that was declared. Order in the form follows.
 */
export function mergeParameters(
  declared: readonly WorkflowParameter[],
  discovered: readonly WorkflowParameter[],
): WorkflowParameter[] {
  const taken = new Set(declared.flatMap(({ bindings }) => bindings.map(bindingKey)));
  const keys = new Set(declared.map(({ key }) => key));
  const rest = discovered.flatMap((parameter) => {
    const bindings = parameter.bindings.filter((binding) => !taken.has(bindingKey(binding)));
    const isLeft = parameter.bindings.length === 0 || bindings.length > 0;
    return isLeft && !keys.has(parameter.key) ? [{ ...parameter, bindings }] : [];
  });
  const own = declared.toSorted((a, b) => a.ui.order - b.ui.order);
  return [...own, ...rest].map((parameter, order) => ({ ...parameter, ui: { ...parameter.ui, order } }));
}

const bindingKey = ({ nodeId, inputName }: ParameterBinding): string => JSON.stringify([nodeId, inputName]);
