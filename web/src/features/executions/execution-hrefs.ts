export const executionHref = (id: string): string => `/stories/executions/${encodeURIComponent(id)}`;
export const executionsHref = (branchId: string): string =>
  `/stories/branches/${encodeURIComponent(branchId)}/executions`;
export const startHref = (branchId: string): string => `${executionsHref(branchId)}/new`;
