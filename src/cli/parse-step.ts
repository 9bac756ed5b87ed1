import { InvalidArgumentError } from 'commander';
import { type StepName, stepNames } from '../contract/steps.js';
import { suggestKey } from '../pipeline/suggest-key.js';

/** Reads the name of a step from the command line. */
export function parseStep(text: string): StepName {
  const step = stepNames.find((name) => name === text);
  if (step !== undefined) return step;
  const meant = suggestKey(text, stepNames);
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  throw new InvalidArgumentError(
    `There is no such step.${hint} The steps are ${stepNames.join(', ')}.`,
  );
}
