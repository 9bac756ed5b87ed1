/** Fewer rows leave nothing to learn from after the split. */
export const minRows = 20;
