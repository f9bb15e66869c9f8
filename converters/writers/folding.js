// How words are compared when they are looked for: without case, accents, vowel points and the shapes of quotation
// marks, dashes and spaces. "Cafe" finds "CAFÉ", "don't" finds "don’t", "strasse" finds "Straße".
//
// Marks are taken from Latin, Greek, Cyrillic, Hebrew, Arabic and Syriac letters only: in Indic scripts and in Thai
// they are vowels, in kana they make another letter.
const folding = (() => {
  'use strict';

  const PLAIN = /^(?!.*(?:--| {2}))[ -_a-~]*$/; // letters that stand for themselves, but for their case
  const CLUSTER = /[\u1100-\u115f\uac00-\ud7a3][\u1160-\u11ff]+|\P{M}[\p{M}\uff9e\uff9f]*|\p{M}+/gu;
  const SCRIPTS = ['Latn', 'Grek', 'Cyrl', 'Hebr', 'Arab', 'Syrc'].map((script) => `\\p{scx=${script}}`).join('');
  const ANY = '\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f'; // on any letter
  const MARKS = new RegExp(`(?=[\\p{Mn}\\p{Me}])[${SCRIPTS}${ANY}\\u{e0100}-\\u{e01ef}]|[\\u0640\\p{Cf}]`, 'gu');
  const SAME = new Map([
    ...each('‘’‚‛′‵´`ʹʼʽ‹›׳＇', "'"),
    ...each('“”„‟″‶«»״＂〝〞〟', '"'),
    ...each('‐‑‒–—―−־﹘﹣－⸺⸻', '-'),
    ...each('ٱ', 'ا'), ...each('ىی', 'ي'), ...each('ک', 'ك'),
    ...each('ß', 'ss'), ...each('æ', 'ae'), ...each('œ', 'oe'), ...each('þ', 'th'),
    ...each('ø', 'o'), ...each('đð', 'd'), ...each('ħ', 'h'), ...each('ı', 'i'), ...each('ł', 'l'), ...each('ς', 'σ'),
  ]);
  const known = new Map();

  function each(letters, like) {
    return [...letters].map((letter) => [letter, like]);
  }

  // A letter with all that is written on it. What it is made of is put together again at the end: Hangul is compared
  // by syllables, kana with their marks.
  function cluster(letters) {
    const apart = [...letters].map((letter) => SAME.get(letter) ?? letter).join('').normalize('NFKD');
    const bare = apart.replace(MARKS, '').toLowerCase().replace(/\s/g, ' ');
    return [...bare].map((letter) => SAME.get(letter) ?? letter).join('').normalize('NFC');
  }

  function folded(letters) {
    let like = known.get(letters);
    if (like === undefined) known.set(letters, like = cluster(letters));
    return like;
  }

  // The text as it is compared. With `places`, also where each of its letters came from: for letter i of what is
  // returned, [begin, end] in the text at places[2 * i] and places[2 * i + 1].
  function fold(text, places) {
    if (!places && PLAIN.test(text)) return text.toLowerCase();
    let [words, last] = ['', ''];
    for (const { 0: letters, index } of text.matchAll(CLUSTER)) {
      for (const letter of folded(letters)) {
        if (letter === last && (letter === ' ' || letter === '-')) continue; // several spaces are one
        words += letter;
        last = letter;
        if (places) for (let unit = 0; unit < letter.length; unit += 1) places.push(index, index + letters.length);
      }
    }
    return words;
  }

  return fold;
})();
