import { createInterface } from 'node:readline';
import { errorProblem, Stop } from '../../model/problem.ts';
import type { ProcessEdge } from '../process-edge.ts';

/** Asks questions one after the other. */
export interface Asking {
  /** Repeats a question until its answer is taken. An empty answer is the usual one, where there is one. */
  readonly ask: (
    question: string,
    usual: string | null,
    take: (text: string) => string | null,
  ) => Promise<string>;
  /** The answer is one of these words. */
  readonly choose: <Word extends string>(
    question: string,
    words: readonly Word[],
    usual: Word,
  ) => Promise<Word>;
  readonly end: () => void;
}

/** Asks on stderr, where the result does not go; the end of the input, or Ctrl-C, is Stop with exit 130: nothing is written yet. */
export function askIn({ stderr, stdin }: Pick<ProcessEdge, 'stdin' | 'stderr'>, stop: AbortSignal): Asking {
  const reader = createInterface({ input: stdin, terminal: false });
  const lines = reader[Symbol.asyncIterator]();
  const close = () => reader.close();
  stop.addEventListener('abort', close);
  const ask: Asking['ask'] = async (question, usual, take) => {
    for (;;) {
      stderr.write(usual === null || usual === '' ? `${question}: ` : `${question} [${usual}]: `);
      const line = stop.aborted ? null : await lines.next();
      if (line === null || line.done === true) {
        stderr.write('\n');
        throw new Stop(130, [errorProblem('INTERRUPTED', 'Interrupted before anything was written.')]);
      }
      const typed = line.value.trim();
      const answer = take(typed === '' && usual !== null ? usual : typed);
      if (answer !== null) return answer;
    }
  };
  return {
    ask,
    choose: async (question, words, usual) => {
      const found = (text: string) => words.find((word) => word === text);
      const answer = await ask(`${question} (${words.join(', ')})`, usual, (text) => found(text) ?? null);
      return found(answer) ?? usual;
    },
    end: () => {
      stop.removeEventListener('abort', close);
      reader.close();
    },
  };
}
