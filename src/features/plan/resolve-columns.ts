import { type Problem, RecetaError } from '../../contract/errors.js';
import type {
  ColumnPlan,
  ColumnRole,
  FeatureKind,
  FeaturePlan,
} from '../../contract/feature-plan.js';
import type { Column, ColumnTable } from '../column-table.js';
import type { UnusedColumn } from '../feature-program.js';
import type { FeatureColumn } from '../fit-column.js';
import { inferKind, possibleKinds } from './infer-kind.js';
import { describeOptionProblem, featureKinds } from './option-rules.js';

export interface ResolvedColumns {
  readonly features: readonly FeatureColumn[];
  /** Columns whose role is not to be learned from. */
  readonly unused: readonly UnusedColumn[];
  readonly weight: string | null;
  readonly warnings: readonly string[];
}

/**
 * Decides role, kind and options of every column: what the plan says of the column, then its defaults for the kind,
 * then what the values look like.
 *
 * @throws RecetaError pipeline-invalid listing every path of the plan that does not fit the table
 */
export function resolveColumns(
  table: ColumnTable,
  target: string,
  plan: FeaturePlan,
): ResolvedColumns {
  const problems = [...findDefaultProblems(plan), ...findNameProblems(table, target, plan)];
  const features: FeatureColumn[] = [];
  const unused: UnusedColumn[] = [];
  const warnings: string[] = [];
  for (const [name, column] of table.columns) {
    if (name === target) continue;
    const columnPlan = planOf(plan, name);
    const role = columnPlan.role ?? 'feature';
    const isOrder = role === 'time' && column.kind !== 'datetime' && columnPlan.kind === undefined;
    if ((role !== 'feature' && role !== 'time') || isOrder) {
      unused.push({ name, kind: column.kind });
      problems.push(...findUnusedProblems(name, role, columnPlan));
      if (isOrder)
        warnings.push(`${name} orders the rows and is no feature; set its kind to make it one`);
      continue;
    }
    const feature = toFeature(name, column, columnPlan, plan);
    problems.push(...findFeatureProblems(feature, columnPlan));
    features.push(role === 'time' ? withoutElapsed(feature) : feature);
  }
  if (problems.length > 0) throw invalid(problems);
  return { features, unused, weight: findWeight(table, plan), warnings };
}

const unsaid: ColumnPlan = { options: {} };

/** A column may bear any name, `constructor` too. */
function planOf(plan: FeaturePlan, name: string): ColumnPlan {
  return (Object.hasOwn(plan.columns, name) ? plan.columns[name] : undefined) ?? unsaid;
}

function toFeature(
  name: string,
  column: Column,
  columnPlan: ColumnPlan,
  plan: FeaturePlan,
): FeatureColumn {
  const kind = columnPlan.kind ?? inferKind(column, Object.keys(columnPlan.options));
  const options = { ...plan.defaults[kind], ...columnPlan.options };
  // findFeatureProblems refuses kinds and options that do not fit, before anything is done with them.
  return { name, kind, column, options } as FeatureColumn;
}

/** What only orders the rows goes on rising after the train part; its repeating parts come again. */
function withoutElapsed(feature: FeatureColumn): FeatureColumn {
  if (feature.kind !== 'datetime') return feature;
  return { ...feature, options: { elapsed: false, ...feature.options } };
}

function findFeatureProblems(feature: FeatureColumn, columnPlan: ColumnPlan): Problem[] {
  const { name, kind, column } = feature;
  const possible = possibleKinds[column.kind];
  if (!possible.includes(kind)) {
    const message =
      `must be ${possible.join(' or ')}, but is ${JSON.stringify(kind)}: the column holds ${column.kind} values; ` +
      'another type takes a CAST in the transform';
    return [toProblem(`features.columns.${name}.kind`, message)];
  }
  return findOptionProblems(`features.columns.${name}`, kind, columnPlan.options);
}

function findOptionProblems(
  path: string,
  kind: FeatureKind,
  options: Readonly<Record<string, unknown>>,
): Problem[] {
  return Object.entries(options).flatMap(([option, value]) => {
    if (value === undefined) return [];
    const message = describeOptionProblem(kind, option, value);
    return message === null ? [] : [toProblem(`${path}.${option}`, message)];
  });
}

function findDefaultProblems(plan: FeaturePlan): Problem[] {
  return Object.entries(plan.defaults).flatMap(([kind, options]) => {
    const path = `features.defaults.${kind}`;
    const known = featureKinds.find((other) => other === kind);
    if (known === undefined) {
      return [toProblem(path, `is no kind of column; kinds are ${featureKinds.join(', ')}`)];
    }
    return findOptionProblems(path, known, { ...options });
  });
}

function findNameProblems(table: ColumnTable, target: string, plan: FeaturePlan): Problem[] {
  const names = [...table.columns.keys()].filter((name) => name !== target);
  return Object.keys(plan.columns).flatMap((name) => {
    const path = `features.columns.${name}`;
    if (name === target) {
      const message = 'is the target; set `task` or `features.target` to say more about it';
      return [toProblem(path, message)];
    }
    // To ignore what is not there does no harm; the checks of the table warn of it.
    if (table.columns.has(name) || plan.columns[name]?.role === 'ignored') return [];
    return [toProblem(path, `is no column of the table; columns are ${names.join(', ')}`)];
  });
}

function findUnusedProblems(name: string, role: ColumnRole, { options }: ColumnPlan): Problem[] {
  const path = `features.columns.${name}`;
  return Object.keys(options).map((option) =>
    toProblem(`${path}.${option}`, `is an option of features, but ${name} has the role ${role}`),
  );
}

function findWeight(table: ColumnTable, plan: FeaturePlan): string | null {
  const names = [...table.columns.keys()].filter((name) => planOf(plan, name).role === 'weight');
  const [first, second] = names;
  if (first === undefined) return null;
  if (second === undefined) return first;
  const message = `is a weight, but ${first} is one already; only one column can say how much a row counts`;
  throw invalid([toProblem(`features.columns.${second}.role`, message)]);
}

function toProblem(path: string, finding: string): Problem {
  return { path, message: `${path} ${finding}` };
}

function invalid(problems: readonly Problem[]): RecetaError {
  const findings = problems.map(({ message }) => message).join('; ');
  return new RecetaError('pipeline-invalid', `cannot build features: ${findings}`, { problems });
}
