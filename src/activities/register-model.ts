import { createHash } from 'node:crypto';
import { toCanonicalJson } from '../artifacts/canonical-json.js';
import type { RegisterModelInput, RegisterModelResult } from '../contract/activities.js';
import { RecetaError } from '../contract/errors.js';
import type { ModelVersionRef } from '../contract/run-status.js';
import { describeInputs } from '../features/describe-inputs.js';
import { toLabel } from '../features/labels.js';
import { mergeInputs } from '../features/merge-inputs.js';
import { parseFeatureProgram } from '../features/parse-feature-program.js';
import { parseModelDocument } from '../learning/model/model-document.js';
import type { ModelArtifacts } from '../registry/model-version.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';

/**
 * Registers the trained model as the next immutable version. The very same model is registered once: a later run
 * gets the version that an earlier one made, and a repeated attempt the version of its own run.
 */
export function registerModel(
  deps: ActivityDependencies,
  input: RegisterModelInput,
): Promise<RegisterModelResult> {
  const { runId, modelName, trained, evaluated } = input;
  return runAttempt(deps, { runId, step: 'register' }, async (attempt) => {
    const { model, weights } = trained;
    const { golden, report, modelCard } = evaluated;
    const artifacts: ModelArtifacts = { model, weights, golden, report, modelCard };
    const result = await runCached<{ version: ModelVersionRef }>(
      deps,
      attempt,
      {
        of: input,
        step: 'register',
        inputs: { ...artifacts },
        parameters: { modelName },
        findFault: ({ version }) => findFault(deps, version, artifacts),
      },
      async () => ({ version: await register(deps, attempt, input, artifacts) }),
    );
    attempt.log.info(`${modelName} version ${result.version.version}`);
    return result;
  });
}

async function register(
  deps: ActivityDependencies,
  { signal }: Attempt,
  input: RegisterModelInput,
  artifacts: ModelArtifacts,
): Promise<ModelVersionRef> {
  const { runId, modelName, trained, evaluated, dataset, plan, startedAt } = input;
  const document = parseModelDocument(await deps.artifacts.getBytes(trained.model));
  const inputs = mergeInputs(document.programs.map(parseFeatureProgram));
  const { target } = inputs;
  // After this point the version exists, so a cancelled run must not get past it.
  signal.throwIfAborted();
  const { version } = await deps.registry.register(
    {
      model: modelName,
      runId,
      pipeline: plan.name,
      task: document.task,
      target: plan.target,
      artifacts,
      metrics: evaluated.metrics,
      baseline: evaluated.baseline,
      datasetSha256: dataset.sha256,
      planSha256: createHash('sha256').update(toCanonicalJson(plan)).digest('hex'),
      backend: trained.backend,
      members: trained.members,
      platformKey: trained.platformKey,
      inputs: describeInputs(inputs),
      classes:
        target.task === 'classification'
          ? target.classes.map((_, index) => toLabel(target, index))
          : null,
    },
    Date.parse(startedAt),
  );
  return { model: modelName, version };
}

/** A stored version counts only if the registry has it, made of the same artifacts. */
async function findFault(
  { registry }: ActivityDependencies,
  { model, version }: ModelVersionRef,
  artifacts: ModelArtifacts,
): Promise<string | null> {
  try {
    const registered = await registry.getVersion(model, version);
    const names = ['model', 'weights', 'golden', 'report', 'modelCard'] as const;
    const isSame = names.every(
      (name) => registered.artifacts[name].sha256 === artifacts[name].sha256,
    );
    return isSame ? null : `version ${version} of ${model} is another model now`;
  } catch (error) {
    const isGone = error instanceof RecetaError && error.kind === 'not-found';
    if (isGone) return `version ${version} of ${model} is gone`;
    throw error;
  }
}
