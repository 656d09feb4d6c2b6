/** How long an operation keeps what it retired, unless it is purged by name: 14 days after its end. */
export const trashRetentionMs: number = 14 * 86_400_000;
