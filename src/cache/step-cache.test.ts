import { describeStepCache } from '../../test/suites/step-cache.testsuite.js';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';

describeStepCache('StepCache in memory', async () => new MemoryObjectStore());
