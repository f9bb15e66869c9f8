// npm's packages, out of the folders that the variable CURBCUT_NODE_MODULES names: these programs have none of their own.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDERS = (process.env.CURBCUT_NODE_MODULES ?? '').split(path.delimiter).filter(Boolean);
const REQUIRES = FOLDERS.map((folder) => createRequire(path.join(folder, '..', 'asked-from-here.js')));

function first(ask) {
  let fault;
  for (const require of REQUIRES) {
    try {
      return ask(require);
    } catch (error) {
      fault ??= error;
    }
  }
  throw fault ?? new Error('CURBCUT_NODE_MODULES names no folder of packages');
}

export const need = (name) => first((require) => require(name));
export const locate = (name) => first((require) => require.resolve(name));
export const source = (name) => readFileSync(locate(name), 'utf8');

// The folder and the version of a package, whatever it lets be required of itself.
export function home(name) {
  const found = FOLDERS.map((folder) => path.join(folder, name, 'package.json')).find((it) => {
    try {
      return readFileSync(it);
    } catch {
      return false;
    }
  });
  if (!found) throw new Error(`there is no npm package ${name}`);
  return { folder: path.dirname(found), version: JSON.parse(readFileSync(found, 'utf8')).version };
}
