/** One thing that made an output. */
export interface NamedValue {
  /** The same for the same thing in another output of the workflow. */
  key: string;
  label: string;
  value: string;
}
