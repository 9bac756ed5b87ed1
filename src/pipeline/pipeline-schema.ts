import type { z } from 'zod';
import { defaultSourceName } from './defaults.js';
import { pipelineFields } from './pipeline-fields.js';
import { findContradictions } from './rules/find-contradictions.js';

/** The pipeline file: the one description of its keys, types, defaults and meanings. */
export const pipelineSchema = pipelineFields
  .refine((value) => 'source' in value || 'sources' in value, {
    error: 'a path, a URL or a section; or give several, by name, in sources',
    path: ['source'],
    params: { wanted: true },
    when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
  })
  .superRefine((fields, context) => {
    for (const { path, message } of findContradictions(fields)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  })
  .transform(({ source, sources, ...fields }) => ({
    ...fields,
    sources: sources ?? (source === undefined ? {} : { [defaultSourceName]: source }),
  }));

/** A pipeline file with every default filled in. */
export type PipelineFile = Readonly<z.output<typeof pipelineSchema>>;
