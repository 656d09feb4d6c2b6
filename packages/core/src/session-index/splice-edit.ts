/** Cuts `remove` bytes at byte offset `at` and puts the UTF-8 text `insert` there. Sorted by `at`, never overlapping. */
export interface SpliceEdit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}
