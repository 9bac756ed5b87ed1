/** Task queues by what the work needs: `pipeline` is light, `data` moves and queries bytes, `train` computes. */
export const taskQueues = ['pipeline', 'data', 'train'] as const;

export type TaskQueue = (typeof taskQueues)[number];
