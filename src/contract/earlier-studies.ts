import type { GivenTrial } from './activities.js';

/** What a finished study leaves for later ones of its pipeline. */
export interface EarlierStudy {
  /** Equal studies have equal keys: nothing is learned from doing the same again. */
  readonly studyKey: string;
  /** Of what was learned, and from which columns. */
  readonly schemaSha256: string;
  /** The best settings, the best one first. */
  readonly trials: readonly GivenTrial[];
}

/** Stored for each pipeline, and once more for each run as it was when the run began; the newest one first. */
export interface EarlierStudies {
  readonly format: 'receta-earlier-studies/1';
  readonly studies: readonly EarlierStudy[];
}
