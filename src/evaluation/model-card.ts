import { toCardNumber, toMarkdownTable, toMarkdownText, toPercent } from './markdown.js';
import type { MetricName } from './metric-directions.js';
import type { CardMember, ModelCardFacts } from './model-card-facts.js';
import { describeLimits } from './model-card-limits.js';

/** Columns named in the table of importance; the others are of little. */
const shownColumns = 20;

/** Features named of each member. */
const shownFeatures = 5;

/**
 * Tells people what a model is, how it was made and what it is worth, after Mitchell and others, "Model cards for model
 * reporting" (2019). Equal facts give equal text.
 *
 * @returns Markdown
 */
export function writeModelCard(facts: ModelCardFacts): string {
  const sections = [
    `# Model card: ${toMarkdownText(facts.target.name)}`,
    describeTask(facts),
    '## Model',
    describeModel(facts),
    '## Scores on the test part',
    describeScores(facts),
    '## What it looks at',
    describeImportance(facts),
    '## Data',
    describeInputs(facts),
    '## Limits',
    describeLimits(facts)
      .map((limit) => `- ${limit}`)
      .join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function describeTask({ target, modelSha256, testSha256 }: ModelCardFacts): string {
  const what =
    target.task === 'classification'
      ? `It answers one of ${target.classes.length} classes of ${toMarkdownText(target.name)}, with probabilities: ` +
        `${target.classes.map(toMarkdownText).join(', ')}.`
      : `It answers the number ${toMarkdownText(target.name)}, between ${toCardNumber(target.min)} and ${toCardNumber(target.max)}` +
        `${target.transform === 'none' ? '' : `, learned after the transform ${target.transform}`}.`;
  return `${what}\n\nModel \`${modelSha256.slice(0, 12)}\`, test part \`${testSha256.slice(0, 12)}\`.`;
}

const kinds = {
  single: 'One trained model answers.',
  bag: 'Models of one kind, each trained on other folds, answer together: the weighted mean counts.',
  ensemble:
    'Several trained models answer together: the weighted mean counts, chosen because it won on validation rows.',
} as const;

function describeModel({ kind, calibration, value, members }: ModelCardFacts): string {
  const calibrated =
    calibration === 'none' ? '' : ` Its probabilities are calibrated (${calibration}).`;
  const table = toMarkdownTable(
    ['Model', 'Share', 'Trial', 'Fold', 'Trained by', 'Parameters'],
    members.map((member) => [
      member.model,
      toPercent(member.weight),
      member.trial === null ? 'after the study' : String(member.trial),
      String(member.fold),
      describeBackend(member),
      Object.entries(member.parameters)
        .map(([name, setting]) => toMarkdownText(`${name} ${setting}`))
        .join(', '),
    ]),
  );
  const families = new Map(
    members.map(({ model, title, source }) => [model, `- ${model}: ${title} Source: ${source}.`]),
  );
  return [
    `${kinds[kind]}${calibrated} Objective on validation rows: ${toCardNumber(value)}, lower is better.`,
    table,
    [...families.values()].join('\n'),
  ].join('\n\n');
}

function describeBackend({ backend }: CardMember): string {
  const libraries = Object.entries(backend.versions).map(([name, version]) => `${name} ${version}`);
  return libraries.length === 0 ? backend.name : libraries.join(', ');
}

function describeScores({ report }: ModelCardFacts): string {
  const names = Object.keys(report.metrics).sort() as MetricName[];
  const show = (value: number | undefined) => (value === undefined ? '' : toCardNumber(value));
  const metrics = toMarkdownTable(
    ['Metric', 'Model', '95 % interval', 'Dummy'],
    names.map((name) => {
      const interval = report.intervals[name];
      const range = interval ? `${show(interval.low)} to ${show(interval.high)}` : '';
      return [name, show(report.metrics[name]), range, show(report.baseline[name])];
    }),
  );
  const text = `${report.rows} rows that no training has seen. The dummy looks at no column. Intervals by ${report.resamples} bootstrap resamples.`;
  if (report.task === 'regression') return [text, metrics].join('\n\n');
  const classes = toMarkdownTable(
    ['Class', 'Rows', 'Precision', 'Recall', 'F1'],
    report.classes.map(({ label, rows, precision, recall, f1 }) => {
      return [toMarkdownText(label), String(rows), ...[precision, recall, f1].map(toCardNumber)];
    }),
  );
  return [text, metrics, classes].join('\n\n');
}

function describeImportance({ report: { importance }, members }: ModelCardFacts): string {
  const { metric, rows, repeats, columns } = importance;
  const shown = columns.slice(0, shownColumns);
  const hidden = columns.length - shown.length;
  const text =
    `How much ${metric} rises when a column is shuffled (${rows} test rows, ${repeats} times, mean and standard deviation). ` +
    `Columns that tell the same share their importance.${hidden > 0 ? ` ${hidden} more columns matter less.` : ''}`;
  const table = toMarkdownTable(
    ['Column', `Rise of ${metric}`],
    shown.map(({ column, increase, deviation }) => [
      toMarkdownText(column),
      `${toCardNumber(increase)} ± ${toCardNumber(deviation)}`,
    ]),
  );
  return [text, table, ...describeOwnImportance(members)].join('\n\n');
}

/** What members weigh by the measure of their family; features are named as the model sees them. */
function describeOwnImportance(members: readonly CardMember[]): string[] {
  const lines = members.flatMap(({ model, trial, fold, importance }) => {
    const shares = Object.entries(importance ?? {})
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, shownFeatures);
    if (shares.length === 0) return [];
    const list = shares.map(([name, share]) => `${toMarkdownText(name)} ${toPercent(share)}`);
    const origin = trial === null ? 'after the study' : `trial ${trial}`;
    return [`- ${model} (${origin}, fold ${fold}): ${list.join(', ')}`];
  });
  if (lines.length === 0) return [];
  const text =
    'What members weigh by their own measure, on the rows they learned from (lightgbm: gain of splits, linear: reach of coefficients):';
  return [text, lines.join('\n')];
}

function describeInputs({ inputs, derived }: ModelCardFacts): string {
  const list = (required: boolean) =>
    inputs
      .filter((input) => input.required === required)
      .map(({ name, kind }) => `${toMarkdownText(name)} (${kind})`)
      .join(', ');
  const [needed, passed] = [list(true), list(false)];
  const lines = [`- A row holds: ${needed}.`];
  if (passed !== '') lines.push(`- It may hold, and they are not looked at: ${passed}.`);
  for (const { name, expression } of derived) {
    lines.push(`- Computed: ${toMarkdownText(name)} = ${toMarkdownText(expression)}`);
  }
  return lines.join('\n');
}
