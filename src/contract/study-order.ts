/**
 * What a study lets its decisions look at. `arrival`: everything as it is at the moment; a repeated study may come out
 * otherwise. `fixed`: decisions about trial n look at the trials 0 to n - `window` only, so that neither the speed of
 * workers nor their loss can change the list of trials. At most `window` trials (1 or more) are in flight.
 */
export type StudyOrder =
  | { readonly kind: 'arrival' }
  | { readonly kind: 'fixed'; readonly window: number };
