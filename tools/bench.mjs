import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runAttached } from './run-attached.mjs';
import { endWithMessage } from './setup/end-with-message.mjs';
import { setUp } from './setup/set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name = '', ...args] = process.argv.slice(2);
const names = listBenchmarks();

if (names.includes(name)) {
  try {
    const { env } = await setUp();
    const { compileBench } = await import('./bench/compile-bench.mjs');
    compileBench(root);
    process.exitCode = await runAttached([`dist/bench/${name}.js`, ...args], { cwd: root, env });
  } catch (error) {
    endWithMessage(error);
  }
} else {
  const found = name === '' ? 'No benchmark is named.' : `There is no benchmark "${name}".`;
  process.stderr.write(
    `${found} Usage: npm run bench -- NAME [--quick] [--no-peers]\nBenchmarks: ${names.join(', ')}\n`,
  );
  process.exitCode = 2;
}

/** Every file of bench/ itself is a benchmark, but for those that begin with `bench-`, which they share. */
function listBenchmarks() {
  if (!existsSync(`${root}bench`)) return [];
  return readdirSync(`${root}bench`)
    .filter((file) => /^(?!bench-).+(?<!\.test)\.ts$/.test(file))
    .map((file) => file.slice(0, -'.ts'.length));
}
