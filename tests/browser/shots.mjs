// Pictures of every kind of page: npm ci && node shots.mjs FOLDER [MODE…]
// Of the demo on the fourth day of its strike and as an archive, and of a campaign at its worst.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MODES, WIDTHS, show } from './looks.mjs';
import { browser, published } from './support.mjs';
import { MOMENT, PAGES, worst } from './worst.mjs';

const [folder, ...modes] = process.argv.slice(2);
if (!folder || modes.some((mode) => !(mode in MODES))) {
  console.error(`usage: node shots.mjs FOLDER [${Object.keys(MODES).join('|')}…]`);
  process.exit(2);
}
const demo = join(import.meta.dirname, '../..');
const DEMO = [
  '/',
  '/es/',
  '/locations/',
  '/locations/fontana/',
  '/statements/',
  '/statements/strike-begins/',
  '/statements/kaiser-says-union-wants-to-strike/',
  '/timelines/',
  '/timelines/strike-day-by-day/',
  '/press/',
  '/faq/',
  '/toolkit/',
  '/404.html',
];
const campaign = worst();
const sites = {
  strike: [demo, '2024-10-24T05:40', DEMO],
  archive: [demo, '2025-12-01', [...DEMO, '/events/rally-in-pasadena/']],
  worst: [campaign.root, MOMENT, PAGES],
};

const chromium = await browser({ timezoneId: 'America/Los_Angeles' });
const page = await chromium.context.newPage();
for (const [name, [root, moment, pages]] of Object.entries(sites)) {
  const site = await published(root, moment);
  for (const mode of modes.length > 0 ? modes : Object.keys(MODES)) {
    for (const width of WIDTHS) {
      const into = join(folder, name, mode, String(width));
      mkdirSync(into, { recursive: true });
      for (const path of pages) {
        await show(page, site.url + path, width, mode, new Date(site.now));
        const file = `${path.replace(/^\/|\/$/g, '').replaceAll('/', '-') || 'home'}.png`;
        await page.screenshot({ path: join(into, file), fullPage: true });
      }
    }
  }
  site.end();
}
await chromium.end();
campaign.end();
