import type { PromoteModelInput } from '../contract/activities.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { runAttempt } from './run-attempt.js';

/** Points the deploy alias at the new version; from then on it answers predictions. */
export function promoteModel(deps: ActivityDependencies, input: PromoteModelInput): Promise<void> {
  const { runId, version, alias } = input;
  return runAttempt(deps, { runId, step: 'promote' }, async ({ log }) => {
    await deps.registry.moveAlias({
      model: version.model,
      alias,
      version: version.version,
      runId,
      reason: 'passed the gates of its run',
    });
    log.info(`${alias} of ${version.model} is version ${version.version}`);
  });
}
