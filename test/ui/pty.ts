import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** A program that gives another one a terminal of its own. */
interface Pty {
  readonly words: (
    command: readonly string[],
    columns: number,
    rows: number,
  ) => readonly [string, ...string[]];
}

/** Copies between its own streams and the terminal that the command believes to be in. */
const bridge = `
import fcntl, os, pty, select, struct, sys, termios
columns, rows, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
    os.execvp(command[0], command)
watched = [0, fd]
while fd in watched:
    for ready in select.select(watched, [], [])[0]:
        try:
            data = os.read(ready, 65536)
        except OSError:
            data = b''
        if not data:
            watched.remove(ready)
        elif ready == 0:
            os.write(fd, data)
        else:
            os.write(1, data)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

const python: Pty = {
  words: (command, columns, rows) => ['python3', '-c', bridge, String(columns), String(rows), ...command],
};

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** That of util-linux; others take other options. */
const script: Pty = {
  words: (command, columns, rows) => {
    const line = `stty cols ${columns} rows ${rows}; exec ${command.map(quoted).join(' ')}`;
    return ['script', '-qec', line, '/dev/null'];
  },
};

/** The one that is there; null where there is none. */
export function findPty(): Pty | null {
  const works = (program: string, ...args: readonly string[]) =>
    spawnSync(program, args, { encoding: 'utf8' });
  if (works('python3', '-c', 'import pty, sys; sys.exit(sys.version_info < (3, 9))').status === 0)
    return python;
  return /util-linux/.test(works('script', '--version').stdout ?? '') ? script : null;
}

/** Starts a command in a terminal of a size. */
export function startIn(
  pty: Pty,
  command: readonly string[],
  {
    columns,
    rows,
    ...options
  }: {
    readonly columns: number;
    readonly rows: number;
    readonly cwd: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  },
): ChildProcess {
  const [program, ...args] = pty.words(command, columns, rows);
  return spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
}
