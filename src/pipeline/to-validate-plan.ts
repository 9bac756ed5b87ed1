import type { ColumnExpectation, OnFail, ValidatePlan } from '../contract/pipeline-plan.js';
import type { ValidateFields } from './validate-schema.js';

/** Spells out what a section `validate` leaves open; checks without words of their own take over its `onFail`. */
export function toValidatePlan({
  onFail,
  rows,
  freshness,
  columns,
  leakage,
}: ValidateFields): ValidatePlan {
  // Checks of whole tables have no rows that could be set aside.
  const tableOnFail: OnFail = onFail === 'quarantine' ? 'stop' : onFail;
  return {
    rows: {
      min: rows?.min ?? null,
      max: rows?.max ?? null,
      onFail: rows?.onFail ?? tableOnFail,
    },
    columns: Object.fromEntries(
      Object.entries(columns).map(([column, fields]) => [column, toExpectation(fields, onFail)]),
    ),
    freshness:
      freshness === undefined
        ? null
        : {
            column: freshness.column,
            maxAgeMs: freshness.maxAge,
            onFail: freshness.onFail ?? tableOnFail,
          },
    leakage,
  };
}

function toExpectation(
  fields: ValidateFields['columns'][string],
  onFail: OnFail,
): ColumnExpectation {
  return {
    type: fields.type ?? null,
    maxNullFraction: fields.nulls ?? null,
    min: fields.min ?? null,
    max: fields.max ?? null,
    values: fields.values ?? null,
    maxUnknownFraction: fields.unknown ?? 0,
    unique: fields.unique ?? false,
    pattern: fields.pattern ?? null,
    minClassFraction: fields.minClassFraction ?? null,
    sensitive: fields.sensitive ?? false,
    onFail: fields.onFail ?? onFail,
  };
}
