// Prints the strings of a JSON file as the page compares them.
//
//     node folding.mjs FILE.json
import { readFileSync } from 'node:fs';

const code = readFileSync(new URL('../../converters/writers/folding.js', import.meta.url), 'utf8');
const fold = new Function(`${code}\nreturn folding;`)();
const told = JSON.parse(readFileSync(process.argv[2], 'utf8')).map((text) => {
  const places = [];
  return [fold(text), fold(text, places), places];
});
process.stdout.write(JSON.stringify(told));
