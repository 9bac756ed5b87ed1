import { createKeyParts, toStepKey } from '../cache/key-parts.js';
import type { PromoteModelInput, PromoteModelResult } from '../contract/activities.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { runAttempt } from './run-attempt.js';

/**
 * Points the deploy alias at the version; from then on it answers predictions. What the alias says now decides
 * whether there is something to do, so nothing of an earlier run is taken over.
 */
export function promoteModel(
  deps: ActivityDependencies,
  input: PromoteModelInput,
): Promise<PromoteModelResult> {
  const { runId, version, alias } = input;
  return runAttempt(deps, { runId, step: 'promote' }, async ({ log }) => {
    const { moved, alias: found } = await deps.registry.moveAlias({
      model: version.model,
      alias,
      version: version.version,
      runId,
      reason: 'passed the gates of its run',
    });
    log.info(`${alias} of ${version.model} is version ${version.version}`);
    const parts = createKeyParts({
      step: 'promote',
      part: null,
      inputs: {},
      parameters: { ...version, alias },
      code: deps.code.steps.promote,
    });
    // A repeated attempt finds the move that it made.
    const isOwn = moved || found.runId === runId;
    return {
      moved: isOwn,
      cache: {
        state: isOwn ? 'ran' : 'hit',
        reason: isOwn
          ? `${alias} did not point to this version`
          : `unchanged since ${found.runId ?? found.movedAt}`,
        key: toStepKey(parts),
        parts: await deps.artifacts.putJson(parts),
      },
    };
  });
}
