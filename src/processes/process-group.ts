/** Sends a signal to a process group; false when no process of it is left. */
export function signalProcessGroup(groupId: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-groupId, signal);
  } catch {
    return false;
  }
}

/** Asks a process group to end (TERM) and kills it if it is still there after the grace. */
export function endProcessGroup(groupId: number, graceMs = 2_000): { cancel(): void } {
  signalProcessGroup(groupId, 'SIGTERM');
  const timer = setTimeout(() => signalProcessGroup(groupId, 'SIGKILL'), graceMs);
  return { cancel: () => clearTimeout(timer) };
}
