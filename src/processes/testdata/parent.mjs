// A worker in small: runs one child with the behavior and the registry folder given, and prints the child's pid.
import { ProcessRegistry } from '../../../dist/processes/process-registry.js';
import { runChild } from '../../../dist/processes/run-child.js';

const [entry, behavior, registryFolder] = process.argv.slice(2);
await runChild({
  entry,
  label: 'The test child',
  job: { behavior },
  memoryLimitBytes: 2 ** 30,
  deadlineMs: 600_000,
  onMessage: ({ pid }) => console.log(pid),
  registry: new ProcessRegistry(registryFolder),
});
