// Prints the W3C's schemas of publication manifests, as JSON, out of a build of Vivliostyle CLI, which carries them.
//
//   node manifest_schemas.mjs FOLDER-OF-THE-BUILD

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const BEGIN = "//#region schemas/pub-manifest/";
const LIST = "const publicationSchemas = [";

const folder = process.argv[2];
const texts = readdirSync(folder)
  .filter((name) => name.endsWith(".js"))
  .map((name) => readFileSync(join(folder, name), "utf8"));
const build = texts.find((text) => text.includes(BEGIN) && text.includes(LIST));
if (!build) throw new Error(`no schemas in ${folder}`);
const list = build.indexOf(LIST);
const source = build.slice(build.indexOf(BEGIN), build.indexOf("];", list) + 2);
const schemas = new Function(`${source}\nreturn publicationSchemas;`)();
process.stdout.write(JSON.stringify(schemas, null, 1) + "\n");
