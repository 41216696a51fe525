import type { PushType } from '../../model/readiness.ts';
import type { Finding, Judging } from './finding.ts';
import type { Broken } from './wishes.ts';

/** Which types a part of the file is about. */
const typesOf: Readonly<Record<Broken['part'], readonly PushType[]>> = {
  entries: ['bills', 'invoices', 'payments', 'products'],
  products: ['products', 'invoices'],
  lines: ['bills'],
  settings: ['invoices', 'payments', 'products'],
};

/** References of the file that lead nowhere: a plan ends with them, so nothing that the file says comes about. */
export function referenceFindings({ types, wishes }: Judging): readonly Finding[] {
  return wishes.broken.flatMap(({ part, problem }) =>
    typesOf[part]
      .filter((type) => types.includes(type))
      .map((type): Finding => {
        const { file, line, message } = problem;
        const place = file === null ? message : `${file}:${line ?? 1}`;
        return {
          code: 'REFERENCE_BROKEN',
          severity: 'blocks',
          type,
          // No document: they may be in order, it is the file that is not.
          object: place,
          id: place,
          label: place,
          group: problem.message,
          hint: problem.hint,
          filled: false,
          about: null,
        };
      }),
  );
}
