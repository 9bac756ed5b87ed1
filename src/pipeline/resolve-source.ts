import { dirname, resolve } from 'node:path';
import type { SourcePlan } from '../contract/pipeline-plan.js';
import type { PipelineFile } from './pipeline-schema.js';

/** A file on the caller's machine, which the caller has to bring to the store. */
export interface LocalFileSource {
  readonly kind: 'local-file';
  /** Absolute. */
  readonly path: string;
  readonly sha256: string | null;
}

/** For callers that hold the pipeline file: its paths are meant from where it lies. */
export function resolveSource(
  { source }: PipelineFile,
  { pipelinePath }: { readonly pipelinePath: string },
): LocalFileSource | Extract<SourcePlan, { kind: 'url' }> {
  if (source.kind === 'url') return source;
  const path = resolve(dirname(resolve(pipelinePath)), source.path);
  return { kind: 'local-file', path, sha256: source.sha256 };
}

/** For requests over HTTP: paths are meant below the worker's data folder, which checks them. */
export function resolveServiceSource({
  source,
}: PipelineFile): Extract<SourcePlan, { kind: 'url' | 'path' }> {
  return source;
}
