import { fileURLToPath, pathToFileURL } from 'node:url';
import { runChecks } from './check/run-checks.mjs';

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  process.exitCode = (await runChecks(root)).length === 0 ? 0 : 1;
}
