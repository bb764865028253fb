/** What domains below the queue may ask of it; the queue's own code fills it in at composition. */
export interface RunQueue {
  /** Gives pending runs to machines that are free. */
  dispatch(): Promise<void>;
  /** Puts the runs under way on a machine back to pending, for when it is removed. */
  handBackFrom(machineId: string): Promise<void>;
}
