import { createHash } from 'node:crypto';
import { type Markup, markup, type Piece } from './markup.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** What a page holds. */
export interface Page {
  readonly title: string;
  readonly header: Piece;
  readonly main: Piece;
  readonly footer: Piece;
}

/**
 * A whole document that needs nothing but itself. Its policy lets nothing in and nothing out: no request leaves it, and neither
 * a style nor a script runs but the two that are ours, by their hashes. It reads as well without the script.
 */
export function page({ footer, header, main, title }: Page): string {
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  const { html } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${ours(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
${header}
</header>
<main id="content" tabindex="-1">
${main}
</main>
<footer>
${footer}
</footer>
<script>${ours(script)}</script>
</body>
</html>
`;
  return html;
}

/** Texts of this program that nobody else has a part in. */
const ours = (html: string): Markup => ({ html });

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
