import type { ExitCode } from './exit-code.ts';
import { listenForInterrupts } from './interrupt.ts';
import type { ProcessEdge } from './process-edge.ts';
import { beginning, fail, run } from './run.ts';
import { unwritable, wholeOutput } from './whole-output.ts';

/** Runs the command line on this process. A reader that went away (`| head`) ends nothing: what is under way is finished. */
export async function main(args: readonly string[], version: string, home: URL): Promise<ExitCode> {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw unwritable(error);
    });
  const interrupt = listenForInterrupts((text) => process.stderr.write(text));
  const { stdout, stderr, env } = process;
  try {
    const edge: ProcessEdge = {
      // Opened only when something is asked.
      get stdin() {
        return process.stdin;
      },
      stdout: wholeOutput(stdout),
      stderr,
      variables: env,
      cwd: process.cwd(),
      now: () => new Date(),
      version,
      home,
    };
    const progress = beginning();
    // What is thrown outside of every promise is a bug, and is told like one.
    process.on('uncaughtException', (thrown) => process.exit(fail(thrown, args, edge, interrupt, progress)));
    return await run(args, edge, interrupt, progress);
  } finally {
    interrupt.over();
  }
}
