import { splitFields } from './split-fields.js';
import { findSplitProblems } from './split-problems.js';

/** How rows are divided into parts. */
export const splitSchema = splitFields.superRefine((split, context) => {
  for (const { path, message } of findSplitProblems(split)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});
