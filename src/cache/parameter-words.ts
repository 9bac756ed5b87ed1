/** What a query is called that the pipeline file did not name. */
const onlyQuery = 'result';

/** Says a parameter's path in the words of the pipeline file: `queries[clean].sql` is `transform.clean`. */
export function toParameterWords(path: string): string {
  const query = /^queries\[(?<name>[^\]]*)\]/.exec(path)?.groups?.name;
  if (query !== undefined) {
    return query === '' || query === onlyQuery ? 'transform' : `transform.${query}`;
  }
  return path.replace(/\[\]$/, '');
}
