import { z } from 'zod';
import type { ColumnRole, FeatureKind, TargetPlan } from '../contract/feature-plan.js';
import {
  featureKinds,
  featureOptions,
  findOption,
  kindsWith,
  listOptions,
} from './feature-options.js';
import { columnKey, scalar, wantedSection } from './fields.js';

const roles = [
  'feature',
  'ignored',
  'key',
  'group',
  'time',
  'weight',
] as const satisfies ColumnRole[];
const transforms = [
  'auto',
  'none',
  'log',
  'log1p',
  'sqrt',
  'quantile',
] as const satisfies TargetPlan['transform'][];

/** Options of one kind keep their schema; `impute` is checked once the kind is known. */
function toColumnOption(option: string): z.ZodType {
  const [kind] = kindsWith(option);
  if (option !== 'impute' && kind !== undefined) return findOption(kind, option) ?? z.unknown();
  return scalar
    .exactOptional()
    .describe('What stands for a missing value; as in `features.defaults` of its kind');
}

const columnSchema = z
  .strictObject(
    {
      role: z
        .enum(roles, { error: `${roles.join(', ')}; the key \`target\` names the target` })
        .exactOptional()
        .describe('What the column is for; unset: `feature`'),
      kind: z
        .enum(featureKinds, {
          error: `one of ${featureKinds.join(', ')}`,
        })
        .exactOptional()
        .describe('How the column is understood; unset: decided from its values'),
      ...(Object.fromEntries(
        listOptions().map((option) => [option, toColumnOption(option)]),
      ) as Record<never, z.ZodType>),
    },
    { error: 'a section with role, kind and options of the kind' },
  )
  .superRefine((column, context) => {
    for (const { key, message } of findColumnProblems(column)) {
      context.addIssue({ code: 'custom', path: [key], message });
    }
  });

const defaultsSchema = z.strictObject(
  {
    number: featureOptions.number.exactOptional().describe('Options of all number columns'),
    category: featureOptions.category.exactOptional().describe('Options of all category columns'),
    boolean: featureOptions.boolean.exactOptional().describe('Options of all boolean columns'),
    datetime: featureOptions.datetime
      .exactOptional()
      .describe('Options of all date and time columns'),
    text: featureOptions.text.exactOptional().describe('Options of all text columns'),
  },
  { error: wantedSection },
);

const targetTransform = z.enum(transforms, { error: `one of ${transforms.join(', ')}` });

export const featuresSchema = z.strictObject(
  {
    defaults: defaultsSchema
      .prefault({})
      .describe('Options by kind; unset ones are decided from the data'),
    columns: z
      .record(columnKey, columnSchema, { error: 'a section of columns' })
      .default({})
      .describe('Roles, kinds and options by column'),
    target: z
      .strictObject(
        {
          transform: targetTransform
            .default('auto')
            .describe('What is learned instead of the target itself; regression only'),
        },
        { error: wantedSection },
      )
      .prefault({})
      .describe('How the target is learned'),
  },
  { error: wantedSection },
);

export type FeatureFields = z.output<typeof featuresSchema>;

interface ColumnProblem {
  readonly key: string;
  readonly message: string;
}

function findColumnProblems(column: z.output<typeof columnSchema>): readonly ColumnProblem[] {
  const { role, kind, ...options } = column;
  const names = Object.keys(options);
  if (role !== undefined && role !== 'feature' && role !== 'time') {
    const idle = kind === undefined ? names : ['kind', ...names];
    return idle.map((key) => ({
      key,
      message: `has no meaning for the role ${role}; leave it out`,
    }));
  }
  if (role === 'time' && kind !== undefined && kind !== 'datetime' && kind !== 'number') {
    return [
      {
        key: 'kind',
        message: `is ${kind}, wanted datetime or number, since the column is the time`,
      },
    ];
  }
  if (kind !== undefined) return names.flatMap((name) => describeOption(name, kind, options));
  return findKindless(names, options);
}

/** Without a kind, the options have to agree on one. */
function findKindless(
  names: readonly string[],
  options: Readonly<Record<string, unknown>>,
): ColumnProblem[] {
  let kinds: readonly FeatureKind[] = featureKinds;
  for (const name of names) {
    const fitting = kinds.filter((kind) => findOption(kind, name) !== undefined);
    if (fitting.length === 0) {
      const owners = kindsWith(name).join(' or ');
      const message = `belongs to the kind ${owners}, and other options of the column to ${kinds.join(' or ')}; a column is of one kind`;
      return [{ key: name, message }];
    }
    kinds = fitting;
  }
  const problems = kinds.map((kind) =>
    names.flatMap((name) => describeOption(name, kind, options)),
  );
  return problems.find((found) => found.length === 0) ?? problems[0] ?? [];
}

function describeOption(
  name: string,
  kind: FeatureKind,
  options: Readonly<Record<string, unknown>>,
): ColumnProblem[] {
  const schema = findOption(kind, name);
  if (schema === undefined) {
    const message = `belongs to the kind ${kindsWith(name).join(' or ')}, and the column is ${kind}; the options of ${kind} are ${listOptions([kind]).join(', ')}`;
    return [{ key: name, message }];
  }
  const { error } = schema.safeParse(options[name]);
  if (error === undefined) return [];
  const wanted = error.issues[0]?.message ?? 'another value';
  return [
    {
      key: name,
      message: `is ${JSON.stringify(options[name])}, wanted ${wanted} for the kind ${kind}`,
    },
  ];
}
