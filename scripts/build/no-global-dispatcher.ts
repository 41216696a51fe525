import type { Plugin } from 'esbuild';

/*
 * undici, once loaded, makes itself the dispatcher of the whole process, under a name that Node's own fetch looks at: every fetch of a
 * program that embeds Ledgerform would go another way than before. We give each request its dispatcher, so nothing of that is needed.
 */

const contents = `
let dispatcher;
exports.setGlobalDispatcher = (given) => { dispatcher = given; };
exports.getGlobalDispatcher = () => dispatcher;
exports.installedExports = [];
`;

/** Keeps undici from changing the process that it is loaded into. */
export function noGlobalDispatcher(): Plugin {
  return {
    name: 'no-global-dispatcher',
    setup({ onLoad, onEnd }) {
      let replaced = 0;
      onLoad({ filter: /[\\/]undici[\\/]lib[\\/]global\.js$/ }, () => {
        replaced += 1;
        return { contents, loader: 'js' };
      });
      onEnd(() => {
        if (replaced !== 1) throw new Error('undici has its global dispatcher elsewhere now');
      });
    },
  };
}
