import { quoteName } from '../sql/quote.js';
import { marks } from './assignment.js';
import { canonicalText } from './split-position.js';
import { type SplitSource, splitInvalid } from './split-source.js';

/** A class may be this much rarer or more frequent in a part than in the whole table without a warning. */
const tolerance = 0.03;
/** So many standard deviations of the share of a class in rows drawn at random are nothing to speak of either. */
const chanceDeviations = 2.5;
/** A target with more different values has no classes whose shares would be looked at. */
const maxComparedClasses = 20;
/** More classes than this are hardly meant as classes. */
const maxClasses = 100;

/**
 * Refuses to deal out the classes of a target that has none.
 *
 * @throws RecetaError `dataset-invalid`
 */
export async function assertClasses({ session, sql, target }: SplitSource): Promise<void> {
  const { classes } = await session.row<{ classes: number }>(
    `SELECT count(DISTINCT ${canonicalText(target)})::DOUBLE AS classes FROM ${sql}`,
  );
  if (classes <= maxClasses) return;
  throw splitInvalid(
    `stratify deals out each class by itself, but the target '${target.name}' has ${classes} different values, more than ` +
      `the ${maxClasses} that can be classes; leave stratify out.`,
    'split.stratify',
  );
}

interface ClassCount {
  readonly label: string;
  readonly part: string;
  readonly rows: number;
}

/** Sentences on classes whose share in a part differs much from their share in the whole table. */
export async function compareClasses(source: SplitSource): Promise<readonly string[]> {
  const counts = await countClasses(source);
  const labels = new Set(counts.map(({ label }) => label));
  if (labels.size > maxComparedClasses) return [];
  const sum = (holds: (count: ClassCount) => boolean): number =>
    counts.filter(holds).reduce((total, { rows }) => total + rows, 0);
  const total = sum(() => true);
  const sizeOf = (label: string): number => sum((count) => count.label === label);
  const rarestFirst = [...labels].sort((a, b) => sizeOf(a) - sizeOf(b));
  // The share of one of two classes says that of the other.
  const told = labels.size === 2 ? rarestFirst.slice(0, 1) : [...labels];
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return [...new Set(counts.map(({ part }) => part))].flatMap((part) => {
    const partRows = sum((count) => count.part === part);
    return told.flatMap((label) => {
      const share = sum((count) => count.part === part && count.label === label) / partRows;
      const expected = sizeOf(label) / total;
      const chance = Math.sqrt((expected * (1 - expected) * (1 - partRows / total)) / partRows);
      const allowed = Math.max(tolerance, chanceDeviations * chance);
      if (Math.abs(share - expected) <= allowed) return [];
      return [
        `class '${label}' makes up ${percent(share)} of the ${part} part but ${percent(expected)} of all rows`,
      ];
    });
  });
}

/** Train, validation and test part; with folds the development and the test part. */
async function countClasses({ session, sql, target }: SplitSource): Promise<readonly ClassCount[]> {
  const column = `source.${quoteName(target.name)}`;
  const { several } = await session.row<{ several: boolean }>(
    `SELECT approx_count_distinct(${column}) > ${2 * maxComparedClasses} AS several FROM ${sql} AS source`,
  );
  if (several) return [];
  return session.rows<{ label: string; part: string; rows: number }>(
    `SELECT ${column}::VARCHAR AS label, CASE WHEN assignment.fold = ${marks.test} THEN 'test'
         WHEN (SELECT max(fold) FROM assignment) > 0 THEN 'development'
         WHEN assignment.fold = ${marks.trainOnly} THEN 'train' ELSE 'validation' END AS part, count(*)::DOUBLE AS rows
     FROM ${sql} AS source POSITIONAL JOIN assignment WHERE assignment.fold >= ${marks.test}
     GROUP BY ALL ORDER BY part DESC, label`,
  );
}
