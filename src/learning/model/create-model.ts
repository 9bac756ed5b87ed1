import { toSha256 } from '../../artifacts/sha256.js';
import { RecetaError } from '../../contract/errors.js';
import type { FeatureProgram } from '../../features/feature-program.js';
import { mergeInputs, type RowInputs } from '../../features/merge-inputs.js';
import { parseFeatureProgram } from '../../features/parse-feature-program.js';
import type { Calibration } from '../calibration/calibration.js';
import { createTargetConverter } from './convert-target.js';
import { createMemberPredictor } from './create-member.js';
import { estimateRowCost } from './estimate-row-cost.js';
import type { MemberPredictor } from './member-predictor.js';
import { decodeMemberTensors } from './member-tensors.js';
import type { ModelDocument } from './model-document.js';

/** A trained model with its tensors, ready to answer. */
export interface LoadedModel {
  readonly programs: readonly FeatureProgram[];
  /** Of all programs together. */
  readonly inputs: RowInputs;
  /** Numbers an answer. */
  readonly outputs: number;
  readonly members: readonly LoadedMember[];
  readonly calibration: Calibration | null;
  /** Rough multiplications an answer. */
  readonly rowCost: number;
}

export interface LoadedMember {
  /** Index of its feature program. */
  readonly program: number;
  readonly weight: number;
  readonly predictor: MemberPredictor;
  /** Brings its answers to the scale of the first program; `null`: they have it. */
  readonly convert: ((answers: Float32Array) => Float32Array) | null;
}

/**
 * Makes a model ready to answer.
 *
 * @param weightsBytes the safetensors file that the document names
 * @throws RecetaError `model-invalid` when the parts do not fit together, `artifact-corrupt` when the weights are no
 *   safetensors file
 */
export function createModel(document: ModelDocument, weightsBytes: Uint8Array): LoadedModel {
  const found = toSha256(weightsBytes);
  if (found !== document.weights.sha256) {
    throw invalid(`its document names the weights ${document.weights.sha256}, found were ${found}`);
  }
  const programs = document.programs.map(parseFeatureProgram);
  const inputs = mergeInputs(programs);
  const { target } = inputs;
  if (target.task !== document.task) throw invalid(`it is a ${document.task} of ${target.name}`);
  const outputs = target.task === 'regression' ? 1 : target.classes.length;
  const tensors = decodeMemberTensors(
    weightsBytes,
    document.members.map(({ prefix }) => prefix),
  );
  const members = document.members.map(({ model, program: index, weight, predictor: spec }, at) => {
    // The document was parsed: it has a program for each member, and there are tensors for each.
    const program = programs[index] as FeatureProgram;
    const predictor = createMemberPredictor(spec, tensors[at] ?? {});
    if (predictor.inputWidth !== program.width) {
      throw invalid(`${model} takes ${predictor.inputWidth} features, but has ${program.width}`);
    }
    if (predictor.outputs !== outputs) {
      throw invalid(`${model} answers ${predictor.outputs} numbers a row and not ${outputs}`);
    }
    // `inputs` are of at least one program.
    const convert = createTargetConverter(program, programs[0] as FeatureProgram);
    return { program: index, weight, predictor, convert };
  });
  const { calibration } = document;
  if (calibration?.kind === 'isotonic' && outputs !== 2) {
    throw invalid(`an isotonic calibration is of two classes, and it has ${outputs}`);
  }
  const costs = document.members.map(({ predictor }, at) =>
    estimateRowCost(predictor, tensors[at] ?? {}),
  );
  const rowCost = costs.reduce((sum, cost) => sum + cost, 0);
  return { programs, inputs, outputs, members, calibration, rowCost };
}

function invalid(found: string): RecetaError {
  return new RecetaError(
    'model-invalid',
    `Using a model: ${found}. The stored model is damaged or of another version; train it again.`,
  );
}
