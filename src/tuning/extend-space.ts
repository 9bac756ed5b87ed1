import { type Problem, RecetaError } from '../contract/errors.js';
import type { ModelName } from '../contract/model-names.js';
import type { Parameters, ParameterValue } from '../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../contract/search-space.js';
import { toSixDigits } from './draw-parameters.js';
import { isStepped, stepCount, valueAtStep } from './space/stepped-range.js';
import { validateParameters } from './validate-parameters.js';

/** Parameters with such names change the feature plan and not the model. */
const featurePrefix = 'features.';

export interface StudySpace {
  readonly space: SearchSpace;
  /** Of every range of the space. */
  readonly defaults: Parameters;
}

/** What one model can be tried with. */
export interface ModelSpace extends StudySpace {
  readonly model: ModelName;
  /** All that the model takes at all. */
  readonly accepted: SearchSpace;
}

/**
 * Puts the ranges of a pipeline file in place of a model's own, or beside them. A range is of this model when its name
 * has none, when it is that of a feature, or when it begins with this model's name. A default that a new range leaves
 * out, and that of a new parameter, is the first choice or the middle of the range.
 *
 * @throws RecetaError `pipeline-invalid` with one problem for each range whose name leads nowhere or whose values the
 *   model does not take
 */
export function extendSpace(family: ModelSpace, ranges: readonly ParameterRange[]): StudySpace {
  const problems: Problem[] = [];
  const additions: ParameterRange[] = [];
  for (const range of ranges) {
    const own = toOwnRange(range, family.model);
    if (own === null) continue;
    const checked = checkRange(own, family.accepted);
    if (typeof checked !== 'string') additions.push(checked);
    else problems.push({ path: `tune.space.${range.name}`, message: `${range.name} ${checked}` });
  }
  if (problems.length > 0) {
    const found = problems.map(({ message }) => message).join('; ');
    throw new RecetaError('pipeline-invalid', `Reading the search space: ${found}.`, { problems });
  }
  const added = new Map(additions.map((range) => [range.name, range]));
  const known = new Set(family.space.map(({ name }) => name));
  return {
    space: [
      ...family.space.map((range) => added.get(range.name) ?? range),
      ...additions.filter(({ name }) => !known.has(name)),
    ],
    defaults: {
      ...family.defaults,
      ...Object.fromEntries(
        additions.map((range) => [range.name, toDefault(range, family.defaults[range.name])]),
      ),
    },
  };
}

/** The range without the model's name; `null`: it is another model's. */
function toOwnRange(range: ParameterRange, model: ModelName): ParameterRange | null {
  if (range.name.startsWith(featurePrefix) || !range.name.includes('.')) return range;
  const prefix = `${model}.`;
  return range.name.startsWith(prefix) ? { ...range, name: range.name.slice(prefix.length) } : null;
}

/** The range as the study takes it, or what is wrong with it. */
function checkRange(range: ParameterRange, accepted: SearchSpace): ParameterRange | string {
  if (range.name.startsWith(`${featurePrefix}target.`)) {
    return 'would change what the objective is measured on, so that trials could not be compared; set it in features.target';
  }
  if (range.name.startsWith(featurePrefix)) return range;
  const limit = accepted.find(({ name }) => name === range.name);
  if (limit === undefined) {
    const names = accepted.map(({ name }) => name).join(', ');
    return `is neither a hyperparameter (${names}) nor a parameter of features (${featurePrefix}defaults..., ${featurePrefix}columns...)`;
  }
  const fitting = limit.kind === 'int' && range.kind === 'float' ? toWholeNumbers(range) : range;
  const problem = decidingValues(fitting).flatMap((value) =>
    validateParameters([limit], { [range.name]: value }),
  )[0];
  return problem === undefined ? fitting : problem.message.slice(range.name.length + 1);
}

/** Values of a range that a family refuses if it refuses any. */
function decidingValues(range: ParameterRange): readonly ParameterValue[] {
  if (range.kind === 'categorical') return range.choices;
  const { low, high } = range;
  const hasSecond = isStepped(range) && stepCount(range) > 1;
  return hasSecond ? [low, valueAtStep(range, 1), high] : [low, high];
}

/** Where the family takes whole numbers only, a range between whole numbers means these. */
function toWholeNumbers(range: ParameterRange & { readonly kind: 'float' }): ParameterRange {
  return { ...range, kind: 'int' };
}

function toDefault(range: ParameterRange, current: ParameterValue | undefined): ParameterValue {
  const fits = current !== undefined && isIn(range, current);
  return fits ? current : middleOf(range);
}

function isIn(range: ParameterRange, value: ParameterValue): boolean {
  return validateParameters([range], { [range.name]: value }).length === 0;
}

function middleOf(range: ParameterRange): ParameterValue {
  // Choices are not empty.
  if (range.kind === 'categorical') return range.choices[0] as ParameterValue;
  if (isStepped(range)) return valueAtStep(range, Math.floor((stepCount(range) - 1) / 2));
  return toSixDigits(range.log ? Math.sqrt(range.low * range.high) : (range.low + range.high) / 2);
}
