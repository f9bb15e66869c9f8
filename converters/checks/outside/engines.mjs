// Three engines of accessibility checks, asked about a page that is open. `ask(what, argument)` runs a function, or
// source text, in that page.
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { home, source } from './packages.mjs';

const WCAG_AND_MORE = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const SOURCES = {
  axe: () => source('axe-core/axe.min.js'),
  htmlcs: () => source('html_codesniffer/build/HTMLCS.js'),
  ibm: () => `${readFileSync(path.join(home('accessibility-checker-engine').folder, 'ace.js'), 'utf8')};window.ace = ace;`,
};
const PACKAGES = { axe: 'axe-core', htmlcs: 'html_codesniffer', ibm: 'accessibility-checker-engine' };

const loaded = {};

async function load(ask, name) {
  loaded[name] ??= SOURCES[name]();
  await ask(loaded[name]);
}

export const version = (name) => home(PACKAGES[name]).version;

// Each engine tells its violations and what it could not decide: rule, words, place, and the criteria it names; and how
// many rules it went by, where it says.
export const ENGINES = {
  async axe(ask) {
    await load(ask, 'axe');
    return ask(async (tags) => {
      const options = {
        resultTypes: ['violations', 'incomplete'],
        runOnly: { type: 'tag', values: tags },
      };
      const criteria = (rule) => rule.tags.map((tag) => /^wcag(\d)(\d)(\d+)$/.exec(tag)).filter(Boolean)
        .map(([, ...figures]) => figures.join('.'));
      const remarks = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => ({
        engine: 'axe',
        rule: rule.id,
        message: [rule.help, ...[...node.any, ...node.all].map((check) => check.message)].join(': '),
        where: node.target.join(' '),
        criteria: criteria(rule),
        required: rule.tags.some((tag) => tag.startsWith('wcag')),
      })));
      const found = await globalThis.axe.run(document, options);
      const rules = ['passes', 'violations', 'incomplete', 'inapplicable'].flatMap((kind) => found[kind].map((it) => it.id));
      const applied = ['passes', 'violations', 'incomplete'].flatMap((kind) => found[kind].map((it) => [it.id, criteria(it)]));
      return {
        violations: remarks(found.violations), undecided: remarks(found.incomplete), rules: new Set(rules).size, applied,
      };
    }, WCAG_AND_MORE);
  },

  async htmlcs(ask) {
    await load(ask, 'htmlcs');
    return ask(() => new Promise((resolve) => {
      const ERROR = 1;
      const { HTMLCS } = globalThis;
      HTMLCS.process('WCAG2AA', document, () => resolve({
        violations: HTMLCS.getMessages().filter((found) => found.type === ERROR).map((found) => ({
          engine: 'htmlcs',
          rule: found.code,
          message: found.msg,
          where: found.element?.outerHTML?.slice(0, 120) ?? '',
          criteria: (/Guideline\d_\d\.(\d)_(\d)_(\d+)/.exec(found.code) ?? []).slice(1, 4).join('.').split(' ').filter(Boolean),
          required: true,
        })),
        undecided: [], // its warnings are a list of things for a person to look at on any page
        rules: null,
        applied: Object.keys(globalThis).filter((it) => it.startsWith('HTMLCS_WCAG2AAA_Sniffs_')) // of a sniff that can
          .filter((it) => Object.values(globalThis[it]).some((its) => /HTMLCS\.ERROR/.test(String(its)))) // find an error
          .map((it) => [it.split('_Sniffs_')[1], (/Guideline\d_\d_(\d)_(\d)_(\d+)/.exec(it) ?? []).slice(1, 4)])
          .filter(([, figures]) => figures.length).map(([name, figures]) => [name, [figures.join('.')]]),
      }));
    }));
  },

  async ibm(ask) {
    await load(ask, 'ibm');
    return ask(async () => {
      const checker = new globalThis.ace.Checker();
      const { results, numExecuted } = await checker.check(document, ['IBM_Accessibility', 'WCAG_2_2']);
      const points = checker.getGuidelines().find((it) => it.id === 'WCAG_2_2').checkpoints;
      const criteria = (id) => points.filter((it) => it.rules?.some((rule) => rule.id === id)).map((it) => it.num);
      const remarks = (wanted) => results.filter(wanted).map((found) => ({
        engine: 'ibm', rule: found.ruleId, message: found.message, where: found.path.dom,
        criteria: criteria(found.ruleId), required: true,
      }));
      return {
        violations: remarks(({ value: [kind, result] }) => kind === 'VIOLATION' && result === 'FAIL'),
        undecided: remarks(({ value: [, result] }) => result === 'POTENTIAL' || result === 'MANUAL'),
        applied: [...new Set(results.map((found) => found.ruleId))].map((id) => [id, criteria(id)]),
        rules: numExecuted ? new Set(points.flatMap((it) => (it.rules ?? []).map((rule) => rule.id))).size : null,
      };
    });
  },
};

// Only what a reader would have to scroll to counts: a skip link parked off screen does not.
export const widerThanTheWindow = (ask) => ask(() => {
  const { scrollWidth } = document.scrollingElement;
  const width = document.documentElement.clientWidth;
  if (scrollWidth <= width) return [];
  const beyond = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .slice(0, 5)
    .map((element) => element.outerHTML.slice(0, 120));
  return [`the page is ${scrollWidth} px wide in a window of ${width} px`, ...beyond];
});
