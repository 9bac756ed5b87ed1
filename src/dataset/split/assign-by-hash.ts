import type { SplitPlan } from '../../contract/pipeline-plan.js';
import type { ColumnInfo } from '../profile/table-profile.js';
import { createAssignment, marks } from './assignment.js';
import { assertClasses } from './class-shares.js';
import { canonicalText, positionOf, selectDigests } from './split-position.js';
import { findSplitColumn, type SplitSource } from './split-source.js';

type HashSplit = Extract<SplitPlan, { readonly type: 'hash' }>;

/** Fractional part of the golden ratio: its multiples spread over [0, 1) more evenly than those of any other number. */
const goldenStep = 0.618033988749895;

/** Assigns each row by its digest, or class by class in the order of first appearance. */
export async function assignByHash(source: SplitSource, split: HashSplit): Promise<void> {
  const keys =
    split.key.length === 0
      ? source.given
      : split.key.map((name) => findSplitColumn(source, name, 'split.key'));
  if (!split.stratify) return assignByDigest(source, split, keys);
  await assertClasses(source);
  return assignByClass(source, split, keys);
}

function assignByDigest(
  source: SplitSource,
  split: HashSplit,
  keys: readonly ColumnInfo[],
): Promise<void> {
  const digests = selectDigests(source.sql, keys, split.seed, { known: source.isKnown });
  return createAssignment(
    source.session,
    `SELECT ${foldOf(split)} AS fold, ${split.folds ?? 1} AS trains
     FROM (SELECT known, ${positionOf('digest', 'side')} AS side, ${positionOf('digest', 'fold')} AS place
       FROM (${digests}))`,
  );
}

/**
 * Deals out each class by itself. The n-th different row (or key) of a class stands at the fractional part of
 * start + n * goldenStep, with a start that depends on seed and class: any number of rows from the first on is spread
 * evenly, so every class has nearly the asked fractions, and rows that are added at the end move nobody. The rows
 * beside the test part are dealt into folds in the same way.
 */
function assignByClass(
  source: SplitSource,
  split: HashSplit,
  keys: readonly ColumnInfo[],
): Promise<void> {
  const { seed } = split;
  const digests = selectDigests(source.sql, keys, seed, {
    known: source.isKnown,
    class: canonicalText(source.target),
  });
  const startOf = (purpose: string): string =>
    positionOf(`md5('${seed};${purpose};' || class)`, 'side');
  const spread = (purpose: string, number: string): string =>
    `(${startOf(purpose)} + (${number} - 1) * ${goldenStep}) % 1`;
  return createAssignment(
    source.session,
    `WITH rows_of AS (SELECT row_number() OVER () AS row, known, class,
         CASE WHEN known THEN md5_number(digest) END AS unit FROM (${digests})),
       units AS (SELECT unit, min(row) AS row, arg_min(class, row) AS class FROM rows_of WHERE known GROUP BY unit),
       sided AS (SELECT *, ${spread('side', 'row_number() OVER (PARTITION BY class ORDER BY row)')} AS side FROM units),
       placed AS (SELECT unit, side,
           ${spread('fold', `row_number() OVER (PARTITION BY class, side < ${developmentShare(split)} ORDER BY row)`)} AS place
         FROM sided)
     SELECT ${foldOf(split)} AS fold, ${split.folds ?? 1} AS trains
     FROM rows_of LEFT JOIN placed ON rows_of.unit = placed.unit ORDER BY row`,
  );
}

/** SQL of the fold of a row that is `known` or not, from its places `side` and `place` in [0, 1). */
function foldOf(split: HashSplit): string {
  const development =
    split.folds === null
      ? `CASE WHEN side < ${split.train} THEN ${marks.trainOnly} ELSE 0 END`
      : `floor(place * ${split.folds})`;
  return `CASE WHEN NOT known THEN ${marks.noTarget} WHEN side < ${developmentShare(split)} THEN ${development}
    ELSE ${marks.test} END`;
}

function developmentShare({ train, validation }: HashSplit): number {
  return train + validation;
}
