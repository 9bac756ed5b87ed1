import { toCardNumber, toMarkdownText, toPercent } from './markdown.js';
import { metricDirections } from './metric-directions.js';
import type { ModelCardFacts } from './model-card-facts.js';

/** A class of fewer test rows has scores that say little. */
const fewRows = 30;

/** What nobody should expect of a model, each as a sentence of Markdown. */
export function describeLimits(facts: ModelCardFacts): string[] {
  return [
    ...limitsOfTarget(facts),
    ...limitsOfScores(facts),
    'It learned from rows like those of its data set. For other rows, and once the world has changed, these scores say nothing.',
    'Importance tells what the model depends on, and not what causes the target.',
  ];
}

function limitsOfTarget({ target }: ModelCardFacts): string[] {
  if (target.task === 'regression') {
    return [
      `It never answers less than ${toCardNumber(target.min)} or more than ${toCardNumber(target.max)}, the range of its train part.`,
    ];
  }
  const rarest = Math.min(...target.priors);
  const name = target.classes[target.priors.indexOf(rarest)] ?? '';
  return [
    `It knows no other classes than these; the rarest, ${toMarkdownText(name)}, has ${toPercent(rarest)} of the train part.`,
  ];
}

function limitsOfScores({ report }: ModelCardFacts): string[] {
  const limits: string[] = [];
  const lost = metricsNotAboveDummy(report);
  if (lost.length > 0) {
    limits.push(`It is not surely better than the dummy by ${lost.join(', ')}.`);
  }
  if (report.task === 'classification') {
    const rare = report.classes.filter(({ rows }) => rows < fewRows);
    if (rare.length > 0) {
      const named = rare.map(({ label, rows }) => `${toMarkdownText(label)} (${rows})`).join(', ');
      limits.push(`Scores of classes with few test rows are uncertain: ${named}.`);
    }
  }
  return limits;
}

/** Metrics whose interval reaches the dummy's figure. */
function metricsNotAboveDummy({ intervals, baseline }: ModelCardFacts['report']): string[] {
  return Object.entries(metricDirections).flatMap(([name, direction]) => {
    const key = name as keyof typeof metricDirections;
    const [interval, dummy] = [intervals[key], baseline[key]];
    if (interval === undefined || dummy === undefined) return [];
    const isBetter = direction === 'higher' ? interval.low > dummy : interval.high < dummy;
    return isBetter ? [] : [name];
  });
}
