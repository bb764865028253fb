import dynamic from "next/dynamic";

// Loaded when they are first opened.
export const CancelDialog = dynamic(async () => (await import("#features/queue/cancel-dialog.tsx")).CancelDialog);
export const PriorityDialog = dynamic(async () => (await import("#features/queue/priority-dialog.tsx")).PriorityDialog);
