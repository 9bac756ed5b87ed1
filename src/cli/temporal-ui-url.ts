/** Page of a run in Temporal's own UI. */
export function toTemporalUiUrl(uiUrl: string, namespace: string, runId: string): string {
  const base = uiUrl.replace(/\/+$/, '');
  return `${base}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(runId)}`;
}
