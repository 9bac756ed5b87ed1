import type { RunDescription } from '../../contract/run-status.js';

/** What the user may want to do after a run ended that way, one command or address a line. */
export function renderNextSteps(
  run: RunDescription,
  places: { readonly apiUrl: string; readonly uiUrl: string | null },
): string[] {
  const lines: string[] = [];
  if (run.outcome === 'succeeded' && run.model !== null) {
    const { model } = run.model;
    lines.push(`predict:         receta predict ${model} rows.json`);
    lines.push(`predict by HTTP: POST ${places.apiUrl}/v1/models/${model}:predict`);
  }
  if (run.outcome !== 'succeeded') {
    lines.push(`logs:            receta runs logs ${run.runId}`);
    if (run.outcome !== null) lines.push(`try again:       receta runs retry ${run.runId}`);
  }
  if (places.uiUrl !== null) lines.push(`in Temporal:     ${places.uiUrl}`);
  return lines;
}
