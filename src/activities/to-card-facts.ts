import type { EvaluateModelInput } from '../contract/activities.js';
import type { ExplainedReport } from '../evaluation/evaluation-report.js';
import type { ModelCardFacts } from '../evaluation/model-card-facts.js';
import { describeInputs } from '../features/describe-inputs.js';
import { familyOf } from '../learning/families.js';
import type { Predictor } from '../serving/predictor.js';

/** Gathers what the model card tells from the model, its training and its evaluation. */
export function toCardFacts({
  trained,
  test,
  predictor,
  report,
}: Pick<EvaluateModelInput, 'trained' | 'test'> & {
  readonly predictor: Predictor;
  readonly report: ExplainedReport;
}): ModelCardFacts {
  const { model, kind, calibration, value, members } = trained;
  return {
    modelSha256: model.sha256,
    testSha256: test.sha256,
    target: predictor.target,
    ...{ kind, calibration, value },
    members: members.map((member) => {
      const { title, source } = familyOf(member.model);
      return { ...member, title, source };
    }),
    inputs: describeInputs(predictor.inputs),
    derived: predictor.inputs.derived,
    report,
  };
}
