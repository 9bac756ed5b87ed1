import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { endWithMessage } from './setup/end-with-message.mjs';
import { setUp } from './setup/set-up.mjs';

export { describeParts } from './setup/describe-parts.mjs';
export { setUp };

const usage = `Usage: node tools/setup.mjs [--for demo|test] [--quiet]

Provides everything Receta needs: npm packages, the TensorFlow library and its addon, the LightGBM
library, the Temporal server, MinIO, and the compiled program. What is there is used, so it may be repeated and interrupted at any time.
`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();

async function main() {
  const { values, error } = parse();
  if (error !== undefined || (values.for && !['run', 'demo', 'test'].includes(values.for))) {
    process.stderr.write(
      `${error ?? `--for is "${values.for}"; it takes demo or test.`}\n\n${usage}`,
    );
    process.exitCode = 2;
    return;
  }
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  try {
    const purpose = /** @type {import('./setup/types.js').Purpose} */ (values.for ?? 'run');
    await setUp({ purpose, quiet: values.quiet === true });
  } catch (failure) {
    endWithMessage(failure);
  }
}

function parse() {
  try {
    const { values } = parseArgs({
      options: {
        for: { type: 'string' },
        quiet: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return { values, error: undefined };
  } catch (error) {
    return { values: {}, error: /** @type {Error} */ (error).message };
  }
}
