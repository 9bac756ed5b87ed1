import type { ColumnProfile } from './table-profile.js';

const notShown = '(not shown)';

/** What may be told of a column whose values may not: how many there are, are missing, are different. */
export function withoutValues(profile: ColumnProfile): ColumnProfile {
  const { unsafeIntegers, almost } = profile;
  const hide = <Place extends { readonly value: string }>(place: Place): Place => {
    return { ...place, value: notShown };
  };
  return {
    ...profile,
    min: null,
    max: null,
    mean: null,
    std: null,
    quantiles: null,
    histogram: null,
    lengths: null,
    topValues: [],
    unsafeIntegers: unsafeIntegers && { ...unsafeIntegers, example: hide(unsafeIntegers.example) },
    almost: almost && { ...almost, exception: hide(almost.exception) },
    sensitive: true,
  };
}
