// A program: what the W3C's WebVTT parser reads in caption files, and what it complains of.
//
// `cues` (id, times in seconds, the text of their lines) are for whoever wants to compare them.
import { readFileSync } from 'node:fs';
import { home, need } from './packages.mjs';

const { WebVTTParser } = need('webvtt-parser');
const ENTITIES = need('webvtt-parser/html-entities.json'); // without them it leaves the semicolon of &amp; behind

const words = (node) => (node.type === 'text' ? node.value : (node.children ?? []).map(words).join(''));

const work = JSON.parse(readFileSync(0, 'utf8'));
const answer = { version: home('webvtt-parser').version, rules: null, said: {}, refused: {}, cues: {} };
for (const file of work.files) {
  const { cues, errors } = new WebVTTParser(ENTITIES).parse(readFileSync(file, 'utf8'), 'subtitles');
  answer.said[file] = errors.map((error) => ({
    rule: 'webvtt', severity: 'error', text: error.message, where: `line ${error.line}`,
  }));
  answer.cues[file] = cues.map((cue) => ({ id: cue.id, begin: cue.startTime, end: cue.endTime, text: words(cue.tree) }));
}
process.stdout.write(JSON.stringify({ webvtt: answer }));
