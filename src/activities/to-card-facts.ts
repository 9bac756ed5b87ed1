import type { EvaluateModelInput } from '../contract/activities.js';
import type { ExplainedReport } from '../evaluation/evaluation-report.js';
import type { ModelCardFacts } from '../evaluation/model-card-facts.js';
import { describeInputs } from '../features/describe-inputs.js';
import { familyOf } from '../learning/families.js';
import type { ModelDocument } from '../learning/model/model-document.js';
import type { Predictor } from '../serving/predictor.js';

/** Gathers what the model card tells from the model, its training and its evaluation. */
export function toCardFacts({
  trained,
  test,
  predictor,
  document,
  report,
}: Pick<EvaluateModelInput, 'trained' | 'test'> & {
  readonly predictor: Predictor;
  readonly document: ModelDocument;
  readonly report: ExplainedReport;
}): ModelCardFacts {
  const { model, kind, calibration, value, members } = trained;
  return {
    modelSha256: model.sha256,
    testSha256: test.sha256,
    target: predictor.target,
    ...{ kind, calibration, value },
    // The document lists the members in the same order.
    members: members.map((member, index) => {
      const { title, source } = familyOf(member.model);
      return { ...member, title, source, importance: document.members[index]?.importance ?? null };
    }),
    inputs: describeInputs(predictor.inputs),
    derived: predictor.inputs.derived,
    report,
  };
}
