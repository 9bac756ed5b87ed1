import type { PredictionExample } from '../../client/read-prediction-example.js';
import { defaultAlias } from '../../contract/ids.js';
import type { RunDescription } from '../../contract/run-description.js';
import type { ApiLocation } from '../cli-dependencies.js';
import { createPredictionRequest, type ModelSelector, toCurlLine } from '../prediction-request.js';
import { shellQuote } from '../shell-quote.js';

/** A longer row is nothing to read or to paste. */
const maxRowLength = 2_000;

/**
 * What the user may want to do after a run ended that way, one command or address a line.
 *
 * @param example of a run whose model was promoted, else `null`
 */
export function renderNextSteps(
  run: RunDescription,
  places: { readonly api: ApiLocation; readonly uiUrl: string | null },
  example: PredictionExample | null,
): string[] {
  const lines: string[] = [];
  if (run.model !== null && example !== null) {
    const { model } = run.model;
    const { row, alias } = example;
    const isDefault = alias === defaultAlias;
    const chosen = isDefault ? '' : ` --alias ${alias}`;
    const selector: ModelSelector = isDefault ? { kind: 'default' } : { kind: 'alias', alias };
    const options = { probabilities: false };
    const request = createPredictionRequest(places.api, model, selector, [row], options);
    const written = shellQuote(JSON.stringify(row));
    if (written.length > maxRowLength) {
      const count = Object.keys(row).length;
      lines.push(
        `predict:         receta predict ${model}${chosen} rows.json   (a row has ${count} columns)`,
      );
    } else {
      lines.push(
        `predict:         receta predict ${model}${chosen} --row ${written}`,
        `by HTTP:         ${toCurlLine(request)}`,
      );
    }
  }
  if (run.outcome !== 'succeeded') {
    lines.push(`logs:            receta runs logs ${run.runId}`);
    if (run.outcome !== null) lines.push(`try again:       receta runs retry ${run.runId}`);
  }
  if (places.uiUrl !== null) lines.push(`in Temporal:     ${places.uiUrl}`);
  return lines;
}
