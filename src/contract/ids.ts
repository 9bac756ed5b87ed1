/** Names of pipelines, models, aliases and schedules: safe in URLs, object keys and workflow ids. */
export const namePattern = /^[a-z][a-z0-9-]{0,62}$/;

/** The alias that pipelines move and predictions use when they name none. */
export const defaultAlias = 'champion';

/** Ids of runs: those that toRunId builds, and those of schedules, to whose name Temporal adds the time. */
export const runIdPattern =
  /^[a-z][a-z0-9-]{0,62}-(?:\d{8}-\d{6}-[a-z0-9]{6}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)$/;

/**
 * Builds a run id that sorts by time and reads well in lists: `penguins-20261123-170812-4f9k2m`.
 *
 * @param random at least 6 characters of [a-z0-9]
 */
export function toRunId(pipeline: string, startedAtMs: number, random: string): string {
  const digits = new Date(startedAtMs).toISOString().replace(/[-:]/g, '').slice(0, 15);
  return `${pipeline}-${digits.replace('T', '-')}-${random.slice(0, 6)}`;
}

/** Workflow id of the study that a run starts as its child. */
export function toStudyId(runId: string): string {
  return `${runId}/study`;
}
