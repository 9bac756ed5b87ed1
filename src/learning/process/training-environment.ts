/** What a training process is started with; native libraries read it before any of our code runs. */
export const trainingEnvironment = {
  // TensorFlow takes its thread counts from the environment alone.
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1',
  // The graph names the oneDNN kernels that it wants; TensorFlow is not to rewrite it by what the machine has.
  TF_ENABLE_ONEDNN_OPTS: '0',
  TF_CPP_MIN_LOG_LEVEL: '3',
  // glibc would hand the memory of each step's arrays back to the system and fetch it again for the next step.
  MALLOC_TRIM_THRESHOLD_: String(256 * 2 ** 20),
  MALLOC_MMAP_THRESHOLD_: String(32 * 2 ** 20),
  MALLOC_TOP_PAD_: String(64 * 2 ** 20),
} as const;
