import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
} from '@temporalio/worker';
import * as activities from './activities.js';

/** Worker process of the orchestration benchmark: `worker.js ADDRESS`; tells its parent when it polls. */
const [address = ''] = process.argv.slice(2);
const logger = new DefaultLogger('ERROR');
Runtime.install({ logger });

const workflowsPath = fileURLToPath(new URL('./workflows.js', import.meta.url));
const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, taskQueue: 'bench', workflowBundle, activities });
process.once('disconnect', () => worker.shutdown());
const run = worker.run();
process.send?.('ready');
await run;
await connection.close();
