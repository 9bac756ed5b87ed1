import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

// Run as a program of its own: the bundler is heavy, and most builds do not need it.
const workflowsPath = fileURLToPath(new URL('../../dist/workflows/index.js', import.meta.url));
const bundlePath = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));

if (!existsSync(workflowsPath)) {
  process.stderr.write(
    'There is nothing to bundle: src/workflows/index.ts, the entry of the workflows, does not exist.\n',
  );
  process.exit(1);
}
const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
writeFileSync(`${bundlePath}.tmp`, code);
renameSync(`${bundlePath}.tmp`, bundlePath);
