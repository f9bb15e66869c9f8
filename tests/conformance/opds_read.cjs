// What a reading app understands of a catalogue: Readium's OPDS client, as Thorium Reader has it, reads both feeds.
// Prints one JSON object; the judging is done by the tests.
//
//     node opds_read.cjs FEED.json FEED.xml
const fs = require('node:fs');
const { DOMParser } = require('@xmldom/xmldom');
const { TaJsonDeserialize } = require('r2-lcp-js/dist/es8-es2017/src/serializable');
const generic = require('r2-shared-js/dist/es8-es2017/src/init-globals');
const { XML } = require('r2-utils-js/dist/es8-es2017/src/_utils/xml-js-mapper');
const { convertOpds1ToOpds2 } = require('r2-opds-js/dist/es8-es2017/src/opds/converter');
const own = require('r2-opds-js/dist/es8-es2017/src/opds/init-globals');
const { OPDS } = require('r2-opds-js/dist/es8-es2017/src/opds/opds1/opds');
const { OPDSFeed } = require('r2-opds-js/dist/es8-es2017/src/opds/opds2/opds2');

own.initGlobalConverters_OPDS();
generic.initGlobalConverters_SHARED();
generic.initGlobalConverters_GENERIC();

function told(feed) {
  return {
    title: feed.Metadata.Title,
    count: feed.Metadata.NumberOfItems ?? null,
    publications: feed.Publications.map((one) => ({
      title: one.Metadata.Title,
      identifier: one.Metadata.Identifier,
      accessibility: one.Metadata.Accessibility
        ? { modes: one.Metadata.Accessibility.AccessMode, features: one.Metadata.Accessibility.Feature }
        : null,
      links: one.Links.map((link) => ({ rel: link.Rel, type: link.TypeLink, href: link.Href })),
      images: (one.Images ?? []).map((image) => image.Href),
    })),
  };
}

const [newer, older] = process.argv.slice(2).map((path) => fs.readFileSync(path, 'utf-8'));
const atom = XML.deserialize(new DOMParser().parseFromString(older, 'application/xml'), OPDS);
process.stdout.write(JSON.stringify({
  opds2: told(TaJsonDeserialize(JSON.parse(newer), OPDSFeed)),
  opds1: told(convertOpds1ToOpds2(atom)),
}));
