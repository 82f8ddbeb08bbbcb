// How pages are looked at: widths, and what a reader's device asks for.

/** The narrowest phone, a common one, a tablet, a desk. */
export const WIDTHS = [320, 390, 768, 1280];

/** What a device or its owner may ask for. */
export const MODES = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  print: { media: 'print' },
  contrast: { colorScheme: 'dark', forcedColors: 'active' },
  still: { colorScheme: 'light', reducedMotion: 'reduce' },
};

const EVERYTHING = { media: 'screen', colorScheme: 'light', forcedColors: 'none', reducedMotion: 'no-preference' };

/** Shows a page as a device would, and nothing of it is still to come. */
export async function show(page, url, width, mode, now) {
  await page.setViewportSize({ width, height: 844 });
  await page.emulateMedia({ ...EVERYTHING, ...MODES[mode] });
  await page.clock.setFixedTime(now);
  await page.goto(url);
  await page.evaluate(async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = 'eager';
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
  });
}
