import { createHash } from 'node:crypto';
import { toCanonicalJson } from '../artifacts/canonical-json.js';
import type { RegisterModelInput } from '../contract/activities.js';
import type { ModelVersionRef } from '../contract/run-status.js';
import { describeInputs } from '../features/describe-inputs.js';
import { toLabel } from '../features/labels.js';
import { parseFeatureProgram } from '../features/parse-feature-program.js';
import { parseModelDocument } from '../learning/model-document.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { runAttempt } from './run-attempt.js';

/** Registers the trained model as the next immutable version; a repeated attempt finds the version it made. */
export function registerModel(
  deps: ActivityDependencies,
  input: RegisterModelInput,
): Promise<ModelVersionRef> {
  const { runId, modelName, trained, evaluated, dataset, plan, startedAt } = input;
  return runAttempt(deps, { runId, step: 'register' }, async ({ signal, log }) => {
    const document = parseModelDocument(await deps.artifacts.getBytes(trained.model));
    const features = parseFeatureProgram(document.features);
    const { target } = features;
    // After this point the version exists, so a cancelled run must not get past it.
    signal.throwIfAborted();
    const { version } = await deps.registry.register(
      {
        model: modelName,
        runId,
        pipeline: plan.name,
        task: document.task,
        target: plan.target,
        artifacts: {
          model: trained.model,
          weights: trained.weights,
          golden: evaluated.golden,
          report: evaluated.report,
        },
        metrics: evaluated.metrics,
        baseline: evaluated.baseline,
        datasetSha256: dataset.sha256,
        planSha256: createHash('sha256').update(toCanonicalJson(plan)).digest('hex'),
        backend: trained.backend,
        platformKey: trained.platformKey,
        inputs: describeInputs(features),
        classes:
          target.task === 'classification'
            ? target.classes.map((_, index) => toLabel(target, index))
            : null,
      },
      Date.parse(startedAt),
    );
    log.info(`${modelName} version ${version}`);
    return { model: modelName, version };
  });
}
