import { defineQuery, setHandler, workflowInfo } from '@temporalio/workflow';
import { progressQueryName } from '../contract/messages.js';
import type { RunProgress } from '../contract/run-status.js';
import type { PipelineWorkflowInput, PipelineWorkflowResult } from '../contract/workflows.js';
import { decideGates } from '../evaluation/decide-gates.js';
import { frameRun } from './frame-run.js';
import { RecipeSteps } from './recipe-steps.js';
import { RunOutputs } from './run-outputs.js';
import { RunTracker } from './run-tracker.js';

const progressQuery = defineQuery<RunProgress>(progressQueryName);

/** One run of a pipeline, from the sources to a promoted model version: the recipe, top to bottom. */
export async function pipelineWorkflow(
  input: PipelineWorkflowInput,
): Promise<PipelineWorkflowResult> {
  const { plan, reproduces } = input;
  const { workflowId: runId, startTime } = workflowInfo();
  const startedAt = startTime.toISOString();
  const tracker = new RunTracker();
  const outputs = new RunOutputs();
  const steps = new RecipeSteps(runId, input, tracker, outputs);
  setHandler(progressQuery, () => tracker.progress);

  return await frameRun({ runId, startedAt, input, tracker, outputs }, async () => {
    const downloaded = await steps.download();
    const validated = await steps.validate(downloaded);
    const transformed = await steps.transform(validated);
    const prepared = await steps.prepare(transformed);
    const study = await steps.tune(prepared);
    const trained = await steps.train(prepared, study);
    const evaluated = await steps.evaluate(prepared, trained);
    if (reproduces !== null) {
      tracker.skipWaiting(`repeats ${reproduces} to compare`);
      return 'succeeded';
    }
    const { version } = await steps.register(trained, evaluated, downloaded.manifest, startedAt);
    const gates = decideGates(plan.gates, evaluated.metrics);
    if (!gates.passed) {
      tracker.skipWaiting(gates.refusals.join('; '));
      return 'rejected';
    }
    await steps.promote(version);
    return 'succeeded';
  });
}
