/** What a page answers. */
export interface PageAnswer {
  readonly status: number;
  readonly text: string;
}

/** A whole page; title and content are HTML already. */
export const page = (title: string, content = ''): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>
body { font: 16px/1.5 sans-serif; max-width: 44em; margin: 3em auto; padding: 0 1em }
button, input { font: inherit; padding: .3em .6em }
td { padding: 0 1.5em 0 0 }
</style>
<h1>${title}</h1>
${content}
</html>
`;

/** Text as HTML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => entities[each] ?? '');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The headers of every page: it runs no script, is shown in no frame, and sends its forms home only. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
};
