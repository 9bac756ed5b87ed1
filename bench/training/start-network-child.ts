import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { trainingEnvironment } from '../../src/learning/process/training-environment.js';
import type { NetworkAnswer, NetworkQuestion } from './network-child.js';

export interface NetworkChild {
  train(question: NetworkQuestion): Promise<NetworkAnswer>;
  stop(): Promise<void>;
}

/** A process with the environment of a training process: one thread. */
export function startNetworkChild(env: NodeJS.ProcessEnv): NetworkChild {
  const child = fork(fileURLToPath(new URL('./network-child.js', import.meta.url)), {
    env: { ...env, ...trainingEnvironment },
  });
  const ended = once(child, 'exit');
  return {
    train: async (question) => {
      const answer = once(child, 'message');
      child.send(question);
      const died = ended.then(([code]) => Promise.reject(new Error(`it ended with ${code}`)));
      const [message] = await Promise.race([answer, died]);
      return message;
    },
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}
