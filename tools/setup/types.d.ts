/** What the set-up is for; tests always need every part of their own. */
export type Purpose = 'run' | 'demo' | 'test';

export interface Context {
  /** Folder of the project. */
  readonly root: string;
  /** Where native parts are kept between clones. */
  readonly cacheFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly purpose: Purpose;
}

export interface PartState {
  readonly name: string;
  readonly title: string;
  /** `external`: deliberately not ours, e.g. a server that runs elsewhere. */
  readonly state: 'ready' | 'missing' | 'external';
  readonly version: string | null;
  readonly path: string | null;
  /** How it was found, or why it is missing. */
  readonly how: string;
}

export type Finding = Omit<PartState, 'name' | 'title'>;

/** What a part may do while it is being produced. */
export interface Work {
  /** Replaces the text of the part's progress line. */
  update(text: string): void;
  /** Runs a program to its end and returns what it wrote to standard output. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<string>;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
}

export type ToolName = 'npm' | 'go' | 'pip' | 'compiler' | 'make' | 'python';

/** One thing the set-up provides. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** Parts that must be ready before this one is produced. */
  readonly needs: readonly string[];
  /** Parts of one lane are produced one after another, because each would use the whole machine. */
  readonly lane?: string;
  /** Programs needed to produce it. */
  readonly tools: readonly ToolName[];
  /** Free disk space needed to produce it, with what it leaves in caches. */
  readonly diskBytes: number;
  inspect(context: Context): Promise<Finding>;
  /** Makes it ready; may be interrupted at any point and repeated. Returns what was done, in a few words. */
  produce(context: Context, work: Work): Promise<string>;
}
