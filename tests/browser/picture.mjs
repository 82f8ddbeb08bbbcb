// Makes the picture of the README, docs/demo.jpg: the demo's home page on the fourth day of its strike, on a phone beside a desk.
// Called by hand after what is seen on it has changed: node tests/browser/picture.mjs
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browser, published } from './support.mjs';

const ROOT = join(import.meta.dirname, '../..');
const HEIGHT = 844;
const GAP = 24;
const MOMENT = '2024-10-24T05:40';

const frames = (url) => `<!doctype html><style>
  body { margin: 0; padding: ${GAP}px; display: flex; gap: ${GAP}px; background: #d8dce0; width: max-content }
  iframe { border: 0; height: ${HEIGHT}px; background: #fff }
</style><iframe src="${url}/" width="390"></iframe><iframe src="${url}/" width="1280"></iframe>`;

const site = await published(ROOT, MOMENT);
const width = 390 + 1280 + 3 * GAP;
const chromium = await browser({ viewport: { width, height: HEIGHT + 2 * GAP }, timezoneId: 'America/Los_Angeles' });
try {
  const page = await chromium.context.newPage();
  await page.clock.setFixedTime(new Date(`${MOMENT}-07:00`));
  // From the site's own address, so that a frame may show it.
  await page.route(`${site.url}/picture`, (route) => route.fulfill({ contentType: 'text/html', body: frames(site.url) }));
  await page.goto(`${site.url}/picture`, { waitUntil: 'networkidle' });
  const shot = (await page.screenshot()).toString('base64');
  // As WebP, which keeps letters sharp in a third of the bytes of PNG; the browser itself can write it.
  const webp = await page.evaluate(async (png) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
    canvas.getContext('2d').drawImage(picture, 0, 0);
    return canvas.toDataURL('image/webp', 0.75).split(',')[1];
  }, shot);
  writeFileSync(join(ROOT, 'docs/demo.webp'), Buffer.from(webp, 'base64'));
} finally {
  await chromium.end();
  site.end();
}
