"use client";

import { type FormEvent, useState } from "react";
import { toast } from "#ui/toast.tsx";
import { assetKinds } from "#features/settings/asset-kinds.ts";
import {
  ResetRetentionRule,
  RetentionRuleFields,
  SetRetentionRule,
} from "#features/settings/retention/retention-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { plural } from "#lib/format.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const inWords = (days: number | null | undefined): string =>
  days === null || days === undefined ? "kept for ever" : `kept ${plural(days, "day")} after their last job`;

/** The rule of one kind, and how to change it. */
export function RuleRow(props: { rule: FragmentType<typeof RetentionRuleFields> }) {
  const rule = readFragment(RetentionRuleFields, props.rule);
  const { name, what } = assetKinds[rule.kind];
  const [isEditing, setIsEditing] = useState(false);
  const reset = useAction(ResetRetentionRule);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <div className="min-w-0 grow">
        <p>
          <span className="font-medium">{name}</span> <span className="text-ink-2">{inWords(rule.keepDays)}</span>
        </p>
        <p className="text-sm text-ink-3">
          {rule.changedAt ? (
            <>
              Changed <TimeAgo at={rule.changedAt} />; {`the configuration says: ${inWords(rule.configuredDays)}`}
            </>
          ) : (
            `${what.charAt(0).toUpperCase()}${what.slice(1)}; as the configuration says`
          )}
        </p>
        <FailureNotice failure={reset.failure} />
      </div>
      {rule.changedAt && (
        <Button
          variant="quiet"
          isPending={reset.isPending}
          onClick={() => void reset.run({ input: { kind: rule.kind } })}
          aria-label={`Let the configuration say how long ${name.toLowerCase()} are kept`}
        >
          Take back
        </Button>
      )}
      <Button onClick={() => setIsEditing(true)} aria-label={`Change how long ${name.toLowerCase()} are kept`}>
        Change…
      </Button>
      {isEditing && (
        <RuleDialog kind={rule.kind} keepDays={rule.keepDays ?? null} onClose={() => setIsEditing(false)} />
      )}
    </li>
  );
}

interface RuleDialogProps {
  kind: "STAGED" | "OUTPUT";
  keepDays: number | null;
  onClose: () => void;
}

function RuleDialog({ kind, keepDays, onClose }: RuleDialogProps) {
  const name = assetKinds[kind].name;
  const [isForEver, setIsForEver] = useState(keepDays === null);
  const [days, setDays] = useState(String(keepDays ?? 90));
  const { run, isPending, failure } = useAction(SetRetentionRule);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { kind, ...(!isForEver && { keepDays: Number(days) }) } });
    if (!payload) return;
    toast.success(`${name}: ${isForEver ? "kept for ever" : `kept ${plural(Number(days), "day")}`}`);
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`How long ${name.toLowerCase()} are kept`}
      description="Nothing is deleted before the next clean-up."
      className="max-w-md"
    >
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Checkbox label="For ever" checked={isForEver} onCheckedChange={setIsForEver} />
        {!isForEver && (
          <Field
            label="Days"
            help="After the end of the last job that used or made them"
            error={issueFor(failure, "keepDays")}
          >
            <Input
              type="number"
              min={1}
              max={36_500}
              required
              autoFocus
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          </Field>
        )}
        <FailureNotice failure={failure} shownFields={["keepDays"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
