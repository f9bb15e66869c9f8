// What the W3C's WebVTT parser says of caption files: node captions_check.mjs FILE...
// Prints JSON: for each file its cues (id, times, the text of its lines) and its errors, one line each.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { WebVTTParser } = require("webvtt-parser");
const ENTITIES = require("webvtt-parser/html-entities.json"); // without them it leaves the semicolon of &amp; behind

function words(node) {
  return node.type === "text" ? node.value : (node.children ?? []).map(words).join("");
}

function report(file) {
  const { cues, errors } = new WebVTTParser(ENTITIES).parse(readFileSync(file, "utf8"), "subtitles");
  return {
    cues: cues.map((cue) => ({ id: cue.id, begin: cue.startTime, end: cue.endTime, text: words(cue.tree) })),
    errors: errors.map((error) => `line ${error.line}: ${error.message}`),
  };
}

console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((file) => [file, report(file)]))));
