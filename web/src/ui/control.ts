/** The look that inputs, textareas and selects share. */
export const control =
  "w-full min-w-0 rounded-md border border-field-line bg-sunken px-2 text-base text-ink transition-colors hover:border-ink-3 disabled:opacity-60 read-only:not-[:is(select,button)]:border-line read-only:not-[:is(select,button)]:text-ink-2 aria-invalid:border-bad [[data-theme=light]_&]:bg-raised";
