import { EyeOff, Pencil } from "lucide-react";
import type { Parameter } from "#features/workflows/parameters/parameter-fields.ts";
import { typeLabel } from "#features/workflows/parameters/parameter-types.ts";
import { plural } from "#lib/format.ts";
import { cn } from "#lib/cn.ts";
import { showValue } from "#lib/show-value.ts";
import { Badge } from "#ui/badge.tsx";

const maxBindings = 3;
const columns = "sm:grid-cols-[minmax(0,2fr)_minmax(0,1.3fr)_minmax(0,1fr)_minmax(0,1.4fr)]";

/** The names of the columns, for eyes; each value says by itself what it is. */
export function ParameterColumns() {
  return (
    <div aria-hidden className="flex gap-2 border-b pb-1 text-sm font-medium text-ink-3 max-sm:hidden">
      <span className="w-6" />
      <div className={cn("grid min-w-0 grow gap-x-4", columns)}>
        <span>Name</span>
        <span>Default</span>
        <span>Allowed</span>
        <span>Goes to</span>
      </div>
      <span className="w-14" />
    </div>
  );
}

/** A parameter in reading form: one line of columns, stacked on phones. */
export function ParameterRow({ parameter }: { parameter: Parameter }) {
  const { label, key, type, ui, bindings, isEdited } = parameter;
  const hidden = bindings.length - maxBindings;
  return (
    <div className={cn("grid min-w-0 grow gap-x-4 gap-y-0.5", columns)}>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium break-words">{label}</span>
          {isEdited && (
            <Badge tone="live">
              <Pencil aria-hidden />
              Edited
            </Badge>
          )}
          {ui.widget === "hidden" && (
            <Badge>
              <EyeOff aria-hidden />
              Hidden
            </Badge>
          )}
        </p>
        <code className="font-mono text-sm break-all text-ink-3">{key}</code>
        {ui.help && <p className="text-sm text-ink-3">{ui.help}</p>}
      </div>
      <p className="min-w-0 truncate" title={showValue(parameter.default)}>
        <span className="mr-1 text-ink-3">{typeLabel(type)}</span>
        {showValue(parameter.default)}
      </p>
      <p className="min-w-0 text-ink-2">
        {allowed(parameter)}
        {ui.visibleWhen && (
          <span className="block text-sm text-ink-3">
            {`when ${ui.visibleWhen.key} is ${showValue(ui.visibleWhen.equals)}`}
          </span>
        )}
      </p>
      <p className="min-w-0 font-mono text-sm text-ink-3 max-sm:hidden">
        {bindings.slice(0, maxBindings).map(({ nodeId, inputName }) => (
          <span key={`${nodeId}.${inputName}`} className="block truncate">{`${nodeId}.${inputName}`}</span>
        ))}
        {hidden > 0 && `and ${plural(hidden, "more input")}`}
      </p>
    </div>
  );
}

function allowed({ type, min, max, options, ui }: Parameter): string {
  if (ui.optionsSource) return `${ui.optionsSource} of the machine`;
  if (options) return options.length > 4 ? plural(options.length, "choice") : options.join(", ");
  if (type === "SEED" || (min == null && max == null)) return "";
  return `${min ?? "…"} to ${max ?? "…"}`;
}
