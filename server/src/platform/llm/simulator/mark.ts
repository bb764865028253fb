/** Begins every text of the simulator, so that nobody takes it for a model's. */
export const simulatedMark = "[simulated]";
