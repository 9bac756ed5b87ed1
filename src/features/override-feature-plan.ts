import { type Problem, RecetaError } from '../contract/errors.js';
import type { ColumnPlan, FeatureKind, FeaturePlan } from '../contract/feature-plan.js';
import type { Parameters, ParameterValue } from '../contract/run-status.js';
import { describeOptionProblem, featureKinds, kindsWithOption } from './plan/option-rules.js';

/**
 * A feature plan with some of its words replaced, as the parameters of a trial say:
 * `features.defaults.<kind>.<option>`, `features.columns.<column>.<option>`, `features.columns.<column>.kind` and
 * `features.columns.<column>.role` (feature or ignored). The target stays: trials have to be comparable.
 *
 * @throws RecetaError pipeline-invalid listing every path that leads nowhere, and every value that does not fit
 */
export function overrideFeaturePlan(plan: FeaturePlan, overrides: Parameters): FeaturePlan {
  const problems: Problem[] = [];
  let overridden = plan;
  for (const [path, value] of Object.entries(overrides)) {
    const result = override(overridden, path, value);
    if (typeof result === 'string') problems.push({ path, message: `${path} ${result}` });
    else overridden = result;
  }
  if (problems.length === 0) return overridden;
  const findings = problems.map(({ message }) => message).join('; ');
  throw new RecetaError('pipeline-invalid', `cannot set parameters of features: ${findings}`, {
    problems,
  });
}

/** The new plan, or what is wrong. */
function override(plan: FeaturePlan, path: string, value: ParameterValue): FeaturePlan | string {
  const [, section, ...rest] = path.split('.');
  const word = rest.at(-1);
  // A column's name may have dots of its own.
  const name = rest.slice(0, -1).join('.');
  if (path.startsWith('features.') && word !== undefined) {
    if (section === 'defaults') return overrideDefault(plan, { kind: name, option: word, value });
    if (section === 'columns') return overrideColumn(plan, { name, word, value });
  }
  return (
    'is no parameter of features; there are features.defaults.<kind>.<option> and ' +
    'features.columns.<column>.<option>'
  );
}

function overrideDefault(
  plan: FeaturePlan,
  { kind, option, value }: { kind: string; option: string; value: ParameterValue },
): FeaturePlan | string {
  const known = featureKinds.find((other) => other === kind);
  if (known === undefined) return `names no kind of column; kinds are ${featureKinds.join(', ')}`;
  const problem = describeOptionProblem(known, option, value);
  if (problem !== null) return problem;
  const options = { ...plan.defaults[known], [option]: value };
  return { ...plan, defaults: { ...plan.defaults, [known]: options } };
}

function overrideColumn(
  plan: FeaturePlan,
  { name, word, value }: { name: string; word: string; value: ParameterValue },
): FeaturePlan | string {
  const old = (Object.hasOwn(plan.columns, name) ? plan.columns[name] : undefined) ?? {
    options: {},
  };
  const changed = changeColumn(old, word, value);
  if (typeof changed === 'string') return changed;
  return { ...plan, columns: { ...plan.columns, [name]: changed } };
}

function changeColumn(
  column: ColumnPlan,
  word: string,
  value: ParameterValue,
): ColumnPlan | string {
  if (word === 'kind') {
    const kind = featureKinds.find((other) => other === value);
    return kind === undefined
      ? `must be one of ${featureKinds.join(', ')}, but is ${JSON.stringify(value)}`
      : { ...column, kind };
  }
  if (word === 'role') return changeRole(column, value);
  const problem = describeColumnOption(column.kind, word, value);
  return problem ?? { ...column, options: { ...column.options, [word]: value } };
}

/** Other roles decide on which side of a split a row falls, long before a trial. */
function changeRole(column: ColumnPlan, value: ParameterValue): ColumnPlan | string {
  const { role = 'feature' } = column;
  if (role !== 'feature' && role !== 'ignored') return `cannot replace the role ${role} in a trial`;
  if (value === 'feature' || value === 'ignored') return { ...column, role: value };
  return `must be feature or ignored, but is ${JSON.stringify(value)}`;
}

/** Where the kind is not stated, the option must fit one of those that know it; the fit checks the rest. */
function describeColumnOption(
  kind: FeatureKind | undefined,
  option: string,
  value: ParameterValue,
): string | null {
  if (kind !== undefined) return describeOptionProblem(kind, option, value);
  const kinds = kindsWithOption(option);
  const problems = kinds.map((candidate) => describeOptionProblem(candidate, option, value));
  if (problems.length === 0) return 'is no option of any kind of column';
  return problems.includes(null) ? null : (problems[0] ?? null);
}
